package io.wormhole.isa.contract.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OrderContractTest {
    private static final KeyPair LINE = KeyPair.ofSeed(Bytes.ofHex("11".repeat(32)));
    private static final KeyPair MALLORY = KeyPair.ofSeed(Bytes.ofHex("66".repeat(32)));
    private static final NetworkId NETWORK = new NetworkId(Hash.ofHex("aa".repeat(32)));
    private static final Hash ORDER = Hash.ofHex("0c".repeat(32));
    private static final BlockHeight DEADLINE = new BlockHeight(100);
    private static final Amount PRICE = Amount.of(7);
    private static final OrderTerms TERMS =
            new OrderTerms(NETWORK, ORDER, PRICE, 10, LINE.publicKey(), 0, 1, DEADLINE);
    private static final Bytes START = OrderContract.initialState(TERMS);
    private static final Amount ALL = Amount.of(70);

    @Test
    void eachAttestedCupPaysItsPriceToTheMakerAlone() {
        Bytes state = START;
        Amount locked = ALL;

        for (int cup = 1; cup <= 10; cup++) {
            Advanced step = advanced(deliver(state, locked, cup, attest(cup), 50));
            assertThat(step.payouts()).containsExactly(PRICE, Amount.ZERO);
            assertThat(step.remaining()).isEqualTo(locked.minus(PRICE));
            assertThat(step.stateHash()).isEqualTo(ContractCall.stateHash(step.state()));
            state = step.state();
            locked = step.remaining();
        }

        assertThat(OrderContract.parse(state)).isEqualTo(new OrderProgress(TERMS, 10));
        assertThat(OrderContract.parse(state).isComplete()).isTrue();
        assertThat(locked).isEqualTo(Amount.ZERO);
    }

    @Test
    void makerMayBeTheSecondParticipant() {
        OrderTerms swapped =
                new OrderTerms(NETWORK, ORDER, PRICE, 10, LINE.publicKey(), 1, 0, DEADLINE);

        Advanced step =
                advanced(deliver(OrderContract.initialState(swapped), ALL, 1, attest(1), 50));

        assertThat(step.payouts()).containsExactly(Amount.ZERO, PRICE);
    }

    @Test
    void sameCupIsNotPaidTwice() {
        Advanced first = advanced(deliver(START, ALL, 1, attest(1), 50));

        ContractOutcome again = deliver(first.state(), first.remaining(), 1, attest(1), 50);

        assertTrapped(again, "not the next cup");
    }

    @Test
    void cupsComeInOrder() {
        assertTrapped(deliver(START, ALL, 2, attest(2), 50), "not the next cup");
        assertTrapped(deliver(START, ALL, 0, attest(0), 50), "not the next cup");
    }

    @Test
    void noMoreCupsThanOrderedArePaid() {
        Bytes full = ContractCall.state(terms(), Value.of(10));

        assertTrapped(deliver(full, ALL, 11, attest(11), 50), "more cups than ordered");
    }

    @Test
    void onlyTheLinesKeyAttests() {
        Signature forged = OrderContract.attest(MALLORY, NETWORK, ORDER, 1);

        assertTrapped(deliver(START, ALL, 1, forged, 50), "the attestation is not the line's");
    }

    @Test
    void attestationOfAnotherCupOrderOrNetworkDoesNotCount() {
        NetworkId otherNetwork = new NetworkId(Hash.ofHex("ab".repeat(32)));
        Hash otherOrder = Hash.ofHex("0d".repeat(32));

        for (Signature wrong :
                List.of(
                        attest(2),
                        OrderContract.attest(LINE, otherNetwork, ORDER, 1),
                        OrderContract.attest(LINE, NETWORK, otherOrder, 1))) {
            assertTrapped(deliver(START, ALL, 1, wrong, 50), "the attestation is not the line's");
            assertThat(OrderContract.isAttested(TERMS, 1, wrong)).isFalse();
        }
        assertThat(OrderContract.isAttested(TERMS, 1, attest(1))).isTrue();
    }

    @Test
    void deadlineIsTheLastHeightThatCounts() {
        assertThat(deliver(START, ALL, 1, attest(1), 100)).isInstanceOf(Advanced.class);
        assertTrapped(deliver(START, ALL, 1, attest(1), 101), "after the deadline");
    }

    @Test
    void lockThatDoesNotCoverThePriceRefuses() {
        assertRefused(
                deliver(START, Amount.of(6), 1, attest(1), 50), ContractRefusal.PAYS_TOO_MUCH);
        assertThat(deliver(START, Amount.of(7), 1, attest(1), 50)).isInstanceOf(Advanced.class);
    }

    @Test
    void messagesOfAnotherFormAreRefused() {
        Value signature = Value.of(attest(1).bytes());
        for (Value payload :
                List.of(
                        Value.of(1),
                        Value.tuple(),
                        Value.tuple(Value.text("accept"), Value.of(1), signature),
                        Value.tuple(Value.text("deliver")),
                        Value.tuple(Value.text("deliver"), Value.text("1"), signature),
                        Value.tuple(Value.text("deliver"), Value.of(1), Value.of(5)),
                        Value.tuple(Value.text("deliver"), Value.of(1), Value.of(Bytes.EMPTY)))) {
            ContractOutcome outcome = call(START, ALL, ContractMessage.of(0, DEADLINE, payload));
            assertRefused(outcome, ContractRefusal.TRAPPED);
        }
    }

    @Test
    void bytesThatAreNoValueAndStrangersAreRefused() {
        assertRefused(
                call(START, ALL, new ContractMessage(0, DEADLINE, Bytes.ofHex("ff"))),
                ContractRefusal.BAD_MESSAGE);
        assertRefused(
                call(
                        START,
                        ALL,
                        new ContractMessage(2, DEADLINE, OrderContract.deliver(1, attest(1)))),
                ContractRefusal.BAD_MESSAGE);
    }

    @Test
    void otherStateOrCodeThanSignedIsRefused() {
        LockedContract lock = OrderContract.lock(START, ALL);
        ContractMessage message =
                new ContractMessage(0, DEADLINE, OrderContract.deliver(1, attest(1)));
        Bytes otherState = ContractCall.state(terms(), Value.of(1));
        Bytes otherCode =
                CodeModule.decode(OrderContract.code()).encoded().slice(0, 5).concat(Bytes.EMPTY);
        LockedContract otherHash =
                new LockedContract(Hash.ZERO, lock.stateHash(), ALL, 2, OrderContract.GAS);

        assertRefused(
                ContractCall.run(lock, OrderContract.code(), otherState, message),
                ContractRefusal.OTHER_STATE);
        assertRefused(ContractCall.run(lock, otherCode, START, message), ContractRefusal.BAD_CODE);
        assertRefused(
                ContractCall.run(otherHash, OrderContract.code(), START, message),
                ContractRefusal.OTHER_CODE);
    }

    @Test
    void eitherGasRunningOutIsARefusal() {
        assertRefused(deliverWithin(new GasLimit(100, 4000)), ContractRefusal.OUT_OF_TIME);
        assertRefused(deliverWithin(new GasLimit(2_000_000, 20)), ContractRefusal.OUT_OF_SPACE);
    }

    @Test
    void oneDeliveryUsesLittleOfItsLimits() {
        Advanced step = advanced(deliver(START, ALL, 1, attest(1), 50));

        assertThat(step.gasUsed().time()).isLessThan(OrderContract.GAS.time() / 4);
        assertThat(step.gasUsed().space()).isLessThan(OrderContract.GAS.space() / 2);
    }

    @Test
    void disputeRevealsOnlyTheFunctionsThatRun() {
        CodeModule module = CodeModule.decode(OrderContract.code());
        RevealedCode all = RevealedCode.of(module, new TreeSet<>(List.of(0, 1, 2, 3, 4)));
        RevealedCode missing = RevealedCode.of(module, new TreeSet<>(List.of(0, 1, 2, 4)));
        ContractMessage message =
                new ContractMessage(0, DEADLINE, OrderContract.deliver(1, attest(1)));
        LockedContract lock = OrderContract.lock(START, ALL);

        assertThat(ContractCall.run(lock, all.encoded(), START, message))
                .isEqualTo(ContractCall.run(lock, OrderContract.code(), START, message));
        assertRefused(
                ContractCall.run(lock, missing.encoded(), START, message),
                ContractRefusal.FUNCTION_NOT_REVEALED);
    }

    @Test
    void strangeStatesDoNotParse() {
        for (Value state :
                List.of(
                        Value.of(1),
                        Value.tuple(terms(), Value.of(11)),
                        Value.tuple(terms(), Value.of(-1)),
                        Value.tuple(terms(), Value.text("1")),
                        Value.tuple(Value.tuple(), Value.of(1)))) {
            assertThatThrownBy(() -> OrderContract.parse(ValueCodec.encode(state)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void exampleIsTheShippedContract() throws IOException {
        String example = Files.readString(Path.of("../examples/cup-order/order.wha"));

        assertThat(example).isEqualTo(ContractLibrary.source("cup-order"));
    }

    private static ContractOutcome deliverWithin(GasLimit limit) {
        LockedContract lock =
                new LockedContract(
                        OrderContract.codeHash(), ContractCall.stateHash(START), ALL, 2, limit);
        return ContractCall.run(
                lock,
                OrderContract.loaded(),
                START,
                new ContractMessage(0, DEADLINE, OrderContract.deliver(1, attest(1))));
    }

    private static Value terms() {
        return ((TupleValue) ValueCodec.decode(START)).get(0);
    }

    private static Signature attest(int cup) {
        return OrderContract.attest(LINE, NETWORK, ORDER, cup);
    }

    private static ContractOutcome deliver(
            Bytes state, Amount locked, int cup, Signature attestation, long height) {
        return call(
                state,
                locked,
                new ContractMessage(
                        1, new BlockHeight(height), OrderContract.deliver(cup, attestation)));
    }

    private static ContractOutcome call(Bytes state, Amount locked, ContractMessage message) {
        return ContractCall.run(
                OrderContract.lock(state, locked), OrderContract.code(), state, message);
    }

    private static Advanced advanced(ContractOutcome outcome) {
        assertThat(outcome).isInstanceOf(Advanced.class);
        return (Advanced) outcome;
    }

    private static void assertTrapped(ContractOutcome outcome, String reason) {
        assertRefused(outcome, ContractRefusal.TRAPPED);
        assertThat(((Refused) outcome).detail()).contains(reason);
    }

    private static void assertRefused(ContractOutcome outcome, ContractRefusal reason) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).reason()).isEqualTo(reason);
    }
}
