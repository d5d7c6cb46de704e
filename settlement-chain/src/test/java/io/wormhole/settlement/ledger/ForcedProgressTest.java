package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The chain runs a contract step that the partner does not co-sign: Alice makes cups for Bob. */
class ForcedProgressTest {
    private static final long PRICE = 4;
    private static final Hash ORDER = Alice.ADDRESS.hash();

    private final Trial trial = Trial.start();
    private final Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
    private final Bytes order =
            OrderContract.initialState(
                    new OrderTerms(
                            trial.network(),
                            ORDER,
                            Amount.of(PRICE),
                            5,
                            Alice.KEYS.publicKey(),
                            0,
                            1,
                            new BlockHeight(10_000)));

    private ContractLock lock(Bytes state, long amount) {
        return new ContractLock(
                7,
                OrderContract.codeHash(),
                ContractCall.stateHash(state),
                Amount.of(amount),
                1,
                OrderContract.GAS.time(),
                OrderContract.GAS.space());
    }

    /** Bob has put 20 for five cups into the contract. */
    private CoSignedState ordered(long nonce) {
        return deal.state(nonce, 20, 10, lock(order, 20));
    }

    private ChannelTransaction.ForceProgress delivery(
            Optional<CoSignedState> base, Bytes state, int cup) {
        return new ChannelTransaction.ForceProgress(
                deal.id(), base, 7, OrderContract.code(), state, delivered(cup));
    }

    private Bytes delivered(int cup) {
        return OrderContract.deliver(
                cup, OrderContract.attest(Alice.KEYS, trial.network(), ORDER, cup));
    }

    private SignedTransaction signed(KeyPair who, ChannelTransaction.ForceProgress step) {
        return trial.signed(who, step, OrderContract.GAS.time(), OrderContract.GAS.space());
    }

    private Outcome.Applied accept(KeyPair who, ChannelTransaction.ForceProgress step) {
        return trial.accept(signed(who, step));
    }

    private Bytes after(int cups) {
        LockedContract locked = OrderContract.lock(order, Amount.of(20));
        Bytes state = order;
        for (int cup = 1; cup <= cups; cup++) {
            locked = OrderContract.lock(state, Amount.of(20 - PRICE * (cup - 1)));
            state =
                    ((ContractOutcome.Advanced)
                                    ContractCall.run(
                                            locked,
                                            OrderContract.code(),
                                            state,
                                            new ContractMessage(
                                                    0,
                                                    new BlockHeight(trial.height()),
                                                    delivered(cup))))
                            .state();
        }
        return state;
    }

    @Test
    void aStepPaysMovesTheLockAndCountsTheNonceWhileTheChannelStaysOpen() {
        Outcome.Applied applied = accept(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1));

