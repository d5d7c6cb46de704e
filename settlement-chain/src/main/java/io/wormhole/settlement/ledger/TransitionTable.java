package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which transition belongs to which body. */
final class TransitionTable {
    private static final List<Row<?>> ROWS =
            List.of(
                    row(Transfer.class, Transfers::transfer).costs(Transfers::cost),
                    row(AccountTransaction.Delete.class, Accounts::delete),
                    row(ContractTransaction.Create.class, Contracts::create).costs(Contracts::cost),
                    row(ContractTransaction.Call.class, Contracts::call)
                            .costs(Contracts::cost)
                            .runsContract(),
                    row(NameTransaction.Bid.class, NameAuctions::bid).costs(NameAuctions::cost),
                    row(NameTransaction.Preclaim.class, Names::preclaim),
                    row(NameTransaction.Claim.class, Names::claim).costs(Names::cost),
                    row(NameTransaction.Update.class, Names::update).costs(Names::cost),
                    row(NameTransaction.Transfer.class, Names::transfer),
                    row(NameTransaction.Revoke.class, Names::revoke),
                    row(ChannelTransaction.Open.class, ChannelOpening::open)
                            .costs(ChannelOpening::cost),
                    row(ChannelTransaction.CloseMutual.class, Channels::closeMutual),
                    row(ChannelTransaction.CloseSolo.class, Channels::closeSolo),
                    row(ChannelTransaction.Challenge.class, Channels::challenge),
                    row(ChannelTransaction.Settle.class, Channels::settle),
                    row(ChannelTransaction.Deposit.class, ChannelChanges::deposit),
                    row(ChannelTransaction.Withdraw.class, ChannelChanges::withdraw),
                    row(ChannelTransaction.Snapshot.class, ChannelChanges::snapshot),
                    row(ChannelTransaction.ChallengeFor.class, Channels::challengeFor),
                    row(ChannelTransaction.ForceProgress.class, ForcedProgress::apply)
                            .runsContract(),
                    row(StakeTransaction.Deposit.class, Stakes::deposit).costs(Stakes::cost),
                    row(StakeTransaction.Logout.class, Stakes::logOut),
                    row(StakeTransaction.Withdraw.class, Stakes::withdraw),
                    row(FinalityTransaction.Vote.class, Stakes::vote).isFree(),
                    row(FinalityTransaction.Evidence.class, Stakes::slash),
                    row(OracleTransaction.Ask.class, Oracles::ask).costs(Oracles::cost),
                    row(OracleTransaction.Give.class, Oracles::answer),
                    row(OracleTransaction.Counterclaim.class, Oracles::counterclaim)
                            .costs(Oracles::cost),
                    row(OracleTransaction.Settle.class, Oracles::settle),
                    row(OracleTransaction.StakeVote.class, OracleVotes::stakeVote),
                    row(OracleTransaction.WorkVote.class, OracleVotes::workVote).isFree(),
                    row(GovernanceTransaction.Propose.class, Governing::propose),
                    row(GovernanceTransaction.Vote.class, Governing::vote));

    private static final Map<Class<?>, Row<?>> BY_TYPE =
            ROWS.stream().collect(Collectors.toUnmodifiableMap(Row::type, row -> row));

    private TransitionTable() {}

    /** All kinds of bodies that have a transition. */
    static List<Class<? extends TransactionBody>> types() {
        return ROWS.stream().<Class<? extends TransactionBody>>map(Row::type).toList();
    }

    static Row<?> of(TransactionBody body) {
        Row<?> row = BY_TYPE.get(body.getClass());
        if (row == null) {
            throw new IllegalStateException("no transition for " + body.getClass());
        }
        return row;
    }

    private static <B extends TransactionBody> Row<B> row(Class<B> type, Transition<B> transition) {
        return new Row<>(type, transition, (body, context) -> Amount.ZERO, Payment.PER_BYTE);
    }

    /** How a kind of body is paid for. */
    enum Payment {
        PER_BYTE,
        PER_BYTE_AND_GAS,
        FREE
    }

    /** What the sender must have beyond the fee. */
    @FunctionalInterface
    interface Cost<B extends TransactionBody> {
        Amount of(B body, CostContext context);
    }

    /** What a cost depends on. */
    record CostContext(Transaction transaction, BlockContext block) {}

    /** One kind of body. */
    record Row<B extends TransactionBody>(
            Class<B> type, Transition<B> transition, Cost<B> cost, Payment payment) {
        Row<B> costs(Cost<B> amount) {
            return new Row<>(type, transition, amount, payment);
        }

        Row<B> runsContract() {
            return new Row<>(type, transition, cost, Payment.PER_BYTE_AND_GAS);
        }

        Row<B> isFree() {
            return new Row<>(type, transition, cost, Payment.FREE);
        }

        Amount costOf(Transaction transaction, BlockContext block) {
            return cost.of(type.cast(transaction.body()), new CostContext(transaction, block));
        }

        Optional<Refusal> apply(Transaction transaction, Draft draft) {
            return transition.apply(type.cast(transaction.body()), transaction, draft);
        }
    }
}
