package io.wormhole.settlement.miner;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who of the miners of a paced network tries first on a head, so that not all find a block at the
 * same moment and one of two is undone. A courtesy, not a rule: a block out of turn is as good as
 * any, and a miner that is gone is waited for a few times only. For one owner.
 */
final class Turns {
    // So many that a miner among a few hardly ever has none of them.
    private static final int REMEMBERED_BLOCKS = 64;
    private static final int REMEMBERED_AGES = 16;

    // Whoever let so many of its turns pass since its last block is not waited for: it is gone.
    private static final int MOST_MISSED = 3;

    // The shortest turn is this part of the spacing.
    private static final int PART_OF_SPACING = 8;

    private final Function<Hash, Optional<Made>> blocks;
    private final Deque<Made> line = new ArrayDeque<>();
    private final Deque<Long> ages = new ArrayDeque<>();
    private Set<Address> awaited = Set.of();

    /**
     * Who made a block.
     *
     * @param parent the block before it
     * @param lot the producer's lot on the parent
     */
    record Made(Hash block, Hash parent, Address producer, Hash lot) {
        Made(Hash block, Hash parent, Address producer) {
            this(block, parent, producer, Turns.lot(producer, parent));
        }

        /** Genesis was made by nobody. */
        static Optional<Made> of(BlockHeader header) {
            return header.height().value() == 0
                    ? Optional.empty()
                    : Optional.of(new Made(header.hash(), header.previous(), header.producer()));
        }
    }

    /**
     * Nobody has made a block yet.
     *
     * @param blocks finds a block of any fork
     */
    Turns(Function<Hash, Optional<Made>> blocks) {
        this.blocks = blocks;
    }

    /**
     * Follows the chain to a new head. All who follow it know the same miners then, and agree on
     * whose turn it is.
     */
    void follow(Made head) {
        Deque<Made> fresh = new ArrayDeque<>();
        Optional<Made> at = Optional.of(head);
        while (at.isPresent() && fresh.size() < REMEMBERED_BLOCKS && !line.contains(at.get())) {
            fresh.addFirst(at.get());
            at = find(at.get().parent());
        }
        Optional<Made> fork = at;
        while (!line.isEmpty() && fork.filter(line.getLast()::equals).isEmpty()) {
            line.removeLast();
        }
        line.addAll(fresh);
        while (line.size() > REMEMBERED_BLOCKS) {
            line.removeFirst();
        }
        awaited =
                line.stream()
                        .map(Made::producer)
                        .distinct()
                        .filter(this::isAwaited)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a miner has let few of its turns pass since its last block. */
    private boolean isAwaited(Address miner) {
        int missed = 0;
        for (Iterator<Made> latest = line.descendingIterator(); latest.hasNext(); ) {
            Made block = latest.next();
            if (block.producer().equals(miner)) {
                return true;
            }
            boolean wasItsTurn = lot(miner, block.parent()).compareTo(block.lot()) < 0;
            if (wasItsTurn && ++missed >= MOST_MISSED) {
                return false;
            }
        }
        return true;
    }

    private Optional<Made> find(Hash block) {
        return !line.isEmpty() && line.getLast().block().equals(block)
                ? Optional.of(line.getLast())
                : blocks.apply(block);
    }

    /**
     * Takes note of how old a block of another miner was when it got here, by this node's clock.
     */
    void heard(long ageMillis) {
        ages.addLast(ageMillis);
        if (ages.size() > REMEMBERED_AGES) {
            ages.removeFirst();
        }
    }

    /**
     * How much later each further miner tries: so long that it has mostly heard by then of the
     * block of the one before, but never longer than the spacing, whatever the clocks say.
     */
    long turnMillis(long spacingMillis) {
        long shortest = spacingMillis / PART_OF_SPACING;
        if (ages.isEmpty()) {
            return shortest;
        }
        // Those that come late come from afar, or onto the chain from another fork.
        long usual = ages.stream().sorted().toList().get(ages.size() / 4);
        return Math.max(shortest, Math.min(spacingMillis, usual + shortest));
    }

    /** How many of those who made blocks lately try before this one; each head shuffles anew. */
    int before(Address self, Hash head) {
        Hash own = lot(self, head);
        return (int)
                awaited.stream()
                        .filter(other -> !other.equals(self))
                        .filter(other -> lot(other, head).compareTo(own) < 0)
                        .count();
    }

    private static Hash lot(Address miner, Hash head) {
        return Hash.of(DomainTag.ENTROPY, new CanonicalWriter().write(head).write(miner).toBytes());
    }
}
