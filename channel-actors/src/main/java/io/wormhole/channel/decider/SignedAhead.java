package io.wormhole.channel.decider;

import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import java.util.Optional;

/**
 * This side's signature of the state that it has proposed, made while the partner is busy with the
 * proposal. It decides nothing: it is not stored, never leaves before the decision that makes it,
 * and is what that decision would compute, for signatures are a function of what is signed.
 */
public record SignedAhead(DomainTag tag, NetworkId network, Bytes content, Signature signature) {
    /** What the next decision will sign if the partner agrees; none when nothing is proposed. */
    public static Optional<SignedAhead> of(ChannelMemory memory, Tools tools) {
        if (!(memory instanceof Open open)
                || open.doubtful()
                || open.standing().offer().isEmpty()
                || open.standing().pending().isPresent()) {
            return Optional.empty();
        }
        ChannelParty party = open.party();
        Offer offer = open.standing().offer().get();
        return tools.apply(party, open.standing().position(), offer.update())
                        instanceof UpdateRules.Result.Moved moved
                ? Optional.of(sign(party, moved.position().state().encoded(), tools))
                : Optional.empty();
    }

    private static SignedAhead sign(ChannelParty party, Bytes content, Tools tools) {
        DomainTag tag = DomainTag.CHANNEL_STATE;
        NetworkId network = party.network();
        return new SignedAhead(tag, network, content, tools.key().sign(tag, network, content));
    }

    boolean isOf(DomainTag wanted, NetworkId where, Bytes what) {
        return tag == wanted && network.equals(where) && content.equals(what);
    }
}
