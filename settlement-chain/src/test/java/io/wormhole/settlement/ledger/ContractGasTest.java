package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.value.Value;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** What contracts pay for, to the unit. */
class ContractGasTest {
    private static final long PLENTY_TIME = 200_000;
    private static final long PLENTY_SPACE = 20_000;
    private static final Value LONG = Value.text("x".repeat(90));

    private final Trial trial = Trial.start();

    private Address puppet(long endowment) {
        Nonce nonce = trial.nextNonce(Alice.KEYS);
        trial.accept(Alice.KEYS, Puppet.create(Amount.of(endowment)));
        return ContractTransaction.Create.address(Alice.ADDRESS, nonce);
    }

    private record Called(Outcome.Applied outcome, long gas) {
        boolean isTaken() {
            return outcome.facts().stream().anyMatch(LedgerFact.ContractCalled.class::isInstance);
        }

        String failure() {
            return outcome.facts().stream()
                    .filter(LedgerFact.ContractFailed.class::isInstance)
                    .map(fact -> ((LedgerFact.ContractFailed) fact).reason())
                    .findFirst()
                    .orElse("");
        }
    }

    private Called call(Address puppet, Value payload, long time, long space) {
        SignedTransaction signed =
                trial.signed(Bob.KEYS, Puppet.call(puppet, 0, payload), time, space);
        Outcome.Applied outcome = trial.accept(signed);
        long units = outcome.fee().baseUnits() / Trial.GAS_PRICE.baseUnits();
        return new Called(outcome, units - signed.encoded().size());
    }

    /** The same, and the state is as it was. */
    private Called tried(Address puppet, Value payload, long time, long space) {
        Ledger before = trial.ledger();
        Called called = call(puppet, payload, time, space);
        trial.replace(before);
        return called;
    }

    private static long least(long enough, LongPredicate suffices) {
        long below = 0;
        long least = enough;
        while (least - below > 1) {
            long middle = (below + least) / 2;
            if (suffices.test(middle)) {
                least = middle;
            } else {
                below = middle;
            }
        }
        return least;
    }

    private static Value order(Value progress) {
        return Puppet.order(progress, List.of(), List.of());
    }

    private long stateSize(Address puppet) {
        return trial.ledger().contract(puppet).orElseThrow().state().size();
    }

    @Test
    void whatIsUsedIsTheLeastLimitThatSuffices() {
        Address puppet = puppet(0);
        Value payload = order(LONG);
        long time =
                least(PLENTY_TIME, limit -> tried(puppet, payload, limit, PLENTY_SPACE).isTaken());
        long space =
                least(PLENTY_SPACE, limit -> tried(puppet, payload, PLENTY_TIME, limit).isTaken());

        assertThat(tried(puppet, payload, PLENTY_TIME, PLENTY_SPACE).gas()).isEqualTo(time + space);
        assertThat(tried(puppet, payload, time, space).gas()).isEqualTo(time + space);
        Called shortOfTime = tried(puppet, payload, time - 1, space);
        assertThat(shortOfTime.failure()).startsWith("OUT_OF_TIME: writing takes");
        assertThat(shortOfTime.gas()).isEqualTo(time - 1 + space);
        assertThat(tried(puppet, payload, time, space - 1).failure()).startsWith("OUT_OF_SPACE");
    }

    @Test
    void loadingAndWritingTakeAUnitOfTimeForEachByte() {
        Address puppet = puppet(0);
        long loading = Puppet.CODE.size() + stateSize(puppet);
        long small = stateSize(puppet);

        long first = call(puppet, order(LONG), PLENTY_TIME, PLENTY_SPACE).gas();
        long large = stateSize(puppet);
        long second = tried(puppet, order(LONG), PLENTY_TIME, PLENTY_SPACE).gas();

        // What the program itself takes for a larger state is a unit or so per word.
        assertThat(second - first).isBetween(large - small, large - small + 40);
        trial.replace(trial.ledger());
        Address other = puppet(0);
        Called tooLittle = tried(other, order(LONG), loading - 1, PLENTY_SPACE);
        assertThat(tooLittle.failure())
                .isEqualTo("OUT_OF_TIME: loading takes " + loading + " units");
        assertThat(tooLittle.gas()).isEqualTo(loading - 1);
        assertThat(tried(other, order(LONG), loading, PLENTY_SPACE).failure())
                .startsWith("OUT_OF_TIME")
                .doesNotContain("loading");
    }

    @Test
    void aMessageUsesTheTimeOfItsTransactionAndTheSpaceOfTheLargest() {
        Address first = puppet(0);
        Address second = puppet(0);
        Value small = order(Value.of(1));
        Value message = Puppet.send(second, 0, 9_000, small);

        Called none = tried(first, Puppet.order(LONG, List.of(), List.of()), PLENTY_TIME, 20_000);
        Called one =
                tried(first, Puppet.order(LONG, List.of(), List.of(message)), PLENTY_TIME, 20_000);
        Called two =
                tried(
                        first,
                        Puppet.order(LONG, List.of(), List.of(message, message)),
                        PLENTY_TIME,
                        20_000);

        assertThat(one.gas()).isGreaterThan(none.gas() + Puppet.CODE.size());
        // The second message finds the state that the first one wrote.
        assertThat(two.gas() - one.gas()).isGreaterThan(Puppet.CODE.size());
        assertThat(two.outcome().facts().stream())
                .filteredOn(LedgerFact.ContractCalled.class::isInstance)
                .hasSize(3);
    }

