package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.settlement.consensus.FinalityState;

/** How much money an entry holds. */
final class Money {
    private Money() {}

    /** Whether entries of {@code tree} can hold money at all. */
    static boolean canBeIn(StateTree tree, Hash key) {
        return switch (tree) {
            case ACCOUNTS, WORMHOLES, OPEN_ORACLES -> true;
            case NAMES, ANSWERED_ORACLES -> false;
            case CONSENSUS -> key.equals(LedgerKeys.FINALITY);
        };
    }

    /** The money of one entry, where {@link #canBeIn} holds. */
    static Amount in(StateTree tree, Bytes entry) {
        return switch (tree) {
            case ACCOUNTS -> CanonicalReader.decode(entry, AccountEntry::readFrom).balance();
            case WORMHOLES -> inChannel(CanonicalReader.decode(entry, ChannelEntry::readFrom));
            case OPEN_ORACLES -> CanonicalReader.decode(entry, Question::readFrom).held();
            case CONSENSUS -> CanonicalReader.decode(entry, FinalityState::readFrom).totalHeld();
            case NAMES, ANSWERED_ORACLES -> Amount.ZERO;
        };
    }

    private static Amount inChannel(ChannelEntry channel) {
        return channel.phase() == ChannelEntry.Phase.CLOSED
                ? Amount.ZERO
                : channel.recorded().total();
    }
}
