package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.MapEntry;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.ChannelEntry;

/** Counts money by reading every entry, without any help of the ledger's own bookings. */
public final class LedgerAudit {
    private LedgerAudit() {}

    /** All money in accounts, channels, stakes and questions, in base units. */
    public static long held(Ledger ledger) {
        long sum = ledger.finality().totalHeld().baseUnits();
        for (MapEntry entry : ledger.map(StateTree.ACCOUNTS)) {
            // Contracts and code stand beside the accounts, which begin with a small number.
            if (entry.value().at(0) >= 0) {
                sum +=
                        CanonicalReader.decode(entry.value(), AccountEntry::readFrom)
                                .balance()
                                .baseUnits();
            }
        }
        for (MapEntry entry : ledger.map(StateTree.NAMES)) {
            if (Byte.toUnsignedInt(entry.value().at(0)) == AuctionEntry.MARK) {
                sum +=
                        CanonicalReader.decode(entry.value(), AuctionEntry::readFrom)
                                .amount()
                                .baseUnits();
            }
        }
        for (MapEntry entry : ledger.map(StateTree.WORMHOLES)) {
            ChannelEntry channel = CanonicalReader.decode(entry.value(), ChannelEntry::readFrom);
            boolean closed = channel.phase() == ChannelEntry.Phase.CLOSED;
            sum += (closed ? Amount.ZERO : channel.recorded().total()).baseUnits();
        }
        for (MapEntry entry : ledger.map(StateTree.OPEN_ORACLES)) {
            sum += CanonicalReader.decode(entry.value(), Question::readFrom).held().baseUnits();
        }
        return sum;
    }
}
