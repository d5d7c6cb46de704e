package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;
import java.util.Comparator;
import java.util.List;

/**
 * Who joins and who leaves when a dynasty begins.
 *
 * <p>Requests are served in the order in which they were made, and a change waits until it fits
 * into the dynasty's share of the stake; the first always fits, so that even the largest stake gets
 * its turn. A join must also have become final, so that no fork can slip in voters of its own.
 */
record DynastyChange(long dynasty, long epoch, long finalisedEpoch, FinalityRules rules) {

    ValidatorSet applyTo(ValidatorSet validators) {
        ValidatorSet changed = validators;
        long budget =
                Amount.sum(validators.activeIn(dynasty).values()).baseUnits()
                        / FinalityRules.CHURN_DIVISOR;
        long used = 0;
        for (Validator validator : due(validators)) {
            long size = validator.deposit().baseUnits();
            if (used > 0 && size > budget - used) {
                break;
            }
            if (validator.isLeaving() && changed.activeIn(dynasty).size() == 1) {
                continue; // The last validator stays: without any, nothing would ever become final
                // again.
            }
            changed = changed.with(changed(validator));
            used += size;
        }
        return changed;
    }

    private Validator changed(Validator validator) {
        return validator.isLeaving()
                ? validator.retired(dynasty, Math.addExact(epoch, rules.withdrawalDelayEpochs()))
                : validator.activated(dynasty);
    }

    private List<Validator> due(ValidatorSet validators) {
        Comparator<Validator> byRequest =
                Comparator.comparing(validator -> requested(validator).epoch());
        return validators.all().stream()
                .filter(validator -> isJoinDue(validator) || isExitDue(validator))
                .sorted(byRequest.thenComparing(Validator::address))
                .toList();
    }

    private static Validator.Moment requested(Validator validator) {
        return validator.isLeaving() ? validator.loggedOut() : validator.joined();
    }

    private boolean isJoinDue(Validator validator) {
        return validator.activeFrom() == Validator.NEVER
                && !validator.isLeaving()
                && dynasty - validator.joined().dynasty() >= FinalityRules.CHANGE_DELAY_DYNASTIES
                && finalisedEpoch > validator.joined().epoch();
    }

    private boolean isExitDue(Validator validator) {
        return validator.isLeaving()
                && validator.isActiveIn(dynasty)
                && dynasty - validator.loggedOut().dynasty()
                        >= FinalityRules.CHANGE_DELAY_DYNASTIES + rules.logoutDelayDynasties();
    }
}
