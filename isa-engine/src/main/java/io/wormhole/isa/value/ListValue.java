package io.wormhole.isa.value;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A linked list: putting in front and taking from the front are constant, the rest is linear. */
public final class ListValue extends Value {
    /** The list without elements. */
    public static final ListValue EMPTY = new ListValue();

    private final @Nullable Value head;
    private final @Nullable ListValue tail;
    private final int size;

    private ListValue() {
        super(ValueType.LIST, 1, 0, true);
        this.head = null;
        this.tail = null;
        this.size = 0;
    }

    private ListValue(Value head, ListValue tail) {
        super(
                ValueType.LIST,
                tail.cells() + head.cells() + 1,
                Math.max(head.depth() + 1, tail.depth()),
                head.isData() && tail.isData());
        this.head = head;
        this.tail = tail;
        this.size = Math.addExact(tail.size, 1);
    }

    /** The list of {@code elements} in their order. */
    public static ListValue of(List<? extends Value> elements) {
        ListValue list = EMPTY;
        for (int i = elements.size() - 1; i >= 0; i--) {
            list = list.prepend(elements.get(i));
        }
        return list;
    }

    /** This list with {@code element} in front. */
    public ListValue prepend(Value element) {
        return new ListValue(element, this);
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** Whether there is no element. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The first element; throws on the empty list. */
    public Value head() {
        if (head == null) {
            throw new NoSuchElementException("head of the empty list");
        }
        return head;
    }

    /** All but the first element; throws on the empty list. */
    public ListValue tail() {
        if (tail == null) {
            throw new NoSuchElementException("tail of the empty list");
        }
        return tail;
    }

    /** The elements in order. */
    public List<Value> elements() {
        List<Value> elements = new ArrayList<>(size);
        for (ListValue rest = this; !rest.isEmpty(); rest = rest.tail()) {
            elements.add(rest.head());
        }
        return elements;
    }

    /** The elements of this list, then those of {@code other}. */
    public ListValue append(ListValue other) {
        List<Value> front = elements();
        ListValue joined = other;
        for (int i = front.size() - 1; i >= 0; i--) {
            joined = joined.prepend(front.get(i));
        }
        return joined;
    }

    /** The elements in opposite order. */
    public ListValue reversed() {
        ListValue reversed = EMPTY;
        for (ListValue rest = this; !rest.isEmpty(); rest = rest.tail()) {
            reversed = reversed.prepend(rest.head());
        }
        return reversed;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a shared tail ends the comparison early
    int compareSameType(Value other) {
        ListValue left = this;
        ListValue right = (ListValue) other;
        while (left != right) {
            Value mine = left.head;
            Value theirs = right.head;
            if (mine == null || theirs == null) {
                break;
            }
            int order = mine.compareTo(theirs);
            if (order != 0) {
                return order;
            }
            left = left.tail();
            right = right.tail();
        }
        return Integer.compare(left.size, right.size);
    }

    @Override
    public int hashCode() {
        return elements().hashCode();
    }
}
