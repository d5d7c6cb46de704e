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
 * @param steps contract steps that the chain ran and that a co-signed state may come after
 */
public record ChannelEntry(
        ChannelTerms terms,
        Phase phase,
        ChannelState recorded,
        Nonce agreed,
        int closer,
        BlockHeight closesAt,
        BlockHeight changedAt,
        StepsOnChain steps)
        implements Canonical {
    // An entry without steps is written as before there were any.
    private static final int WITH_STEPS = 0x10;

    /** An entry of a channel in which the chain ran no step. */
    public ChannelEntry(
            ChannelTerms terms,
            Phase phase,
            ChannelState recorded,
            Nonce agreed,
            int closer,
            BlockHeight closesAt,
            BlockHeight changedAt) {
        this(terms, phase, recorded, agreed, closer, closesAt, changedAt, StepsOnChain.NONE);
    }

    /** Where in its life a channel is. */
    public enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    /** Reads an entry in the order of the fields. */
    @SuppressWarnings("EnumOrdinal") // The order of the phases is part of the format.
    public static ChannelEntry readFrom(CanonicalReader in) {
        ChannelTerms terms = ChannelTerms.readFrom(in);
        int code = in.readU8();
        boolean withSteps = (code & WITH_STEPS) != 0;
        int phase = code & ~WITH_STEPS;
        if (phase >= Phase.values().length) {
            throw in.fault("no phase " + code);
        }
        ChannelEntry plain =
                new ChannelEntry(
                        terms,
                        Phase.values()[phase],
                        ChannelState.readFrom(in),
                        Nonce.readFrom(in),
                        in.readU8(),
                        BlockHeight.readFrom(in),
                        BlockHeight.readFrom(in));
        return withSteps ? plain.readSteps(in) : plain;
    }

    private ChannelEntry readSteps(CanonicalReader in) {
        StepsOnChain found = StepsOnChain.readFrom(in);
        if (found.isEmpty()) {
            throw in.fault("an entry with steps has one at least");
        }
        return new ChannelEntry(terms, phase, recorded, agreed, closer, closesAt, changedAt, found);
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // The order of the phases is part of the format.
    public void writeTo(CanonicalWriter out) {
        out.write(terms)
                .writeU8(phase.ordinal() | (steps.isEmpty() ? 0 : WITH_STEPS))
                .write(recorded)
                .write(agreed)
                .writeU8(closer)
                .write(closesAt)
                .write(changedAt);
        if (!steps.isEmpty()) {
            out.write(steps);
        }
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
