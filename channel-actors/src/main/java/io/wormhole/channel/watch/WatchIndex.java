package io.wormhole.channel.watch;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For whom something is held, found by what the chain names; of one actor alone. */
final class WatchIndex {
    private static final int CLOSINGS_KEPT = 10_000;

    private final Map<PublicKey, Set<Hash>> hints = new HashMap<>();
    private final Map<Hash, Set<PublicKey>> holders = new HashMap<>();
    // Channels that are being closed, by both hints, for a state that comes late.
    private final Map<Hash, ChannelId> closings =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash, ChannelId> eldest) {
                    return size() > CLOSINGS_KEPT;
                }
            };

    /** The channel whose end a fact tells, or begins; kept for a state that comes late. */
    Optional<ChannelId> ending(LedgerFact fact) {
        if (fact instanceof LedgerFact.ChannelClosing closing) {
            closing(closing.channel());
            return Optional.of(closing.channel());
        } else if (fact instanceof LedgerFact.ChannelClosed closed) {
            return Optional.of(closed.channel());
        }
        return Optional.empty();
    }

    /** All that is held for a client now; of which closing channels something has come. */
    Set<ChannelId> update(PublicKey client, Set<Hash> now) {
        for (Hash gone : hints.getOrDefault(client, Set.of())) {
            Set<PublicKey> clients = holders.get(gone);
            if (clients != null && !now.contains(gone)) {
                clients.remove(client);
                if (clients.isEmpty()) {
                    holders.remove(gone);
                }
            }
        }
        Set<ChannelId> late = new LinkedHashSet<>();
        for (Hash hint : now) {
            holders.computeIfAbsent(hint, unknown -> new HashSet<>()).add(client);
            ChannelId channel = closings.get(hint);
            if (channel != null) {
                late.add(channel);
            }
        }
        hints.put(client, now);
        return late;
    }

    /** The chain says that a channel is being closed. */
    void closing(ChannelId channel) {
        for (int i = 0; i < ChannelTerms.PARTICIPANTS; i++) {
            closings.put(WatchSeal.hint(channel, i), channel);
        }
    }

    /** A channel is not being closed any more. */
    void over(ChannelId channel) {
        for (int i = 0; i < ChannelTerms.PARTICIPANTS; i++) {
            closings.remove(WatchSeal.hint(channel, i));
        }
    }

    /** Who gave something for a channel. */
    Set<PublicKey> holders(ChannelId channel) {
        Set<PublicKey> all = new LinkedHashSet<>();
        for (int i = 0; i < ChannelTerms.PARTICIPANTS; i++) {
            all.addAll(holders.getOrDefault(WatchSeal.hint(channel, i), Set.of()));
        }
        return all;
    }

    int size() {
        return hints.values().stream().mapToInt(Set::size).sum();
    }
}
