package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.SignedUpdate;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Channels that came back from a copy, of which watchers may know a newer state. */
final class DoubtBook {
    private static final int MOST = 10_000;

    private final Map<Hash, Doubt> open = new LinkedHashMap<>();

    private record Doubt(ChannelParty party, Nonce known) {}

    /** Something is known of a channel. */
    void see(ChannelId channel, ChannelMemory memory) {
        open.values().removeIf(doubt -> doubt.party().id().equals(channel));
        if (memory instanceof Open now && now.doubtful() && open.size() < MOST) {
            ChannelParty party = now.party();
            // What this side alone has signed is no news either.
            Nonce known =
                    now.standing()
                            .pending()
                            .map(SignedUpdate::nonce)
                            .orElse(now.standing().nonce());
            open.put(WatchSeal.hint(channel, party.me()), new Doubt(party, known));
        }
    }

    Collection<Hash> hints() {
        return open.keySet();
    }

    /** The state in what a watcher gave back, if both have signed it and it is news. */
    Optional<CoSignedState> newer(WatchMessage.Hold held) {
        Doubt doubt = open.get(held.hint());
        if (doubt == null) {
            return Optional.empty();
        }
        ChannelParty party = doubt.party();
        WatchCase found = WatchSeal.open(party.id(), party.me(), held.sealed());
        return Optional.of(found.state())
                .filter(state -> state.nonce().isAfter(doubt.known()))
                .filter(state -> state.isSignedUnder(party.terms(), party.network()));
    }
}
