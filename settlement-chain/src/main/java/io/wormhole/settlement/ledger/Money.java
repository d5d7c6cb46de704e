package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.CodeEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.settlement.consensus.FinalityState;

/** How much money an entry holds. */
final class Money {
    private Money() {}

    /** Whether entries of {@code tree} can hold money at all. */
    static boolean canBeIn(StateTree tree, Hash key) {
        return switch (tree) {
            case ACCOUNTS, NAMES, WORMHOLES, OPEN_ORACLES -> true;
            case ANSWERED_ORACLES -> false;
            case CONSENSUS -> key.equals(LedgerKeys.FINALITY);
        };
    }

    /** The money of one entry, where {@link #canBeIn} holds. */
    static Amount in(StateTree tree, Bytes entry) {
        return switch (tree) {
            case ACCOUNTS -> inAccounts(entry);
            case NAMES -> inNames(entry);
            case WORMHOLES -> inChannel(CanonicalReader.decode(entry, ChannelEntry::readFrom));
            case OPEN_ORACLES -> CanonicalReader.decode(entry, Question::readFrom).held();
            case CONSENSUS -> CanonicalReader.decode(entry, FinalityState::readFrom).totalHeld();
            case ANSWERED_ORACLES -> Amount.ZERO;
        };
    }

    private static Amount inChannel(ChannelEntry channel) {
        return channel.phase() == ChannelEntry.Phase.CLOSED
                ? Amount.ZERO
                : channel.recorded().total();
    }

    /** Contracts and their code stand beside the accounts; only these hold money. */
    private static Amount inAccounts(Bytes entry) {
        int mark = Byte.toUnsignedInt(entry.at(0));
        return mark == ContractEntry.MARK || mark == CodeEntry.MARK
                ? Amount.ZERO
                : CanonicalReader.decode(entry, AccountEntry::readFrom).balance();
    }

    private static Amount inNames(Bytes entry) {
        return Byte.toUnsignedInt(entry.at(0)) == AuctionEntry.MARK
                ? CanonicalReader.decode(entry, AuctionEntry::readFrom).amount()
                : Amount.ZERO;
    }
}
