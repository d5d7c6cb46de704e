package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;

/**
 * A channel as the chain knows it. A closed one stays as a marker, so that its id is never reused.
 *
 * @param terms what both signed at the opening
 * @param phase where in its life the channel is
 * @param recorded the last state that the chain has seen; the opening state at first
 * @param agreed nonce of the last co-signed state that the chain has seen; lower than that of
 *     {@code recorded} when the chain ran contract steps on it, which any later co-signed state
 *     replaces
 * @param closer index of the participant who recorded the state in which the channel closes; 0
 *     while open
 * @param closesAt height from which the channel can be settled; 0 while open
 * @param changedAt height of the last transaction of this channel
 */
public record ChannelEntry(
        ChannelTerms terms,
        Phase phase,
        ChannelState recorded,
        Nonce agreed,
        int closer,
        BlockHeight closesAt,
        BlockHeight changedAt)
        implements Canonical {
    /** Where in its life a channel is. */
    public enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    /** Reads an entry in the order of the fields. */
    public static ChannelEntry readFrom(CanonicalReader in) {
        return new ChannelEntry(
                ChannelTerms.readFrom(in),
                in.readEnum(Phase.class),
                ChannelState.readFrom(in),
                Nonce.readFrom(in),
                in.readU8(),
                BlockHeight.readFrom(in),
                BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(terms)
                .writeEnum(phase)
                .write(recorded)
                .write(agreed)
                .writeU8(closer)
                .write(closesAt)
                .write(changedAt);
    }

    /** Whether {@code recorded} came from contract steps that the chain ran. */
    public boolean forced() {
        return recorded.nonce().isAfter(agreed);
    }

    /** Whether a co-signed state with {@code nonce} is newer than all that both signed here. */
    public boolean isReplacedBy(Nonce nonce) {
        return nonce.isAfter(agreed);
    }
}
