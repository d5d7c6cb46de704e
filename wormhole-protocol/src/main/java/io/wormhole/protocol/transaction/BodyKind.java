package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The codes of all bodies; a code is never reused. */
enum BodyKind {
    TRANSFER(1, Transfer.class, Transfer::readFrom),
    ACCOUNT_DELETE(2, AccountTransaction.Delete.class, AccountTransaction.Delete::readFrom),
    NAME_PRECLAIM(10, NameTransaction.Preclaim.class, NameTransaction.Preclaim::readFrom),
    NAME_CLAIM(11, NameTransaction.Claim.class, NameTransaction.Claim::readFrom),
    NAME_UPDATE(12, NameTransaction.Update.class, NameTransaction.Update::readFrom),
    NAME_TRANSFER(13, NameTransaction.Transfer.class, NameTransaction.Transfer::readFrom),
    NAME_REVOKE(14, NameTransaction.Revoke.class, NameTransaction.Revoke::readFrom),
    NAME_BID(15, NameTransaction.Bid.class, NameTransaction.Bid::readFrom),
    CHANNEL_OPEN(20, ChannelTransaction.Open.class, ChannelTransaction.Open::readFrom),
    CHANNEL_CLOSE_MUTUAL(
            21, ChannelTransaction.CloseMutual.class, ChannelTransaction.CloseMutual::readFrom),
    CHANNEL_CLOSE_SOLO(
            22, ChannelTransaction.CloseSolo.class, ChannelTransaction.CloseSolo::readFrom),
    CHANNEL_CHALLENGE(
            23, ChannelTransaction.Challenge.class, ChannelTransaction.Challenge::readFrom),
    CHANNEL_FORCE_PROGRESS(
            24, ChannelTransaction.ForceProgress.class, ChannelTransaction.ForceProgress::readFrom),
    CHANNEL_SETTLE(25, ChannelTransaction.Settle.class, ChannelTransaction.Settle::readFrom),
    CHANNEL_DEPOSIT(26, ChannelTransaction.Deposit.class, ChannelTransaction.Deposit::readFrom),
    CHANNEL_WITHDRAW(27, ChannelTransaction.Withdraw.class, ChannelTransaction.Withdraw::readFrom),
    CHANNEL_SNAPSHOT(28, ChannelTransaction.Snapshot.class, ChannelTransaction.Snapshot::readFrom),
    CHANNEL_CHALLENGE_FOR(
            29, ChannelTransaction.ChallengeFor.class, ChannelTransaction.ChallengeFor::readFrom),
    STAKE_DEPOSIT(30, StakeTransaction.Deposit.class, StakeTransaction.Deposit::readFrom),
    STAKE_LOGOUT(31, StakeTransaction.Logout.class, in -> new StakeTransaction.Logout()),
    STAKE_WITHDRAW(32, StakeTransaction.Withdraw.class, in -> new StakeTransaction.Withdraw()),
    FINALITY_VOTE(40, FinalityTransaction.Vote.class, FinalityTransaction.Vote::readFrom),
    FINALITY_EVIDENCE(
            41, FinalityTransaction.Evidence.class, FinalityTransaction.Evidence::readFrom),
    ORACLE_ASK(50, OracleTransaction.Ask.class, OracleTransaction.Ask::readFrom),
    ORACLE_ANSWER(51, OracleTransaction.Give.class, OracleTransaction.Give::readFrom),
    ORACLE_COUNTERCLAIM(
            52, OracleTransaction.Counterclaim.class, OracleTransaction.Counterclaim::readFrom),
    ORACLE_SETTLE(53, OracleTransaction.Settle.class, OracleTransaction.Settle::readFrom),
    ORACLE_STAKE_VOTE(54, OracleTransaction.StakeVote.class, OracleTransaction.StakeVote::readFrom),
    ORACLE_WORK_VOTE(55, OracleTransaction.WorkVote.class, OracleTransaction.WorkVote::readFrom),
    CONTRACT_CREATE(60, ContractTransaction.Create.class, ContractTransaction.Create::readFrom),
    CONTRACT_CALL(61, ContractTransaction.Call.class, ContractTransaction.Call::readFrom);

    private static final Map<Integer, BodyKind> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(BodyKind::code, kind -> kind));
    private static final Map<Class<? extends TransactionBody>, BodyKind> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toMap(BodyKind::type, kind -> kind));

    private final int code;
    private final Class<? extends TransactionBody> type;
    private final Function<CanonicalReader, TransactionBody> reader;

    BodyKind(
            int code,
            Class<? extends TransactionBody> type,
            Function<CanonicalReader, TransactionBody> reader) {
        this.code = code;
        this.type = type;
        this.reader = reader;
    }

    int code() {
        return code;
    }

    Class<? extends TransactionBody> type() {
        return type;
    }

    static BodyKind of(TransactionBody body) {
        BodyKind kind = BY_TYPE.get(body.getClass());
        if (kind == null) {
            throw new IllegalStateException("no code for " + body.getClass());
        }
        return kind;
    }

    static TransactionBody readFrom(CanonicalReader in) {
        int code = in.readU8();
        BodyKind kind = BY_CODE.get(code);
        if (kind == null) {
            throw in.fault("no transaction kind " + code);
        }
        return kind.reader.apply(in);
    }
}
