package io.wormhole.isa.value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map with its keys in ascending order: a persistent AVL tree, so that nothing depends on hash
 * codes and no choice of keys makes it slow.
 */
public final class MapValue extends Value {
    /** The map without entries. */
    public static final MapValue EMPTY = new MapValue(null);

    private final @Nullable Node root;

    private MapValue(@Nullable Node root) {
        super(
                ValueType.MAP,
                1 + (root == null ? 0 : root.cells),
                root == null ? 0 : root.depth,
                root == null || root.data);
        this.root = root;
    }

    /** The number of entries. */
    public int size() {
        return Node.size(root);
    }

    /** How many keys a look-up compares at most. */
    public int height() {
        return Node.height(root);
    }

    /** The value at {@code key}. */
    public Optional<Value> get(Value key) {
        Node node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** This map with {@code value} at {@code key}. */
    public MapValue put(Value key, Value value) {
        return new MapValue(Node.put(root, key, value));
    }

    /** This map without {@code key}. */
    public MapValue remove(Value key) {
        return get(key).isEmpty() ? this : new MapValue(Node.remove(root, key));
    }

    /** Visits the entries in ascending order of keys. */
    public void forEach(BiConsumer<Value, Value> visitor) {
        Node.visit(root, visitor);
    }

    /** The keys in ascending order. */
    public List<Value> keys() {
        List<Value> keys = new ArrayList<>(size());
        forEach((key, value) -> keys.add(key));
        return keys;
    }

    /** Tuples of key and value, in ascending order of keys. */
    public List<Value> entries() {
        List<Value> entries = new ArrayList<>(size());
        forEach((key, value) -> entries.add(Value.tuple(key, value)));
        return entries;
    }

    /** Compares entry by entry, so that the work is bounded by the smaller map. */
    @Override
    int compareSameType(Value other) {
        MapValue that = (MapValue) other;
        Walk left = new Walk(root);
        Walk right = new Walk(that.root);
        for (int i = Math.min(size(), that.size()); i > 0; i--) {
            Node mine = left.next();
            Node theirs = right.next();
            int order = mine.key.compareTo(theirs.key);
            order = order == 0 ? mine.value.compareTo(theirs.value) : order;
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(size(), that.size());
    }

    @Override
    public int hashCode() {
        return entries().hashCode();
    }

    /** The nodes in ascending order of keys. */
    private static final class Walk {
        private final Deque<Node> path = new ArrayDeque<>();

        Walk(@Nullable Node root) {
            descend(root);
        }

        Node next() {
            Node node = path.pop();
            descend(node.right);
            return node;
        }

        private void descend(@Nullable Node from) {
            for (Node node = from; node != null; node = node.left) {
                path.push(node);
            }
        }
    }

    /** A tree node; its height is logarithmic, so that recursion over it is short. */
    private static final class Node {
        final Value key;
        final Value value;
        final @Nullable Node left;
        final @Nullable Node right;
        final int height;
        final int size;
        final long cells;
        final int depth;
        final boolean data;

        Node(Value key, Value value, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = Math.addExact(1 + size(left), size(right));
            long below = (left == null ? 0 : left.cells) + (right == null ? 0 : right.cells);
            this.cells = Math.min(MAX_CELLS, 1 + key.cells() + value.cells() + below);
            int own = 1 + Math.max(key.depth(), value.depth());
            int inner = Math.max(left == null ? 0 : left.depth, right == null ? 0 : right.depth);
            this.depth = Math.max(own, inner);
            this.data =
                    key.isData()
                            && value.isData()
                            && (left == null || left.data)
                            && (right == null || right.data);
        }

        static int height(@Nullable Node node) {
            return node == null ? 0 : node.height;
        }

        static int size(@Nullable Node node) {
            return node == null ? 0 : node.size;
        }

        static void visit(@Nullable Node node, BiConsumer<Value, Value> visitor) {
            if (node != null) {
                visit(node.left, visitor);
                visitor.accept(node.key, node.value);
                visit(node.right, visitor);
            }
        }

        static Node put(@Nullable Node node, Value key, Value value) {
            if (node == null) {
                return new Node(key, value, null, null);
            }
            int order = key.compareTo(node.key);
            if (order == 0) {
                return new Node(key, value, node.left, node.right);
            }
            return order < 0
                    ? balanced(node, put(node.left, key, value), node.right)
                    : balanced(node, node.left, put(node.right, key, value));
        }

        static @Nullable Node remove(@Nullable Node node, Value key) {
            if (node == null) {
                return null;
            }
            int order = key.compareTo(node.key);
            if (order < 0) {
                return balanced(node, remove(node.left, key), node.right);
            }
            if (order > 0) {
                return balanced(node, node.left, remove(node.right, key));
            }
            if (node.left == null || node.right == null) {
                return node.left == null ? node.right : node.left;
            }
            Node next = first(node.right);
            return balanced(next, node.left, remove(node.right, next.key));
        }

        private static Node first(Node node) {
            Node first = node;
            while (first.left != null) {
                first = first.left;
            }
            return first;
        }

        private static Node balanced(Node entry, @Nullable Node left, @Nullable Node right) {
            if (left != null && height(left) > height(right) + 1) {
                return rotatedRight(entry, left, right);
            }
            if (right != null && height(right) > height(left) + 1) {
                return rotatedLeft(entry, left, right);
            }
            return new Node(entry.key, entry.value, left, right);
        }

        private static Node rotatedRight(Node entry, Node left, @Nullable Node right) {
            Node inner = left.right;
            if (inner != null && height(inner) > height(left.left)) {
                return new Node(
                        inner.key,
                        inner.value,
                        new Node(left.key, left.value, left.left, inner.left),
                        new Node(entry.key, entry.value, inner.right, right));
            }
            return new Node(
                    left.key,
                    left.value,
                    left.left,
                    new Node(entry.key, entry.value, inner, right));
        }

        private static Node rotatedLeft(Node entry, @Nullable Node left, Node right) {
            Node inner = right.left;
            if (inner != null && height(inner) > height(right.right)) {
                return new Node(
                        inner.key,
                        inner.value,
                        new Node(entry.key, entry.value, left, inner.left),
                        new Node(right.key, right.value, inner.right, right.right));
            }
            return new Node(
                    right.key,
                    right.value,
                    new Node(entry.key, entry.value, left, inner),
                    right.right);
        }
    }
}
