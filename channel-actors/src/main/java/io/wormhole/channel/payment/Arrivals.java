package io.wormhole.channel.payment;

import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The incoming locks of hops: which are here, and which are still awaited. A neighbour says that a
 * lock will come before it comes; if it never does, the hop is not kept for ever.
 */
final class Arrivals {
    /** Where an incoming lock is. */
    enum State {
        HERE,
        AWAITED,
        MISSED
    }

    private final DeskMemory memory;
    private final long mostBlocks;
    // Since the start.
    private final Set<Hop.Key> arrived = new HashSet<>();
    private final Map<Hop.Key, Long> awaitedSince = new HashMap<>();

    Arrivals(DeskMemory memory) {
        this.memory = memory;
        this.mostBlocks =
                memory.settings.policy().openBlocks() + memory.settings.policy().expiryBlocks();
    }

    State state(Hop hop) {
        boolean here =
                arrived.contains(hop.key())
                        || hop.asked()
                        || hop.payment().secret().isPresent()
                        || memory.incomingLock(hop).isPresent();
        if (here) {
            arrived.add(hop.key());
            awaitedSince.remove(hop.key());
            return State.HERE;
        }
        return isMissed(hop) ? State.MISSED : State.AWAITED;
    }

    private boolean isMissed(Hop hop) {
        Optional<KnownChannel> channel = memory.known(hop.incoming());
        long since = awaitedSince.computeIfAbsent(hop.key(), key -> memory.blocks());
        return channel.isEmpty()
                || channel.get() instanceof Ended
                || memory.blocks() - since > mostBlocks;
    }

    void forget(Hop.Key key) {
        arrived.remove(key);
        awaitedSince.remove(key);
    }
}
