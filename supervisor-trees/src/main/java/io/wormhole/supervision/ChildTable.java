package io.wormhole.supervision;

import io.wormhole.supervision.policy.Siblings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The children of one supervisor in start order; every change takes constant time. Owned by the
 * supervisor's actor.
 */
final class ChildTable implements Siblings {

    private final Map<String, Slot> byId = new HashMap<>();
    private final boolean instances;
    private @Nullable Slot first;
    private @Nullable Slot last;

    ChildTable(boolean instances) {
        this.instances = instances;
    }

    @Nullable Slot get(String id) {
        return byId.get(id);
    }

    Slot require(String id) {
        Slot slot = byId.get(id);
        if (slot == null) {
            throw new IllegalStateException("no child " + id);
        }
        return slot;
    }

    boolean holds(Slot slot) {
        return byId.get(slot.id()) == slot;
    }

    int size() {
        return byId.size();
    }

    void add(Slot slot) {
        byId.put(slot.id(), slot);
        Slot end = last;
        slot.previous = end;
        slot.next = null;
        if (end == null) {
            first = slot;
        } else {
            end.next = slot;
        }
        last = slot;
    }

    void remove(Slot slot) {
        byId.remove(slot.id());
        Slot before = slot.previous;
        Slot after = slot.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
    }

    /** Puts the children into this order; those not named follow in their old order. */
    void reorder(List<String> ids) {
        List<Slot> old = all();
        List<Slot> ordered = new ArrayList<>(old.size());
        ids.forEach(id -> ordered.add(require(id)));
        Set<String> named = new HashSet<>(ids);
        old.stream().filter(slot -> !named.contains(slot.id())).forEach(ordered::add);
        old.forEach(this::remove);
        ordered.forEach(this::add);
    }

    @Override
    public List<Slot> all() {
        List<Slot> slots = new ArrayList<>(byId.size());
        collect(first, slots);
        return slots;
    }

    @Override
    public List<Slot> from(String id) {
        List<Slot> slots = new ArrayList<>();
        collect(byId.get(id), slots);
        return slots;
    }

    List<Slot> firstOnes(int most) {
        List<Slot> slots = new ArrayList<>(Math.min(most, byId.size()));
        for (Slot slot = first; slot != null && slots.size() < most; slot = slot.next) {
            slots.add(slot);
        }
        return slots;
    }

    /**
     * OTP counts every other instance of a simple_one_for_one supervisor, also one that waits for
     * its restart.
     */
    @Override
    public boolean anySignificantAlive() {
        return instances ? byId.size() > 1 : Siblings.super.anySignificantAlive();
    }

    private static void collect(@Nullable Slot start, List<Slot> slots) {
        for (Slot slot = start; slot != null; slot = slot.next) {
            slots.add(slot);
        }
    }
}
