package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;

/**
 * A state with signatures of all participants, in their order. Holding one says nothing yet: check
 * {@link #isSignedUnder} first.
 */
public record CoSignedState(ChannelState state, List<Signature> signatures) implements Canonical {
    /** Refuses a wrong number of signatures. */
    public CoSignedState {
        signatures = List.copyOf(signatures);
        if (signatures.size() != ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException(
                    "a co-signed state has 2 signatures, found " + signatures.size());
        }
    }

    /** Reads state and signatures. */
    public static CoSignedState readFrom(CanonicalReader in) {
        return new CoSignedState(
                ChannelState.readFrom(in),
                in.readList(ChannelTerms.PARTICIPANTS, Signature::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(state).writeList(signatures);
    }

    /** The state's nonce. */
    public Nonce nonce() {
        return state.nonce();
    }

    /** Whether this belongs to the channel of {@code terms} on {@code network}, signed by all. */
    public boolean isSignedUnder(ChannelTerms terms, NetworkId network) {
        return state.channel().equals(terms.id(network))
                && terms.signedByAll(signatures, DomainTag.CHANNEL_STATE, network, state);
    }
}
