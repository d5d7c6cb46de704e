package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Standing;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import java.security.SecureRandom;
import java.util.Optional;

/** Makes what a watcher is given of what this side remembers. */
public final class WatchPacking {
    private WatchPacking() {}

    /** The newest state with both signatures; none when the chain knows the newest itself. */
    static Optional<CoSignedState> stateOf(KnownChannel memory) {
        return Standing.in(memory).flatMap(Standing::proof);
    }

    /** Seals a state for a watcher, with the client's word that it may answer. */
    public static WatchMessage.Hold pack(
            ChannelParty party,
            CoSignedState state,
            KeyPair client,
            PublicKey watcher,
            SecureRandom random) {
        Signature appointment =
                client.sign(
                        DomainTag.CHANNEL_DELEGATE,
                        party.network(),
                        new Delegation(party.id(), watcher.address()).encoded());
        WatchCase content =
                new WatchCase(party.me(), appointment, WatchCase.patienceOf(party.terms()), state);
        return new WatchMessage.Hold(
                WatchSeal.hint(party.id(), party.me()),
                state.nonce().value(),
                WatchSeal.seal(content, random));
    }
}
