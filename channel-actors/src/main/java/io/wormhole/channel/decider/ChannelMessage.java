package io.wormhole.channel.decider;

import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;

/** What the two sides of a channel say to each other. */
public sealed interface ChannelMessage {
    /** The opener's terms, signed. */
    record OpenRequest(ChannelTerms terms, Signature signature) implements ChannelMessage {}

    /** The other side agrees to the terms. */
    record OpenAgreed(Signature signature) implements ChannelMessage {}

    /** The other side does not agree. */
    record OpenRefused(String reason) implements ChannelMessage {}

    /** An unsigned wish for the state {@code nonce}. */
    record Propose(Nonce nonce, Update update) implements ChannelMessage {}

    /** The responder's signature over the state {@code nonce}. */
    record Countersign(Nonce nonce, Signature signature) implements ChannelMessage {}

    /** The proposer's signature over the state {@code nonce}: now both hold it. */
    record Acknowledge(Nonce nonce, Signature signature) implements ChannelMessage {}

    /**
     * The wish for {@code nonce} is not granted; nothing was signed.
     *
     * @param update {@link Update#fingerprint()} of the wish, so that a late refusal never hits
     *     another wish
     */
    record RefuseUpdate(Nonce nonce, Hash update, String reason) implements ChannelMessage {}

    /** An unsigned wish to close with these balances. */
    record ProposeClose(ClosingBalances balances) implements ChannelMessage {}

    /** The responder's signature over the closing balances. */
    record CountersignClose(ClosingBalances balances, Signature signature)
            implements ChannelMessage {}

    /** The wish to close is not granted. */
    record RefuseClose(String reason) implements ChannelMessage {}

    /** An unsigned wish to deposit or withdraw. */
    record ProposeResize(Resize resize) implements ChannelMessage {}

    /** The responder's signature over a deposit or a withdrawal. */
    record CountersignResize(Resize resize, Signature signature) implements ChannelMessage {}

    /** The wish to deposit or withdraw with the state {@code nonce} is not granted. */
    record RefuseResize(Nonce nonce, String reason) implements ChannelMessage {}

    /** Sent first on every new connection: the newest state that the sender can prove. */
    record Reestablish(Nonce nonce, Optional<CoSignedState> proof) implements ChannelMessage {}
}