    @Test
    void aRefusedMessageHasUsedItsGas() {
        Address puppet = puppet(0);

        Called refused = tried(puppet, Puppet.refuse(), PLENTY_TIME, PLENTY_SPACE);

        assertThat(refused.failure()).startsWith("TRAPPED");
        assertThat(refused.gas()).isGreaterThan(Puppet.CODE.size() + stateSize(puppet));
    }

    @Test
    void asManyMessagesAreDeliveredAsMayBe() {
        Address puppet = puppet(0);
        Value inner = order(Value.of(0));
        for (int i = 0; i < Contracts.DEEPEST; i++) {
            inner =
                    Puppet.order(
                            Value.of(i), List.of(), List.of(Puppet.send(puppet, 0, 90_000, inner)));
        }
        Value deeper =
                Puppet.order(
                        Value.of(99), List.of(), List.of(Puppet.send(puppet, 0, 99_000, inner)));

        Called fits = tried(puppet, inner, 10_000_000, PLENTY_SPACE);
        Called tooDeep = tried(puppet, deeper, 10_000_000, PLENTY_SPACE);

        assertThat(fits.failure()).isEmpty();
        assertThat(called(fits)).isEqualTo(Contracts.DEEPEST + 1);
        assertThat(tooDeep.failure()).startsWith("TOO_MANY_MESSAGES");
        assertThat(called(tooDeep)).isEqualTo(Contracts.DEEPEST + 1);
    }

    @Test
    void messagesOfATransactionAreCounted() {
        Address puppet = puppet(0);
        Value leaf = order(Value.of(0));
        Value sixty =
                Puppet.order(
                        Value.of(1),
                        List.of(),
                        Collections.nCopies(60, Puppet.send(puppet, 0, 3_000, leaf)));
        Value all =
                Puppet.order(
                        Value.of(2),
                        List.of(),
                        Collections.nCopies(3, Puppet.send(puppet, 0, 300_000, sixty)));

        Called called = tried(puppet, all, 10_000_000, PLENTY_SPACE);

        assertThat(called.failure()).startsWith("TOO_MANY_MESSAGES");
        assertThat(called(called)).isEqualTo(Contracts.MOST_MESSAGES);
    }

    private static long called(Called called) {
        return called.outcome().facts().stream()
                .filter(LedgerFact.ContractCalled.class::isInstance)
                .count();
    }

    @Test
    void whatACallDidIsToldInOrder() {
        Address puppet = puppet(50);
        SignedTransaction signed =
                trial.signed(
                        Bob.KEYS,
                        Puppet.call(
                                puppet,
                                7,
                                Puppet.order(
                                        Value.of(1),
                                        List.of(
                                                Puppet.pay(Mallory.ADDRESS, 3),
                                                Puppet.pay(Alice.ADDRESS, 0)),
                                        List.of(
                                                Puppet.send(puppet, 53, 4_000, order(Value.of(2))),
                                                Puppet.send(
                                                        puppet, 1, 4_000, order(Value.of(3)))))),
                        PLENTY_TIME,
                        PLENTY_SPACE);

        Outcome.Applied applied = trial.accept(signed);

        assertThat(applied.facts())
                .containsExactly(
                        new LedgerFact.TransactionApplied(signed.id()),
                        new LedgerFact.ContractCalled(puppet, Bob.ADDRESS, Amount.of(7)),
                        new LedgerFact.Transferred(puppet, Mallory.ADDRESS, Amount.of(3)),
                        new LedgerFact.ContractCalled(puppet, puppet, Amount.of(53)),
                        new LedgerFact.ContractCalled(puppet, puppet, Amount.of(1)));
    }

    @Test
    void aMessageWhoseMoneyAnEarlierOneSpentIsNamed() {
        Address first = puppet(10);
        Address second = puppet(0);

        Called called =
                tried(
                        first,
                        Puppet.order(
                                Value.of(1),
                                List.of(),
                                List.of(
                                        Puppet.send(
                                                second,
                                                5,
                                                20_000,
                                                Puppet.order(
                                                        Value.of(1),
                                                        List.of(),
                                                        List.of(
                                                                Puppet.send(
                                                                        first,
                                                                        0,
                                                                        9_000,
                                                                        Puppet.order(
                                                                                Value.of(5),
                                                                                List.of(
                                                                                        Puppet.pay(
                                                                                                Mallory
                                                                                                        .ADDRESS,
                                                                                                5)),
                                                                                List.of()))))),
                                        Puppet.send(second, 5, 9_000, order(Value.of(2))))),
                        PLENTY_TIME,
                        PLENTY_SPACE);

        assertThat(called.outcome().facts())
                .last()
                .isEqualTo(
                        new LedgerFact.ContractFailed(
                                second, first, "PAYS_TOO_MUCH: spent by an earlier message"));
    }
}
