package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.Transfer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractsTest {
    private static final long TIME = 50_000;
    private static final long SPACE = 20_000;

    private final Trial trial = Trial.start();

    private Address puppet(long endowment) {
        Nonce nonce = trial.nextNonce(Alice.KEYS);
        trial.accept(Alice.KEYS, Puppet.create(Amount.of(endowment)));
        return ContractTransaction.Create.address(Alice.ADDRESS, nonce);
    }

    private Outcome.Applied call(KeyPair who, Address puppet, long amount, Value payload) {
        return trial.accept(trial.signed(who, Puppet.call(puppet, amount, payload), TIME, SPACE));
    }

    private Value progress(Address contract) {
        Bytes state = trial.ledger().contract(contract).orElseThrow().state();
        return ((TupleValue) ValueCodec.decode(state)).get(1);
    }

    private static Value order(String progress) {
        return Puppet.order(Value.text(progress), List.of(), List.of());
    }

    private static List<String> failures(Outcome.Applied outcome) {
        return outcome.facts().stream()
                .filter(LedgerFact.ContractFailed.class::isInstance)
                .map(fact -> ((LedgerFact.ContractFailed) fact).reason())
                .toList();
    }

    @Test
    void aContractIsMadeWithCodeStateAndEndowment() {
        Address puppet = puppet(77);

        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(77));
        assertThat(progress(puppet)).isEqualTo(Value.text("new"));
        Bytes code = trial.ledger().code(trial.ledger().contract(puppet).orElseThrow().codeHash());
        assertThat(code).isEqualTo(Puppet.CODE);
    }

    @Test
    void whatIsNoContractIsNotMade() {
        ContractTransaction.Create good = Puppet.create(Amount.ZERO);
        Bytes junk = Bytes.of((byte) 1, (byte) 2);

        trial.refuse(
                Alice.KEYS,
                new ContractTransaction.Create(junk, good.terms(), good.progress(), Amount.ZERO),
                Refusal.ContractMalformed.class);
        trial.refuse(
                Alice.KEYS,
                new ContractTransaction.Create(good.code(), junk, good.progress(), Amount.ZERO),
                Refusal.ContractMalformed.class);
        trial.refuse(Alice.KEYS, Puppet.create(Trial.WEALTH), Refusal.FundsTooLow.class);
    }

    @Test
    void aCallMovesMoneyAndState() {
        Address puppet = puppet(100);
        Amount before = trial.balance(Mallory.ADDRESS);

        call(
                Bob.KEYS,
                puppet,
                50,
                Puppet.order(
                        Value.text("moved"), List.of(Puppet.pay(Mallory.ADDRESS, 120)), List.of()));

        assertThat(progress(puppet)).isEqualTo(Value.text("moved"));
        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(30));
        assertThat(trial.balance(Mallory.ADDRESS)).isEqualTo(before.plus(Amount.of(120)));
    }

    @Test
    void aTrapKeepsTheFeeAndGivesTheAmountBack() {
        Address puppet = puppet(100);
        Amount before = trial.balance(Bob.ADDRESS);

        Outcome.Applied outcome = call(Bob.KEYS, puppet, 50, Puppet.refuse());

        assertThat(failures(outcome)).singleElement().asString().startsWith("TRAPPED");
        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(100));
        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(before.minus(outcome.fee()));
        assertThat(outcome.fee().isZero()).isFalse();
    }

    @Test
    void gasThatIsNotUsedReturns() {
        Address puppet = puppet(0);

        Outcome.Applied cheap = call(Bob.KEYS, puppet, 0, order("a"));

        long reserved = Trial.GAS_PRICE.baseUnits() * (TIME + SPACE);
        assertThat(cheap.fee().baseUnits()).isLessThan(reserved / 2);
    }

    @Test
    void aContractThatPaysMoreThanItHasDoesNothing() {
        Address puppet = puppet(100);

        Outcome.Applied outcome =
                call(
                        Bob.KEYS,
                        puppet,
                        5,
                        Puppet.order(
                                Value.text("rich"),
                                List.of(
                                        Puppet.pay(Mallory.ADDRESS, 100),
                                        Puppet.pay(Mallory.ADDRESS, 6)),
                                List.of()));

        assertThat(failures(outcome)).singleElement().asString().startsWith("PAYS_TOO_MUCH");
        assertThat(progress(puppet)).isEqualTo(Value.text("new"));
        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(100));
    }

    @Test
    void aMessageThatIsRefusedUndoesItselfAlone() {
        Address first = puppet(100);
        Address second = puppet(0);

        Outcome.Applied outcome =
                call(
                        Bob.KEYS,
                        first,
                        0,
                        Puppet.order(
                                Value.text("sent"),
                                List.of(Puppet.pay(Mallory.ADDRESS, 1)),
                                List.of(
                                        Puppet.send(second, 10, 5_000, Puppet.refuse()),
                                        Puppet.send(second, 20, 5_000, order("got")))));

        assertThat(failures(outcome)).hasSize(1);
        assertThat(progress(first)).isEqualTo(Value.text("sent"));
        assertThat(progress(second)).isEqualTo(Value.text("got"));
        assertThat(trial.balance(first)).isEqualTo(Amount.of(79));
        assertThat(trial.balance(second)).isEqualTo(Amount.of(20));
    }

    @Test
    void aMessageHasItsOwnGasLimit() {
        Address first = puppet(0);
        Address second = puppet(0);

        Outcome.Applied outcome =
                call(
                        Bob.KEYS,
                        first,
                        0,
                        Puppet.order(
                                Value.text("sent"),
                                List.of(),
                                List.of(
                                        Puppet.send(second, 0, 100, order("too dear")),
                                        Puppet.send(second, 0, TIME, order("more than left")),
                                        Puppet.send(second, 0, 2_000, order("fits")))));

        assertThat(failures(outcome))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("OUT_OF_TIME"),
                        two -> assertThat(two).startsWith("GAS_NOT_LEFT"));
        assertThat(progress(second)).isEqualTo(Value.text("fits"));
    }

    @Test
    void whatAMessageSpentTheNextHasNoMore() {
        Address first = puppet(10);
        Address second = puppet(0);

        Outcome.Applied outcome =
                call(
                        Bob.KEYS,
                        first,
                        0,
                        Puppet.order(
                                Value.text("sent"),
                                List.of(Puppet.pay(Mallory.ADDRESS, 4)),
                                List.of(
                                        Puppet.send(second, 6, 4_000, order("a")),
                                        Puppet.send(second, 0, 4_000, order("b")))));

        assertThat(failures(outcome)).isEmpty();
        assertThat(progress(second)).isEqualTo(Value.text("b"));
        assertThat(trial.balance(first)).isEqualTo(Amount.ZERO);
    }

    @Test
    void messagesInCirclesComeToAnEnd() {
        Address puppet = puppet(0);
        Value inner = order("last");
        for (int i = 0; i < Contracts.DEEPEST + 3; i++) {
            inner =
                    Puppet.order(
                            Value.of(i), List.of(), List.of(Puppet.send(puppet, 0, 30_000, inner)));
        }
        List<Value> many = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            many.add(Puppet.send(puppet, 0, 0, order("x")));
        }

        Outcome.Applied deep =
                trial.accept(
                        trial.signed(Bob.KEYS, Puppet.call(puppet, 0, inner), 10_000_000, SPACE));
        Outcome.Applied wide =
                call(Bob.KEYS, puppet, 0, Puppet.order(Value.of(0), List.of(), many));

        assertThat(failures(deep)).singleElement().asString().startsWith("TOO_MANY_MESSAGES");
        assertThat(failures(wide)).hasSize(64);
    }

    @Test
    void aMessageToAnAccountWithoutCodeIsNotDelivered() {
        Address puppet = puppet(10);

        Outcome.Applied outcome =
                call(
                        Bob.KEYS,
                        puppet,
                        0,
                        Puppet.order(
                                Value.of(1),
                                List.of(),
                                List.of(Puppet.send(Mallory.ADDRESS, 5, 100, order("x")))));

        assertThat(failures(outcome)).singleElement().asString().startsWith("CONTRACT_UNKNOWN");
        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(10));
        trial.refuse(
                trial.signed(Bob.KEYS, Puppet.call(Alice.ADDRESS, 0, order("x")), TIME, SPACE),
                Refusal.ContractUnknown.class);
    }

    @Test
    void whateverAContractReturnsTheRestIsRefused() {
        Address puppet = puppet(10);
        List<Value> wrong =
                List.of(
                        Puppet.order(Value.of(1), List.of(Value.of(1)), List.of()),
                        Puppet.order(
                                Value.of(1), List.of(Puppet.pay(Mallory.ADDRESS, -1)), List.of()),
                        Puppet.order(
                                Value.of(1),
                                List.of(Value.tuple(Value.text("me"), Value.of(1))),
                                List.of()),
                        Puppet.order(Value.of(1), List.of(), List.of(Value.tuple())),
                        Value.tuple(Value.text("do"), Value.of(1), Value.of(2), Value.of(3)));

        for (Value payload : wrong) {
            assertThat(failures(call(Bob.KEYS, puppet, 3, payload))).hasSize(1);
            assertThat(trial.balance(puppet)).isEqualTo(Amount.of(10));
            assertThat(progress(puppet)).isEqualTo(Value.text("new"));
        }
    }

    @Test
    void aContractEndsWithItsAccount() {
        Trial rent = Trial.withRent(10, 5);
        Nonce nonce = rent.nextNonce(Alice.KEYS);
        rent.accept(Alice.KEYS, Puppet.create(Amount.of(100)));
        Address puppet = ContractTransaction.Create.address(Alice.ADDRESS, nonce);

        rent.at(rent.height() + 11);
        rent.accept(Bob.KEYS, new AccountTransaction.Delete(puppet));

        assertThat(rent.ledger().account(puppet)).isEmpty();
        assertThat(rent.ledger().contract(puppet)).isEmpty();
    }

    /** Found by fuzzing: such an address once was the key of the contract itself. */
    @Test
    void noAddressReachesWhatLiesBesideTheAccounts() {
        Address next =
                ContractTransaction.Create.address(
                        Alice.ADDRESS, trial.nextNonce(Alice.KEYS).next());
        List<Address> keys = new ArrayList<>();
        keys.add(new Address(LedgerKeys.contract(next)));
        keys.add(new Address(LedgerKeys.account(next)));
        pay(keys.get(0));
        Address puppet = puppet(10);
        keys.add(new Address(LedgerKeys.code(codeHash(puppet))));

        keys.forEach(this::pay);
        call(Bob.KEYS, puppet, 5, order("alive"));

        assertThat(puppet).isEqualTo(next);
        assertThat(progress(puppet)).isEqualTo(Value.text("alive"));
        assertThat(trial.balance(puppet)).isEqualTo(Amount.of(15));
        assertThat(trial.balance(keys.get(0))).isEqualTo(Amount.of(2));
        assertThat(trial.balance(keys.get(2))).isEqualTo(Amount.of(1));
    }

    private Hash codeHash(Address contract) {
        return trial.ledger().contract(contract).orElseThrow().codeHash();
    }

    private void pay(Address to) {
        trial.accept(Alice.KEYS, new Transfer(to, Amount.of(1)));
    }
}
