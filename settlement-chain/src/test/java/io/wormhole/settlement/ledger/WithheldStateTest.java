package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bob owes Alice 20 for a secret, until height 30. She has the secret; he has kept the last
 * signature of update 43 to himself, and shows that state when it is too late to step again.
 */
class WithheldStateTest {
    private static final long EXPIRY = 30;
    private static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    private static final Value OTHER = Value.of(7);
    private static final Hash HASH = HashTimeLock.hashOf(SECRET);
    private static final Bytes OPEN = HashTimeLock.initialState(HASH, 0, new BlockHeight(EXPIRY));
    private static final Bytes REDEEMED =
            HashTimeLock.redeemedState(HASH, 0, new BlockHeight(EXPIRY));

    private final Trial trial = Trial.start();
    private final Deal deal = Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);

    private static ContractLock lock(long id, Bytes state, long amount) {
        return new ContractLock(
                id,
                HashTimeLock.loaded().hash(),
                ContractCall.stateHash(state),
                Amount.of(amount),
                1,
                HashTimeLock.GAS.time(),
                HashTimeLock.GAS.space());
    }

    private static ContractLock open(long amount) {
        return lock(7, OPEN, amount);
    }

    private Outcome step(KeyPair who, Bytes state, Bytes message) {
        return trial.submit(
                trial.signed(
                        who,
                        new ChannelTransaction.ForceProgress(
                                deal.id(),
                                Optional.empty(),
                                7,
                                HashTimeLock.code(),
                                state,
                                message),
                        HashTimeLock.GAS.time(),
                        HashTimeLock.GAS.space()));
    }

    private Outcome redeem() {
        return step(Alice.KEYS, OPEN, HashTimeLock.redeem(SECRET));
    }

    private static boolean failed(Outcome outcome) {
        return outcome instanceof Outcome.Applied applied
                && applied.facts().stream()
                        .anyMatch(LedgerFact.ContractStepFailed.class::isInstance);
    }

    private void redeemedByForce() {
        trial.accept(Alice.KEYS, deal.solo(deal.state(42, 20, 10, open(20))));
        trial.at(12);
        assertThat(failed(redeem())).isFalse();
        assertThat(recorded().balances()).containsExactly(Amount.of(40), Amount.of(10));
    }

    private ChannelState recorded() {
        return deal.entry().recorded();
    }

    private Amount paidTo(KeyPair who) {
        Amount before = trial.balance(who.address());
        trial.finalise(100);
        trial.at(deal.entry().closesAt().value()).accept(Mallory.KEYS, deal.settle());
        return trial.balance(who.address()).minus(before);
    }

    @Test
    void aWithheldStateUndoesNoStepOfAContractThatItLeavesAlone() {
        redeemedByForce();
        trial.at(EXPIRY - 1);

        trial.accept(Bob.KEYS, deal.challenge(deal.state(43, 21, 9, open(20))));

        assertThat(recorded().balances()).containsExactly(Amount.of(41), Amount.of(9));
        assertThat(recorded().locks()).containsExactly(lock(7, REDEEMED, 0));
        assertThat(recorded().nonce()).isEqualTo(new Nonce(44));
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(43));
        trial.at(EXPIRY);
        assertThat(step(Bob.KEYS, OPEN, HashTimeLock.refund()))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(paidTo(Alice.KEYS)).isEqualTo(Amount.of(41));
    }

    @Test
    void theStateThatPassesOverAWithheldOneUndoesNothingEither() {
        redeemedByForce();
        trial.accept(Bob.KEYS, deal.challenge(deal.state(43, 21, 9, open(20))));

        trial.accept(Bob.KEYS, deal.challenge(deal.state(44, 20, 10, open(20))));

        assertThat(recorded().balances()).containsExactly(Amount.of(40), Amount.of(10));
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(44));
    }

    @Test
    void aStateThatBothSignedAfterwardsReplacesTheStep() {
        redeemedByForce();

        trial.accept(Bob.KEYS, deal.challenge(deal.state(45, 20, 10, open(20))));

        assertThat(recorded()).isEqualTo(deal.state(45, 20, 10, open(20)).state());
        assertThat(deal.entry().steps().isEmpty()).isTrue();
        trial.at(EXPIRY);
        assertThat(failed(redeem())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {19, 21})
    void whereTheMoneyOfTheContractChangedTheStepIsInTimeAgain(long amount) {
        redeemedByForce();
        trial.at(EXPIRY - 1);

        trial.accept(Bob.KEYS, deal.challenge(deal.state(43, 20, 30 - amount, open(amount))));

        assertThat(recorded().lock(7)).contains(open(amount));
        trial.at(EXPIRY + 5);
        assertThat(failed(redeem())).isFalse();
        assertThat(recorded().balances().get(0)).isEqualTo(Amount.of(20 + amount));
        assertThat(paidTo(Alice.KEYS)).isEqualTo(Amount.of(20 + amount));
    }

    @Test
    void onlyTheSameMessageOfTheSameSenderIsInTimeAgain() {
        redeemedByForce();
        trial.accept(Bob.KEYS, deal.challenge(deal.state(43, 20, 9, open(21))));
        trial.at(EXPIRY + 5);

        assertThat(failed(step(Bob.KEYS, OPEN, HashTimeLock.redeem(SECRET)))).isTrue();
        Bytes other = ValueCodec.encode(Value.tuple(Value.text("redeem"), Value.of(SECRET), OTHER));
        assertThat(failed(step(Alice.KEYS, OPEN, other))).isTrue();
        assertThat(failed(redeem())).isFalse();
    }

    @Test
    void aStepThatWasNotInTimeAtFirstIsNotAfterwards() {
        trial.accept(Alice.KEYS, deal.solo(deal.state(42, 20, 10, open(20))));
        trial.at(EXPIRY);

        assertThat(failed(redeem())).isTrue();

        assertThat(deal.entry().steps().isEmpty()).isTrue();
        assertThat(failed(redeem())).isTrue();
    }

    @Test
    void aRefundThatTheChainRanStaysDoneToo() {
        trial.accept(Bob.KEYS, deal.solo(deal.state(42, 20, 10, open(20))));
        trial.at(EXPIRY);
        assertThat(failed(step(Bob.KEYS, OPEN, HashTimeLock.refund()))).isFalse();

        trial.accept(Alice.KEYS, deal.challenge(deal.state(43, 19, 11, open(20))));

        assertThat(recorded().balances()).containsExactly(Amount.of(19), Amount.of(31));
        assertThat(failed(redeem())).isFalse();
        assertThat(recorded().balances()).containsExactly(Amount.of(19), Amount.of(31));
    }

    /** How a state comes to the chain. */
    enum Way {
        CLOSE,
        SNAPSHOT,
        BASE,
        DEPOSIT,
        WITHDRAWAL
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whateverBringsAStateToAnOpenChannelUndoesNoStep(Way way) {
        trial.accept(Alice.KEYS, deal.snapshot(deal.state(42, 20, 10, open(20))));
        trial.at(12);
        assertThat(failed(redeem())).isFalse();

        trial.submit(trial.signed(Bob.KEYS, shown(way), gas(way, true), gas(way, false)));

        long more = way == Way.DEPOSIT ? 3 : way == Way.WITHDRAWAL ? -3 : 0;
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(43));
        assertThat(recorded().balances().get(0)).isEqualTo(Amount.of(41));
        assertThat(recorded().payouts().get(1)).isEqualTo(Amount.of(9 + more));
        assertThat(recorded().lock(7)).contains(lock(7, REDEEMED, 0));
    }

    private static long gas(Way way, boolean time) {
        long needed = time ? HashTimeLock.GAS.time() : HashTimeLock.GAS.space();
        return way == Way.BASE ? needed : 0;
    }

    // As a base: of a step of Bob on another contract, which is in the state that he kept back.
    private ChannelTransaction shown(Way way) {
        CoSignedState plain = deal.state(43, 21, 9, open(20));
        Bytes own = HashTimeLock.initialState(HASH, 1, new BlockHeight(100));
        return switch (way) {
            case CLOSE -> deal.solo(plain);
            case SNAPSHOT -> deal.snapshot(plain);
            case DEPOSIT -> deal.deposit(resized(12, 3));
            case WITHDRAWAL -> deal.withdraw(resized(6, 3));
            case BASE ->
                    new ChannelTransaction.ForceProgress(
                            deal.id(),
                            Optional.of(deal.state(43, 21, 5, open(20), lock(8, own, 4))),
                            8,
                            HashTimeLock.code(),
                            own,
                            HashTimeLock.redeem(SECRET));
        };
    }

    private ChannelResize resized(long bob, long amount) {
        return new ChannelResize(
                deal.state(43, 21, bob, open(20)).state(), List.of(Amount.ZERO, Amount.of(amount)));
    }

    @Test
    void aDelegateUndoesNoStep() {
        redeemedByForce();

        trial.accept(
                Mallory.KEYS,
                deal.challengeFor(Bob.KEYS, 1, Mallory.ADDRESS, deal.state(43, 21, 9, open(20))));

        assertThat(recorded().balances()).containsExactly(Amount.of(41), Amount.of(9));
    }

    @Test
    void whatIsPaidOutRemembersNothing() {
        redeemedByForce();

        paidTo(Alice.KEYS);

        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
        assertThat(deal.entry().steps().isEmpty()).isTrue();
    }

    @Test
    void anEntryWithStepsIsReadAsItWasWritten() {
        redeemedByForce();

        ChannelEntry entry = deal.entry();

        assertThat(entry.steps().steps()).hasSize(1);
        assertThat(CanonicalReader.decode(entry.encoded(), ChannelEntry::readFrom))
                .isEqualTo(entry);
    }
}
