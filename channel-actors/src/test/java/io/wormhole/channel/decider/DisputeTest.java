package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisputeTest {
    private final Side alice = Side.alice();
    private final Side bob = Side.bob();

    private Optional<CoSignedState> pay(long amount) {
        alice.pays("p" + amount, amount);
        Side.talk(alice, bob);
        return alice.proof();
    }

    @Test
    void aStaleCloseIsAnsweredWithTheNewestState() {
        Optional<CoSignedState> old = pay(1);
        pay(2);

        bob.does(Side.tentative(21, Side.entry(Phase.CLOSING, old)));

        assertThat(bob.submits()).containsExactly("challenge-2");
        assertThat(bob.told(Effect.TellDispute.class))
                .containsExactly(new Effect.TellDispute(false));
    }

    @Test
    void theNewestStateIsNotChallenged() {
        Optional<CoSignedState> newest = pay(1);

        bob.does(Side.tentative(21, Side.entry(Phase.CLOSING, newest)));

        assertThat(bob.submits()).isEmpty();
    }

    @Test
    void settlementWaitsForTheCountdownAndForFinality() {
        ChannelEntry closing = Side.entry(Phase.CLOSING, pay(1));

        bob.does(Side.chain(29, closing));
        bob.does(
                new ChannelAction.ChainSeen(
                        Optional.of(closing),
                        Optional.of(Side.entry(Phase.OPEN, Optional.empty())),
                        new BlockHeight(30),
                        new BlockHeight(19)));
        assertThat(bob.submits()).isEmpty();
        bob.does(Side.chain(30, closing));

        assertThat(bob.submits()).containsExactly("settle");
    }

    @Test
    void aStaleStateIsNeverSettledByItsVictim() {
        Optional<CoSignedState> old = pay(1);
        pay(2);

        bob.does(Side.chain(99, Side.entry(Phase.CLOSING, old)));

        assertThat(bob.submits()).containsExactly("challenge-2");
    }

    @Test
    void aCloseThatAReorganisationUndidIsForgotten() {
        Optional<CoSignedState> old = pay(1);
        pay(2);
        bob.pays("wanted", 3);
        bob.outbox.clear();
        bob.does(Side.tentative(21, Side.entry(Phase.CLOSING, old)));
        assertThat(bob.memory()).isInstanceOf(Disputed.class);

        bob.does(Side.tentative(20, Side.entry(Phase.OPEN, Optional.empty())));
        Side.talk(alice, bob);

        assertThat(bob.memory()).isInstanceOf(Open.class);
        assertThat(bob.told(Effect.TellCompleted.class)).hasSize(1);
        assertThat(alice.proof()).isEqualTo(bob.proof());
    }

    @Test
    void anOwnDisputeIsNotUndone() {
        pay(1);
        bob.pays("wanted", 3).does(new ChannelAction.Dispute(Optional.empty()));
        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);

        bob.does(Side.tentative(20, Side.entry(Phase.OPEN, Optional.empty())));

        assertThat(bob.submits()).containsExactly("close-solo");
        assertThat(bob.memory()).isInstanceOf(Disputed.class);
    }

    @Test
    void aForcedStepDoesNotHoldUpTheEnd() {
        alice.offers(
                "lock",
                new ChannelOperation.Lock(1_000, 0, Amount.of(50), 0, Toy.CODE, Toy.START, 10, 10));
        Side.talk(alice, bob);
        ForcedStep step = new ForcedStep(1_000, Bytes.of((byte) 20));
        bob.does(new ChannelAction.Dispute(Optional.of(step)));
        ChannelEntry closing = Side.entry(Phase.CLOSING, bob.proof());

        bob.does(Side.chain(21, closing));
        assertThat(bob.submits()).containsExactly("force-1000-1");
        bob.effects.clear();
        bob.does(Side.chain(30, closing));

        assertThat(bob.submits()).containsExactly("force-1000-1", "settle");
    }

    @Test
    void everyLockHasAForcedStepOfItsOwn() {
        for (long lock = 1_000; lock < 1_002; lock++) {
            alice.offers(
                    "lock " + lock,
                    new ChannelOperation.Lock(
                            lock, 0, Amount.of(20), 0, Toy.CODE, Toy.START, 10, 10));
            Side.talk(alice, bob);
        }
        ForcedStep first = new ForcedStep(1_000, Bytes.of((byte) 5));
        ForcedStep second = new ForcedStep(1_001, Bytes.of((byte) 6));
        bob.does(new ChannelAction.Dispute(Optional.of(first)));
        bob.does(new ChannelAction.Dispute(Optional.of(second)));
        bob.does(new ChannelAction.Dispute(Optional.of(first)));

        bob.does(Side.chain(21, Side.entry(Phase.CLOSING, bob.proof())));

        assertThat(bob.submits()).containsExactly("force-1000-2", "force-1001-2");
    }

    /** Alice has both signatures of this update, and Bob waits for hers. */
    private Optional<CoSignedState> withheld(ChannelOperation operation) {
        alice.offers("withheld", operation);
        bob.hears(alice.says());
        alice.hears(bob.says());
        alice.outbox.clear();
        return alice.proof();
    }

    private void lockAndDispute(ChannelOperation withheld) {
        alice.offers(
                "lock",
                new ChannelOperation.Lock(1_000, 0, Amount.of(50), 0, Toy.CODE, Toy.START, 10, 10));
        Side.talk(alice, bob);
        Optional<CoSignedState> newer = withheld(withheld);
        ForcedStep step = new ForcedStep(1_000, Bytes.of((byte) 20));
        bob.does(new ChannelAction.Dispute(Optional.of(step)));
        bob.does(Side.chain(21, Side.entry(Phase.CLOSING, bob.proof())));
        assertThat(bob.submits()).containsExactly("force-1000-1");
        bob.effects.clear();
        bob.does(Side.chain(22, Side.entry(Phase.CLOSING, newer)));
    }

    @Test
    void aStepIsForcedAgainWhereTheMoneyOfTheContractChanged() {
        lockAndDispute(new ChannelOperation.TopUp(1_000, 0, Amount.of(1)));

        assertThat(bob.submits()).containsExactly("force-1000-2");
    }

    @Test
    void aStepIsForcedAgainOnTheStateThatOnlyThePartnerCouldShow() {
        lockAndDispute(new ChannelOperation.Step(1_000, 0, new BlockHeight(5), Bytes.EMPTY));

        ChannelTransaction.ForceProgress force =
                (ChannelTransaction.ForceProgress) bob.told(Effect.Submit.class).get(0).body();
        assertThat(bob.submits()).containsExactly("force-1000-2");
        assertThat(force.contractState()).isEqualTo(Bytes.of((byte) 1));
    }

    @Test
    void aStaleCloseIsAnsweredWhileClosingTogether() {
        Optional<CoSignedState> old = pay(1);
        pay(2);
        alice.does(new ChannelAction.CloseTogether());
        bob.hears(alice.says());

        bob.does(Side.tentative(21, Side.entry(Phase.CLOSING, old)));

        assertThat(bob.submits()).containsExactly("challenge-2");
        assertThat(bob.memory()).isInstanceOf(Closing.class);
    }

    @Test
    void theEndTellsWhatWasPaidAndAnswersWhatWasWanted() {
        Optional<CoSignedState> newest = pay(1);
        bob.pays("wanted", 3);

        bob.does(Side.chain(31, Side.entry(Phase.CLOSED, newest)));

        assertThat(bob.told(Effect.TellEnded.class))
                .containsExactly(new Effect.TellEnded(List.of(Amount.of(99), Amount.of(101))));
        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);
    }

    @Test
    void closingTogetherPaysTheClosingBalances() {
        pay(10);
        alice.does(new ChannelAction.CloseTogether());
        Side.talk(alice, bob);
        // The chain keeps the last state it has seen, here that of the opening.
        ChannelEntry closed = Side.entry(Phase.CLOSED, Optional.empty());

        bob.does(Side.chain(31, closed));

        assertThat(bob.told(Effect.TellEnded.class))
                .containsExactly(new Effect.TellEnded(List.of(Amount.of(90), Amount.of(110))));
    }

    @Test
    void aSideThatLostDataClosesWithTheProvenState() {
        Optional<CoSignedState> newest = pay(1);
        Side restored = Side.bob();
        restored.hears(new ChannelMessage.Reestablish(new Nonce(1), newest));

        restored.does(Side.tentative(21, Side.entry(Phase.CLOSING, Optional.empty())));
        assertThat(restored.submits()).containsExactly("challenge-1");
        restored.does(new ChannelAction.Dispute(Optional.empty()));
        restored.does(Side.chain(22, Side.entry(Phase.OPEN, Optional.empty())));

        assertThat(restored.submits()).containsExactly("challenge-1", "close-solo");
    }

    @Test
    void theEndIsToldAgainAtEveryLook() {
        bob.does(Side.chain(31, Side.entry(Phase.CLOSED, Optional.empty())));

        bob.does(Side.chain(32, Side.entry(Phase.CLOSED, Optional.empty())));

        assertThat(bob.told(Effect.TellEnded.class)).hasSize(2);
    }
}