        ChannelEntry entry = deal.entry();
        assertThat(entry.phase()).isEqualTo(ChannelEntry.Phase.OPEN);
        assertThat(entry.recorded().nonce()).isEqualTo(new Nonce(43));
        assertThat(entry.agreed()).isEqualTo(new Nonce(42));
        assertThat(entry.forced()).isTrue();
        assertThat(entry.recorded().balances()).containsExactly(Amount.of(24), Amount.of(10));
        assertThat(entry.recorded().lock(7).orElseThrow().locked()).isEqualTo(Amount.of(16));
        assertThat(applied.facts())
                .contains(
                        new LedgerFact.ChannelProgressed(
                                deal.id(), Alice.ADDRESS, entry.recorded()));
    }

    @Test
    void gasIsPaidForWhatWasUsedOnly() {
        SignedTransaction step = signed(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1));
        Amount before = trial.balance(Alice.ADDRESS);

        Outcome.Applied applied = trial.accept(step);

        long bytes = step.encoded().size();
        long reserved = bytes + OrderContract.GAS.time() + OrderContract.GAS.space();
        assertThat(applied.fee().baseUnits()).isGreaterThan(10 * bytes).isLessThan(10 * reserved);
        assertThat(trial.balance(Alice.ADDRESS)).isEqualTo(before.minus(applied.fee()));
    }

    @Test
    void stepAfterStepGoesOnFromWhatTheChainHas() {
        accept(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1));
        accept(Alice.KEYS, delivery(Optional.empty(), after(1), 2));

        accept(Alice.KEYS, delivery(Optional.empty(), after(2), 3));

        assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(45));
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(42));
        assertThat(deal.entry().recorded().balances().get(0)).isEqualTo(Amount.of(32));
    }

    @Test
    void aCoSignedStateReplacesAWholeChainOfForcedSteps() {
        accept(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1));
        accept(Alice.KEYS, delivery(Optional.empty(), after(1), 2));

        trial.refuse(
                Bob.KEYS, deal.solo(deal.state(42, 25, 25)), ChannelRefusal.StateNotNewer.class);
        trial.accept(Bob.KEYS, deal.solo(deal.state(43, 25, 25)));

        assertThat(deal.entry().forced()).isFalse();
        assertThat(deal.entry().recorded().balances().get(0)).isEqualTo(Amount.of(25));
    }

    @Test
    void aStepWhileClosingRestartsTheCountdown() {
        trial.accept(Bob.KEYS, deal.solo(ordered(42)));
        trial.at(15);

        Outcome.Applied applied = accept(Alice.KEYS, delivery(Optional.empty(), order, 1));

        assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
        assertThat(deal.entry().closer()).isEqualTo(0);
        assertThat(applied.facts())
                .contains(
                        new LedgerFact.ChannelClosing(
                                deal.id(),
                                Alice.ADDRESS,
                                deal.entry().recorded(),
                                new BlockHeight(25)));
        trial.finalise(100);
        trial.at(24).refuse(Alice.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
        Amount before = trial.balance(Bob.ADDRESS);
        trial.at(25).accept(Alice.KEYS, deal.settle());
        assertThat(trial.balance(Bob.ADDRESS).minus(before)).isEqualTo(Amount.of(26));
    }

    @Test
    void whatTheContractRefusesIsPaidForAndChangesNothingElse() {
        trial.accept(Bob.KEYS, deal.solo(ordered(42)));
        ChannelEntry before = deal.entry();

        Outcome.Applied applied = accept(Alice.KEYS, delivery(Optional.empty(), order, 2));

        assertThat(deal.entry()).isEqualTo(before);
        assertThat(applied.fee().baseUnits()).isPositive();
        assertThat(applied.facts().get(1)).isInstanceOf(LedgerFact.ContractStepFailed.class);
        assertThat(trial.ledger().account(Alice.ADDRESS).orElseThrow().nonce())
                .isEqualTo(new Nonce(2));
    }

    @Test
    void otherCodeAndOtherStateThanSignedAreRefused() {
        trial.accept(Bob.KEYS, deal.solo(ordered(42)));

        ChannelRefusal.ContractDiffers state =
                trial.refuse(
                        signed(Alice.KEYS, delivery(Optional.empty(), after(1), 2)),
                        ChannelRefusal.ContractDiffers.class);
        ChannelRefusal.ContractDiffers code =
                trial.refuse(
                        signed(
                                Alice.KEYS,
                                new ChannelTransaction.ForceProgress(
                                        deal.id(),
                                        Optional.empty(),
                                        7,
                                        Bytes.of((byte) 1),
                                        order,
                                        delivered(1))),
                        ChannelRefusal.ContractDiffers.class);

        assertThat(state.reason()).isEqualTo(ContractRefusal.OTHER_STATE);
        assertThat(code.reason()).isEqualTo(ContractRefusal.BAD_CODE);
    }

    @Test
    void theStepNeedsAContractAndItsGas() {
        trial.accept(Bob.KEYS, deal.solo(ordered(42)));
        ChannelTransaction.ForceProgress good = delivery(Optional.empty(), order, 1);
        ChannelTransaction.ForceProgress other =
                new ChannelTransaction.ForceProgress(
                        deal.id(), Optional.empty(), 8, good.code(), order, good.message());

        trial.refuse(signed(Alice.KEYS, other), ChannelRefusal.LockUnknown.class);
        trial.refuse(
                trial.signed(
                        Alice.KEYS, good, OrderContract.GAS.time() - 1, OrderContract.GAS.space()),
                ChannelRefusal.GasBelowLock.class);
        long most = trial.parameters().limits().maximumGas();
        trial.refuse(trial.signed(Alice.KEYS, good, most, 1), Refusal.GasLimitTooHigh.class);
        trial.refuse(
                trial.signed(Alice.KEYS, good, Long.MAX_VALUE, Long.MAX_VALUE),
                Refusal.GasLimitTooHigh.class);
    }

    @Test
    void onlyAPartyForcesAndOnlyBeforeTheEnd() {
        trial.refuse(
                signed(Mallory.KEYS, delivery(Optional.of(ordered(42)), order, 1)),
                ChannelRefusal.NotParticipant.class);
        trial.accept(Bob.KEYS, deal.mutual(20, 30));

        trial.refuse(
                signed(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1)),
                ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void aBaseIsJudgedLikeEveryCoSignedState() {
        trial.accept(Bob.KEYS, deal.solo(ordered(42)));
        CoSignedState tooMuch = deal.state(43, 20, 11, lock(order, 20));

        trial.refuse(
                signed(Alice.KEYS, delivery(Optional.of(ordered(41)), order, 1)),
                ChannelRefusal.StateNotNewer.class);
        trial.refuse(
                signed(Alice.KEYS, delivery(Optional.of(tooMuch), order, 1)),
                ChannelRefusal.TotalDiffers.class);
        trial.refuse(
                signed(
                        Alice.KEYS,
                        delivery(
                                Optional.of(
                                        new CoSignedState(
                                                ordered(43).state(), ordered(44).signatures())),
                                order,
                                1)),
                ChannelRefusal.NotCoSigned.class);
        accept(Alice.KEYS, delivery(Optional.of(ordered(42)), order, 1));
    }
}
