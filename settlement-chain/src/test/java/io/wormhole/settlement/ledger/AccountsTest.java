package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.Transfer;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private final Address poor = Arbitrary.forTest("AccountsTest", 1).address();
    private final Trial trial = Trial.withRent(10, 5);

    private Outcome.Applied delete() {
        return trial.accept(Bob.KEYS, new AccountTransaction.Delete(poor));
    }

    @Test
    void whoFindsAnAccountThatCannotPayEarnsTheReward() {
        trial.accept(Alice.KEYS, new Transfer(poor, Amount.of(99)));
        Amount before = trial.balance(Bob.ADDRESS);

        trial.at(trial.height() + 10);
        Outcome.Applied outcome = delete();

        assertThat(trial.ledger().account(poor)).isEmpty();
        assertThat(outcome.facts()).contains(new LedgerFact.AccountDeleted(poor));
        long own = outcome.rent().baseUnits() - 94;
        assertThat(trial.balance(Bob.ADDRESS).baseUnits())
                .isEqualTo(before.baseUnits() - own - outcome.fee().baseUnits() + 5);
    }

    @Test
    void whoCanPayToTheLastUnitStays() {
        trial.accept(Alice.KEYS, new Transfer(poor, Amount.of(100)));

        trial.at(trial.height() + 10);

        trial.refuse(Bob.KEYS, new AccountTransaction.Delete(poor), Refusal.AccountCanPay.class);
        trial.at(trial.height() + 1);
        delete();
        assertThat(trial.ledger().account(poor)).isEmpty();
    }

    @Test
    void nobodyDeletesWhatIsNotThere() {
        trial.refuse(Bob.KEYS, new AccountTransaction.Delete(poor), Refusal.AccountUnknown.class);
        trial.refuse(
                Bob.KEYS, new AccountTransaction.Delete(Bob.ADDRESS), Refusal.AccountCanPay.class);
    }
}
