package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.BlockReward;
import io.wormhole.settlement.consensus.EpochTransition;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.MoneyRules;
import io.wormhole.settlement.governance.GovernanceState;

/** What every block does to the ledger before and after its transactions. */
public final class BlockSteps {
    private BlockSteps() {}

    /** Starts a block on {@code parent}: an epoch may begin, in which absent stake leaks. */
    public static Ledger begin(Ledger ledger, BlockContext context, Hash parent) {
        EpochTransition transition =
                ledger.finality()
                        .beginBlock(
                                context.height().value(), parent, context.parameters().finality());
        Draft draft = new Draft(ledger, context, context.producer());
        draft.change(begun -> begun.withFinality(transition.state()));
        draft.burn(transition.burned());
        if (transition.state().epoch() > ledger.finality().epoch()) {
            noteAnswers(ledger, transition.state().epoch(), draft);
            beginEpoch(transition.state(), draft);
        }
        return draft.ledger();
    }

    /** The parent is a checkpoint: the ledger after it has the roots that its header has. */
    private static void noteAnswers(Ledger checkpoint, long epoch, Draft draft) {
        AnswerRoots roots =
                checkpoint
                        .answerRoots()
                        .next(
                                epoch,
                                checkpoint.finality().finalised().epoch(),
                                checkpoint.map(StateTree.ANSWERED_ORACLES).root());
        draft.change(begun -> begun.withAnswerRoots(roots));
    }

    private static void beginEpoch(FinalityState finality, Draft draft) {
        GovernanceState before = draft.ledger().governance();
        GovernanceState after = before.beginEpoch(finality);
        if (!after.equals(before)) {
            draft.change(begun -> begun.withGovernance(after));
        }
    }

    /**
     * Does what is due about questions at this height; comes after {@link #begin} and before the
     * transactions.
     */
    public static Outcome.Applied upkeep(Ledger ledger, BlockContext context) {
        Draft draft = new Draft(ledger, context, context.producer());
        OracleUpkeep.run(draft);
        return new Outcome.Applied(draft.ledger(), Amount.ZERO, draft.rent(), draft.facts());
    }

    /**
     * Ends a block: mints the reward, pays the producer, and books all money anew.
     *
     * @param income fees and rent of the block's transactions
     */
    public static Ledger end(Ledger ledger, BlockContext context, Amount income) {
        Draft draft = new Draft(ledger, context, context.producer());
        FinalityState finality = ledger.finality();
        draft.touch(context.producer());
        BlockReward reward =
                BlockReward.split(
                        subsidy(ledger, context.parameters().money()),
                        income.plus(draft.rent()),
                        finality.rewards().votedStake(),
                        finality.rewards().totalStake());
        if (!reward.miner().isZero()) {
            draft.credit(context.producer(), reward.miner());
        }
        draft.change(
                ended ->
                        ended.withFinality(finality.accrueReward(reward.validators()))
                                .withSupply(ended.supply().plusMinted(reward.minted())));
        draft.payPool(reward.rewardPool());
        return draft.ledger().withHeldBooked();
    }

    /** The subsidy, or what is left up to the maximum supply. */
    private static Amount subsidy(Ledger ledger, MoneyRules rules) {
        Amount left = rules.maximumSupply().minus(ledger.supply().issued());
        return rules.subsidy().min(left);
    }
}
