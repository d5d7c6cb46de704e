package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;

/** What both parties sign to close together: the final balances; no contract may be left. */
public record ClosingBalances(ChannelId channel, List<Amount> balances) implements Canonical {
    /** Refuses a wrong number of balances. */
    public ClosingBalances {
        balances = List.copyOf(balances);
        if (balances.size() != ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("2 balances, found " + balances.size());
        }
        Amount.sum(balances);
    }

    /** Reads channel and balances. */
    public static ClosingBalances readFrom(CanonicalReader in) {
        return new ClosingBalances(
                ChannelId.readFrom(in), in.readList(ChannelTerms.PARTICIPANTS, Amount::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(channel).writeList(balances);
    }
}
