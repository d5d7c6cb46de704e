package io.wormhole.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States of a contract are letters; a step pays Alice what it takes out of the lock. */
class StepsOnChainTest {
    private static final long LOCK = 7;
    private static final ChannelTerms TERMS =
            new ChannelTerms(
                    List.of(
                            new Participant(Alice.KEYS.publicKey(), Amount.of(50)),
                            new Participant(Bob.KEYS.publicKey(), Amount.of(50))),
                    10,
                    CloseRule.CLOSE_AT_ONCE,
                    Amount.ZERO,
                    hash("salt"));
    private static final ChannelId CHANNEL = TERMS.id(TestNetwork.ID);

    private static Hash hash(String text) {
        return Hash.of(
                DomainTag.CONTRACT_STATE, Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Bytes message(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ContractLock lock(long id, String state, long amount) {
        return new ContractLock(id, hash("code"), hash(state), Amount.of(amount), 1, 10, 10);
    }

    private static ContractLock lock(String state, long amount) {
        return lock(LOCK, state, amount);
    }

    private static StepOnChain step(ContractLock from, ContractLock to, long height) {
        Amount paid = from.locked().minus(to.locked());
        return new StepOnChain(
                from,
                to,
                List.of(paid, Amount.ZERO),
                0,
                StepOnChain.commitment(message("to " + to.stateHash())),
                new BlockHeight(height),
                new Nonce(40));
    }

    private static ChannelState state(long nonce, ContractLock... locks) {
        long locked = 0;
        for (ContractLock lock : locks) {
            locked += lock.locked().baseUnits();
        }
        return new ChannelState(
                CHANNEL,
                new Nonce(nonce),
                List.of(Amount.of(10), Amount.of(90 - locked)),
                List.of(locks));
    }

    private static StepsOnChain steps(StepOnChain... all) {
        StepsOnChain steps = StepsOnChain.NONE;
        for (StepOnChain each : all) {
            steps = steps.with(each);
        }
        return steps;
    }

    @Test
    void aStepStaysDoneInAStateThatLeavesItsContractAlone() {
        StepsOnChain steps = steps(step(lock("a", 20), lock("b", 5), 100));

        ChannelState after = steps.appliedTo(state(41, lock("a", 20), lock(8, "x", 1)));

        assertThat(after.balances()).containsExactly(Amount.of(25), Amount.of(69));
        assertThat(after.locks()).containsExactly(lock("b", 5), lock(8, "x", 1));
        assertThat(after.nonce()).isEqualTo(new Nonce(42));
    }

    @Test
    void stepsFollowEachOtherFromWhereverTheStateStands() {
        StepsOnChain steps =
                steps(
                        step(lock("a", 20), lock("b", 15), 100),
                        step(lock("b", 15), lock("c", 5), 101));

        assertThat(steps.appliedTo(state(41, lock("a", 20))).locks()).containsExactly(lock("c", 5));
        assertThat(steps.appliedTo(state(41, lock("b", 15))).locks()).containsExactly(lock("c", 5));
        assertThat(steps.appliedTo(state(41, lock("c", 5)))).isEqualTo(state(41, lock("c", 5)));
    }

    @Test
    void aContractWithOtherMoneyIsLeftAloneAndItsMessageIsKnownAgain() {
        StepsOnChain steps = steps(step(lock("a", 20), lock("b", 5), 100));
        Bytes shown = message("to " + hash("b"));

        assertThat(steps.appliedTo(state(41, lock("a", 21)))).isEqualTo(state(41, lock("a", 21)));
        assertThat(steps.firstShown(lock("a", 21), 0, shown)).contains(new BlockHeight(100));
        assertThat(steps.firstShown(lock("a", 21), 1, shown)).isEmpty();
        assertThat(steps.firstShown(lock("z", 21), 0, shown)).isEmpty();
        assertThat(steps.firstShown(lock(8, "a", 21), 0, shown)).isEmpty();
        assertThat(steps.firstShown(lock("a", 21), 0, message("other"))).isEmpty();
    }

    @Test
    void whatWasSignedTwoUpdatesLaterOrMoreKnowsOfTheStep() {
        StepsOnChain steps = steps(step(lock("a", 20), lock("b", 5), 100));

        assertThat(steps.notKnownTo(state(41, lock("a", 20)))).isEqualTo(steps);
        assertThat(steps.notKnownTo(state(42, lock("a", 20)))).isEqualTo(steps);
        assertThat(steps.notKnownTo(state(43, lock("a", 20))).isEmpty()).isTrue();
        assertThat(steps.notKnownTo(state(41)).isEmpty()).isTrue();
    }

    @Test
    void theSameStepOnOtherMoneyTakesThePlaceOfTheFirst() {
        StepsOnChain steps =
                steps(
                        step(lock("a", 20), lock("b", 5), 100),
                        step(lock("a", 22), lock("b", 7), 100));

        assertThat(steps.steps()).hasSize(1);
        assertThat(steps.appliedTo(state(41, lock("a", 22))).locks()).containsExactly(lock("b", 7));
    }

    @Test
    void whateverFollowsTheFourthStepOfALockIsRememberedWithIt() {
        StepOnChain[] six = new StepOnChain[6];
        for (int i = 0; i < six.length; i++) {
            six[i] = step(lock("" + i, 20 - i), lock("" + (i + 1), 19 - i), 100 + i);
        }

        StepsOnChain steps = steps(six);

        assertThat(steps.steps()).hasSize(StepsOnChain.MOST_FOR_A_LOCK);
        for (int i = 0; i < StepsOnChain.MOST_FOR_A_LOCK; i++) {
            assertThat(steps.appliedTo(state(41, lock("" + i, 20 - i))).locks())
                    .containsExactly(lock("6", 14));
        }
        assertThat(steps.appliedTo(state(41, lock("4", 16))).locks())
                .containsExactly(lock("4", 16));
    }

    @Test
    void ofEachLockFourStepsAreRememberedByThemselves() {
        StepsOnChain steps = steps(step(lock("a", 20), lock("b", 5), 100));
        for (int i = 0; i < StepsOnChain.MOST_FOR_A_LOCK; i++) {
            steps = steps.with(step(lock(8, "" + i, 9), lock(8, "" + (i + 1), 9), 100));
        }

        assertThat(steps.steps()).hasSize(1 + StepsOnChain.MOST_FOR_A_LOCK);
        assertThat(steps.appliedTo(state(41, lock(8, "3", 9))).locks())
                .containsExactly(lock(8, "4", 9));
    }

    @Test
    void theStepsOfOneLockDoNotCrowdOutThoseOfAnother() {
        StepsOnChain steps = steps(step(lock("a", 20), lock("b", 5), 100));
        for (int i = 0; i < 10; i++) {
            steps = steps.with(step(lock(8, "" + i, 9), lock(8, "" + (i + 1), 9), 100));
        }

        assertThat(steps.appliedTo(state(41, lock("a", 20), lock(8, "0", 9))).locks())
                .containsExactly(lock("b", 5), lock(8, "10", 9));
    }

    @Test
    void aStepNeitherMakesNorLosesMoneyNorChangesTheTerms() {
        ContractLock from = lock("a", 20);

        assertThatThrownBy(() -> paying(from, lock("b", 5), 14, 0))
                .hasMessage("a step neither makes money nor loses it");
        assertThatThrownBy(() -> paying(from, lock(8, "b", 5), 15, 0))
                .hasMessage("a step changes state and amount of a lock alone");
        assertThatThrownBy(() -> paying(from, lock("b", 5), 15, 2)).hasMessage("no participant 2");
        assertThat(paying(from, lock("b", 5), 15, 1).sender()).isEqualTo(1);
    }

    private static StepOnChain paying(ContractLock from, ContractLock to, long paid, int sender) {
        return new StepOnChain(
                from,
                to,
                List.of(Amount.of(paid), Amount.ZERO),
                sender,
                hash("message"),
                BlockHeight.ZERO,
                Nonce.ZERO);
    }

    private static ChannelEntry entry(StepsOnChain steps) {
        return new ChannelEntry(
                TERMS,
                ChannelEntry.Phase.CLOSING,
                state(41, lock("b", 5)),
                new Nonce(40),
                1,
                new BlockHeight(20),
                new BlockHeight(10),
                steps);
    }

    @Test
    void anEntryIsReadAsItWasWrittenAndWithoutStepsAsBeforeThereWereAny() {
        ChannelEntry with = entry(steps(step(lock("a", 20), lock("b", 5), 100)));
        ChannelEntry without = entry(StepsOnChain.NONE);
        Bytes before =
                new CanonicalWriter()
                        .write(TERMS)
                        .writeU8(1)
                        .write(without.recorded())
                        .write(new Nonce(40))
                        .writeU8(1)
                        .write(new BlockHeight(20))
                        .write(new BlockHeight(10))
                        .toBytes();

        assertThat(without.encoded()).isEqualTo(before);
        assertThat(decoded(before)).isEqualTo(without);
        assertThat(decoded(with.encoded())).isEqualTo(with);
    }

    private static ChannelEntry decoded(Bytes encoded) {
        return CanonicalReader.decode(encoded, ChannelEntry::readFrom);
    }

    @Test
    void noEntryHasTwoEncodings() {
        byte[] none = entry(StepsOnChain.NONE).encoded().toArray();
        int phase = TERMS.encoded().size();
        byte[] empty = Arrays.copyOf(none, none.length + 4);
        empty[phase] = 0x11;
        byte[] unknown = none.clone();
        unknown[phase] = 3;
        byte[] high = none.clone();
        high[phase] = 0x21;

        assertThatThrownBy(() -> decoded(Bytes.of(empty)))
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> decoded(Bytes.of(unknown)))
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> decoded(Bytes.of(high)))
                .isInstanceOf(MalformedBytesException.class);
    }
}
