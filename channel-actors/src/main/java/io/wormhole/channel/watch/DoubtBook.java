package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.SignedUpdate;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Nonce;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Channels that came back from a copy, of which watchers may know a newer state. */
final class DoubtBook {
    private static final int MOST = 10_000;

    private final Map<Hash, Doubt> open = new LinkedHashMap<>();

    private record Doubt(ChannelParty party, Nonce known) {}

    /** Something is known of a channel; the hint under which to ask, if it is in doubt. */
    Optional<Hash> see(ChannelId channel, KnownChannel memory) {
        ChannelParty party = memory.party();
        Hash hint = WatchSeal.hint(channel, party.me());
        open.remove(hint);
        if (memory instanceof Open now && now.doubtful() && open.size() < MOST) {
            // What this side alone has signed is no news either.
            Nonce known =
                    now.standing()
                            .pending()
                            .map(SignedUpdate::nonce)
                            .orElse(now.standing().nonce());
            open.put(hint, new Doubt(party, known));
            return Optional.of(hint);
        }
        return Optional.empty();
    }

    /** Some hints to ask about, at most so many; the others have their turn before these again. */
    List<Hash> next(int most) {
        List<Hash> next = open.keySet().stream().limit(most).toList();
        for (Hash hint : next) {
            Doubt doubt = open.remove(hint);
            if (doubt != null) {
                open.put(hint, doubt);
            }
        }
        return next;
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
