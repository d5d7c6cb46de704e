package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.List;

/** The stored form of a block's facts; a kind's code is never reused. */
final class FactCodec {
    private static final int MAXIMUM_FACTS = 1_000_000;
    private static final int TRANSACTION_APPLIED = 1;
    private static final int TRANSFERRED = 2;
    private static final int NAME_CHANGED = 3;
    private static final int CHANNEL_OPENED = 4;
    private static final int CHANNEL_CLOSING = 5;
    private static final int CHANNEL_PROGRESSED = 6;
    private static final int CHANNEL_CLOSED = 7;
    private static final int CONTRACT_STEP_FAILED = 8;
    private static final int STAKE_CHANGED = 9;
    private static final int ORACLE_CHANGED = 10;
    private static final int CHANNEL_CHANGED = 11;
    private static final int CONTRACT_CREATED = 12;
    private static final int CONTRACT_CALLED = 13;
    private static final int CONTRACT_FAILED = 14;
    private static final int ACCOUNT_DELETED = 15;
    private static final int MAXIMUM_REASON_BYTES = 4096;

    private FactCodec() {}

    static Bytes encode(List<LedgerFact> facts) {
        return new CanonicalWriter().writeList(facts, FactCodec::write).toBytes();
    }

    static List<LedgerFact> decode(Bytes encoded) {
        return CanonicalReader.decode(encoded, in -> in.readList(MAXIMUM_FACTS, FactCodec::read));
    }

    private static void write(CanonicalWriter out, LedgerFact fact) {
        if (fact instanceof LedgerFact.TransactionApplied applied) {
            out.writeU8(TRANSACTION_APPLIED).write(applied.transaction());
        } else if (fact instanceof LedgerFact.Transferred moved) {
            out.writeU8(TRANSFERRED).write(moved.from()).write(moved.to()).write(moved.amount());
        } else if (fact instanceof LedgerFact.NameChanged changed) {
            out.writeU8(NAME_CHANGED).write(changed.name());
        } else if (fact instanceof LedgerFact.StakeChanged changed) {
            out.writeU8(STAKE_CHANGED).write(changed.validator());
        } else if (fact instanceof LedgerFact.OracleChanged changed) {
            out.writeU8(ORACLE_CHANGED).write(changed.oracle());
        } else if (fact instanceof LedgerFact.AccountDeleted deleted) {
            out.writeU8(ACCOUNT_DELETED).write(deleted.account());
        } else if (!writeContract(out, fact)) {
            writeChannel(out, fact);
        }
    }

    private static boolean writeContract(CanonicalWriter out, LedgerFact fact) {
        if (fact instanceof LedgerFact.ContractCreated created) {
            out.writeU8(CONTRACT_CREATED).write(created.contract()).write(created.by());
            out.write(created.codeHash());
        } else if (fact instanceof LedgerFact.ContractCalled called) {
            out.writeU8(CONTRACT_CALLED).write(called.contract()).write(called.by());
            out.write(called.amount());
        } else if (fact instanceof LedgerFact.ContractFailed failed) {
            out.writeU8(CONTRACT_FAILED).write(failed.contract()).write(failed.by());
            out.writeText(failed.reason());
        } else {
            return false;
        }
        return true;
    }

    private static void writeChannel(CanonicalWriter out, LedgerFact fact) {
        if (fact instanceof LedgerFact.ChannelOpened opened) {
            out.writeU8(CHANNEL_OPENED).write(opened.channel()).write(opened.terms());
        } else if (fact instanceof LedgerFact.ChannelClosing closing) {
            out.writeU8(CHANNEL_CLOSING).write(closing.channel()).write(closing.by());
            out.write(closing.state()).write(closing.closesAt());
        } else if (fact instanceof LedgerFact.ChannelProgressed progressed) {
            out.writeU8(CHANNEL_PROGRESSED).write(progressed.channel()).write(progressed.by());
            out.write(progressed.state());
        } else if (fact instanceof LedgerFact.ChannelChanged changed) {
            out.writeU8(CHANNEL_CHANGED).write(changed.channel()).write(changed.by());
            out.write(changed.state());
        } else if (fact instanceof LedgerFact.ChannelClosed closed) {
            out.writeU8(CHANNEL_CLOSED).write(closed.channel()).writeList(closed.payouts());
        } else if (fact instanceof LedgerFact.ContractStepFailed failed) {
            out.writeU8(CONTRACT_STEP_FAILED).write(failed.channel()).write(failed.by());
            out.writeText(failed.reason());
        } else {
            throw new IllegalStateException("no stored form for " + fact.getClass());
        }
    }

    private static LedgerFact read(CanonicalReader in) {
        int kind = in.readU8();
        return switch (kind) {
            case TRANSACTION_APPLIED -> new LedgerFact.TransactionApplied(Hash.readFrom(in));
            case TRANSFERRED ->
                    new LedgerFact.Transferred(
                            Address.readFrom(in), Address.readFrom(in), Amount.readFrom(in));
            case NAME_CHANGED -> new LedgerFact.NameChanged(Name.readFrom(in));
            case CHANNEL_OPENED ->
                    new LedgerFact.ChannelOpened(ChannelId.readFrom(in), ChannelTerms.readFrom(in));
            case CHANNEL_CLOSING ->
                    new LedgerFact.ChannelClosing(
                            ChannelId.readFrom(in),
                            Address.readFrom(in),
                            ChannelState.readFrom(in),
                            BlockHeight.readFrom(in));
            case CHANNEL_PROGRESSED ->
                    new LedgerFact.ChannelProgressed(
                            ChannelId.readFrom(in),
                            Address.readFrom(in),
                            ChannelState.readFrom(in));
            case CHANNEL_CLOSED ->
                    new LedgerFact.ChannelClosed(
                            ChannelId.readFrom(in),
                            in.readList(ChannelTerms.PARTICIPANTS, Amount::readFrom));
            case CONTRACT_STEP_FAILED ->
                    new LedgerFact.ContractStepFailed(
                            ChannelId.readFrom(in),
                            Address.readFrom(in),
                            in.readText(MAXIMUM_REASON_BYTES));
            case STAKE_CHANGED -> new LedgerFact.StakeChanged(Address.readFrom(in));
            case ORACLE_CHANGED -> new LedgerFact.OracleChanged(OracleId.readFrom(in));
            case ACCOUNT_DELETED -> new LedgerFact.AccountDeleted(Address.readFrom(in));
            default -> readOther(kind, in);
        };
    }

    private static LedgerFact readOther(int kind, CanonicalReader in) {
        return switch (kind) {
            case CHANNEL_CHANGED ->
                    new LedgerFact.ChannelChanged(
                            ChannelId.readFrom(in),
                            Address.readFrom(in),
                            ChannelState.readFrom(in));
            case CONTRACT_CREATED ->
                    new LedgerFact.ContractCreated(
                            Address.readFrom(in), Address.readFrom(in), Hash.readFrom(in));
            case CONTRACT_CALLED ->
                    new LedgerFact.ContractCalled(
                            Address.readFrom(in), Address.readFrom(in), Amount.readFrom(in));
            case CONTRACT_FAILED ->
                    new LedgerFact.ContractFailed(
                            Address.readFrom(in),
                            Address.readFrom(in),
                            in.readText(MAXIMUM_REASON_BYTES));
            default -> throw in.fault("no fact kind " + kind);
        };
    }
}
