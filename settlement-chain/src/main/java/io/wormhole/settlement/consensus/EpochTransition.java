package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import java.util.Map;
import java.util.SortedSet;

/**
 * What the start of a block does to the finality gadget.
 *
 * @param state the state in which the block's transactions run
 * @param burned stake that absent validators have lost, which leaves the supply
 */
public record EpochTransition(FinalityState state, Amount burned) {

    /** Closes the epoch (rewards, leak, dynasty) and begins the one of the given checkpoint. */
    static EpochTransition begin(FinalityState closing, Checkpoint target, FinalityRules rules) {
        Map<Address, Amount> set = closing.currentSet();
        SortedSet<Address> voters = closing.votes().voters();
        Amount voted = DynastyQuorum.votedStake(set, voters);

        ValidatorSet paid = reward(closing.validators(), voters, closing.rewards().pot());
        Amount left = closing.totalHeld().minus(paid.total());
        ValidatorSet leaked = paid.map(validator -> leak(validator, closing, rules));
        Amount burned = paid.total().minus(leaked.total());

        Progress progress = closing.progress();
        ValidatorSet validators = leaked;
        if (progress.endsDynasty()) {
            progress = progress.nextDynasty();
            validators =
                    new DynastyChange(
                                    progress.dynasty(),
                                    target.epoch(),
                                    progress.finalised().epoch(),
                                    rules)
                            .applyTo(leaked);
        }
        FinalityState next =
                new FinalityState(
                        EpochVotes.beginning(target, progress.justified()),
                        progress,
                        validators,
                        new VoteRewards(voted, Amount.sum(set.values()), left));
        return new EpochTransition(next, burned);
    }

    private static ValidatorSet reward(
            ValidatorSet validators, SortedSet<Address> voters, Amount pot) {
        Amount voted =
                Amount.sum(
                        voters.stream()
                                .flatMap(voter -> validators.find(voter).stream())
                                .map(Validator::deposit)
                                .toList());
        if (voted.isZero() || pot.isZero()) {
            return validators;
        }
        return validators.map(
                validator ->
                        voters.contains(validator.address())
                                ? validator.withDeposit(
                                        validator
                                                .deposit()
                                                .plus(
                                                        BlockReward.part(
                                                                pot, validator.deposit(), voted)))
                                : validator);
    }

    private static Validator leak(Validator validator, FinalityState closing, FinalityRules rules) {
        boolean isAbsent =
                validator.isActiveIn(closing.progress().dynasty())
                        && !closing.votes().voters().contains(validator.address());
        if (!isAbsent) {
            return validator;
        }
        long epochsSinceFinality = closing.epoch() - closing.finalised().epoch();
        Amount loss =
                InactivityLeak.loss(validator.deposit(), epochsSinceFinality, rules.leakQuotient());
        return validator.withDeposit(validator.deposit().minus(loss));
    }
}
