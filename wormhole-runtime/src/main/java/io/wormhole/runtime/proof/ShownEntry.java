package io.wormhole.runtime.proof;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.CodeEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.settlement.archive.ProofFile;

/** What an entry of the state says, for people. */
public final class ShownEntry {
    private ShownEntry() {}

    /** One line about the entry. */
    public static String of(ProofFile file, Bytes value) {
        int mark = Byte.toUnsignedInt(value.at(0));
        return switch (file.proof().tree()) {
            case ACCOUNTS ->
                    mark == ContractEntry.MARK
                            ? "contract with code "
                                    + CanonicalReader.decode(value, ContractEntry::readFrom)
                                            .codeHash()
                            : mark == CodeEntry.MARK ? "code of contracts" : account(value);
            case NAMES -> mark == AuctionEntry.MARK ? auction(value) : name(value);
            case WORMHOLES -> channel(value);
            case OPEN_ORACLES ->
                    String.valueOf(
                            CanonicalReader.decode(value, Question::readFrom).subject().text());
            case ANSWERED_ORACLES ->
                    String.valueOf(CanonicalReader.decode(value, AnsweredQuestion::readFrom));
            case CONSENSUS -> value.size() + " bytes of the consensus map";
        };
    }

    private static String account(Bytes value) {
        AccountEntry entry = CanonicalReader.decode(value, AccountEntry::readFrom);
        return "%s DSD, nonce %s".formatted(entry.balance(), entry.nonce());
    }

    private static String auction(Bytes value) {
        AuctionEntry entry = CanonicalReader.decode(value, AuctionEntry::readFrom);
        return "%s DSD by %s, until height %s"
                .formatted(entry.amount(), entry.bidder(), entry.endsAt());
    }

    /** A preclaim stands in the same map and is only a height. */
    private static String name(Bytes value) {
        if (value.size() == Long.BYTES) {
            return "a preclaim";
        }
        NameEntry entry = CanonicalReader.decode(value, NameEntry::readFrom);
        return "%s of %s, until height %s"
                .formatted(entry.name(), entry.owner(), entry.expiresAt());
    }

    private static String channel(Bytes value) {
        ChannelEntry entry = CanonicalReader.decode(value, ChannelEntry::readFrom);
        return "%s, state %s with balances %s"
                .formatted(entry.phase(), entry.recorded().nonce(), entry.recorded().balances());
    }
}
