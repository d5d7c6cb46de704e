package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wish that its side has forgotten after the partner signed it, e.g. by coming back from an old
 * copy. Nobody can complete it, and the partner signs nothing else with its nonce: so both pass
 * over it and sign the last division again, two nonces later. Nobody loses by that what it ever
 * held with both signatures.
 */
final class ForgottenWish {
    private final ChannelParty party;
    private final Standing standing;
    private final Tools tools;

    ForgottenWish(ChannelParty party, Standing standing, Tools tools) {
        this.party = party;
        this.standing = standing;
        this.tools = tools;
    }

    private Nonce skipped() {
        return standing.nextNonce().next();
    }

    /** Whether the partner signed something that this side wanted and knows no more. */
    boolean isMine(ChannelMessage.Countersign said) {
        return said.nonce().equals(standing.nextNonce())
                && standing.offer().isEmpty()
                && standing.pending().isEmpty();
    }

    /** This side signs the last division again, and the partner may complete it. */
    Decision passOver() {
        ChannelPosition again = standing.position().skipping();
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, again.state());
        return Decision.accept(
                new ChannelEvent.UpdateSkipped(mine),
                UpdateProtocol.countersign(
                        SignedUpdate.skip(party.me(), standing.position(), mine)));
    }

    /** Whether the partner passes over a wish of its own. */
    boolean isOfPartner(ChannelMessage.Countersign said) {
        return said.nonce().equals(skipped());
    }

    /** The last division two nonces later gets this side's signature as well. */
    Decision passedOver(ChannelMessage.Countersign said) {
        ChannelPosition again = standing.position().skipping();
        if (!Tools.partnerSigned(party, said.signature(), DomainTag.CHANNEL_STATE, again.state())) {
            return Decision.refuse(new Refusal.BadSignature("state " + said.nonce()));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, again.state());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(new ChannelMessage.Acknowledge(said.nonce(), mine)));
        Optional<Offer> wanted = standing.offer();
        wanted.ifPresent(offer -> effects.add(UpdateProtocol.propose(said.nonce().next(), offer)));
        return Decision.accept(
                List.of(
                        new ChannelEvent.SkipCompleted(
                                Tools.inOrder(party, mine, said.signature()))),
                effects);
    }
}
