package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;

/**
 * What both parties sign to change what an open channel holds. The tag of the signatures says
 * whether the amounts go in or out.
 *
 * @param state the channel's state once the change is on the chain
 * @param amounts per participant, what each adds or takes
 */
public record ChannelResize(ChannelState state, List<Amount> amounts) implements Canonical {
    /** Refuses a wrong number of amounts, and amounts that overflow together. */
    public ChannelResize {
        amounts = List.copyOf(amounts);
        if (amounts.size() != ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("2 amounts, found " + amounts.size());
        }
        Amount.sum(amounts);
    }

    /** Reads state and amounts. */
    public static ChannelResize readFrom(CanonicalReader in) {
        return new ChannelResize(
                ChannelState.readFrom(in),
                in.readList(ChannelTerms.PARTICIPANTS, Amount::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(state).writeList(amounts);
    }

    /** All that goes in or out. */
    public Amount total() {
        return Amount.sum(amounts);
    }
}
