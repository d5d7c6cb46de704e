package io.wormhole.settlement.miner;

import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Who of the miners of a paced network tries first on a head, so that not all find a block at the
 * same moment and one of two is undone. A courtesy, not a rule: a block out of turn is as good as
 * any, and a miner that is gone costs the next one a fraction of the spacing. For one owner.
 */
final class Turns {
    private static final int REMEMBERED = 16;

    private final Deque<Address> recent = new ArrayDeque<>();

    /** Takes note of who made a block of the followed chain. */
    void seen(Address producer) {
        recent.addLast(producer);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    /** How many of those who made blocks lately try before this one; each head shuffles anew. */
    int before(Address self, Hash head) {
        Hash own = lot(self, head);
        return (int)
                new TreeSet<>(recent)
                        .stream()
                                .filter(other -> !other.equals(self))
                                .filter(other -> lot(other, head).compareTo(own) < 0)
                                .count();
    }

    private static Hash lot(Address miner, Hash head) {
        return Hash.of(DomainTag.ENTROPY, new CanonicalWriter().write(head).write(miner).toBytes());
    }
}
