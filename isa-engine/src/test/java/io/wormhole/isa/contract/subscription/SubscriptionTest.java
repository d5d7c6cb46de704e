package io.wormhole.isa.contract.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractSteps;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
    private static final int BUYER = 0;
    private static final int SELLER = 1;

    private final ContractSteps steps =
            new ContractSteps(
                    Subscription.loaded(),
                    Subscription::lock,
                    Subscription.initialState(BUYER, Amount.of(10), new BlockHeight(100), 50),
                    Amount.of(100));

    @Test
    void begunPeriodsArePaidOnceAndMissedOnesMadeUpFor() {
        assertRefused(steps.send(SELLER, 99, Subscription.collect()), "nothing is due");
        assertAdvanced(steps.send(SELLER, 100, Subscription.collect()));
        assertRefused(steps.send(SELLER, 149, Subscription.collect()), "nothing is due");
        assertAdvanced(steps.send(SELLER, 249, Subscription.collect()));

        assertThat(steps.paid(SELLER)).isEqualTo(Amount.of(30));
    }

    @Test
    void cancellingPaysWhatIsDueAndNothingMore() {
        assertAdvanced(steps.send(BUYER, 151, Subscription.cancel()));
        assertThat(steps.paid(SELLER)).isEqualTo(Amount.of(20));

        assertRefused(steps.send(SELLER, 900, Subscription.collect()), "cancelled");
        assertThat(steps.locked()).isEqualTo(Amount.of(80));
    }

    @Test
    void eachDoesOnlyItsOwn() {
        assertRefused(steps.send(BUYER, 151, Subscription.collect()), "only the seller collects");
        assertRefused(steps.send(SELLER, 151, Subscription.cancel()), "only the buyer cancels");
    }

    @Test
    void moreThanIsLockedIsNotPaid() {
        assertThat(steps.send(SELLER, 10_000, Subscription.collect())).isInstanceOf(Refused.class);
        assertThat(steps.paid(SELLER)).isEqualTo(Amount.ZERO);
    }

    private static void assertAdvanced(ContractOutcome outcome) {
        assertThat(outcome).isInstanceOf(Advanced.class);
    }

    private static void assertRefused(ContractOutcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(why);
    }
}
