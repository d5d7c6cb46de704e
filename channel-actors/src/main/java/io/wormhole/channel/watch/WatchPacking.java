package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Closing;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Resizing;
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
        return standing(memory).flatMap(Standing::proof);
    }

    private static Optional<Standing> standing(KnownChannel memory) {
        if (memory instanceof Open open) {
            return Optional.of(open.standing());
        } else if (memory instanceof Resizing resizing) {
            return Optional.of(resizing.standing());
        } else if (memory instanceof Closing closing) {
            return Optional.of(closing.standing());
        } else if (memory instanceof Disputed disputed) {
            return Optional.of(disputed.standing());
        }
        return Optional.empty();
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
