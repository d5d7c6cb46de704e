package io.wormhole.channel.entity;

import static io.wormhole.channel.decider.DoneRequests.ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelRequestsTest extends EntityPair {
    private ChannelEntity.Request request(String name, long amount) {
        return new ChannelEntity.Request(
                name, Update.of(new ChannelOperation.Pay(0, Amount.of(amount))), answers.ref());
    }

    // Delivers until both have nothing more to say.
    private void talk() {
        boolean quiet = false;
        while (!quiet) {
            Optional<ChannelMessage> fromAlice = alice.said();
            fromAlice.ifPresent(bob::hears);
            Optional<ChannelMessage> fromBob = bob.said();
            fromBob.ifPresent(alice::hears);
            quiet = fromAlice.isEmpty() && fromBob.isEmpty();
        }
    }

    private List<ChannelEntity.Answer> answers(int count) {
        return answers.receiveSeveralMessages(count, PATIENCE);
    }

    @Test
    void requestsThatWaitRideTogether() {
        open();

        for (int i = 0; i < 50; i++) {
            alice.actor.tell(request("cup" + i, 1));
        }
        talk();

        assertThat(answers(50))
                .contains(
                        new ChannelEntity.Completed("cup0", new Nonce(1)),
                        new ChannelEntity.Completed("cup1", new Nonce(2)),
                        new ChannelEntity.Completed("cup49", new Nonce(2)));
        assertThat(bob.memory().standing().nonce()).isEqualTo(new Nonce(2));
        assertThat(bob.memory().standing().proof()).isEqualTo(alice.memory().standing().proof());
    }

    private static ChannelEntity.Wanted wanted(String name, long amount) {
        return new ChannelEntity.Wanted(
                name, Update.of(new ChannelOperation.Pay(0, Amount.of(amount))));
    }

    @Test
    void whatIsWantedTogetherRidesInOneUpdateAndIsAnsweredTogether() {
        open();
        var all = kit.<ChannelEntity.Answers>createTestProbe();

        alice.actor.tell(
                new ChannelEntity.RequestAll(
                        List.of(wanted("cup", 1), wanted("plate", 2)), all.ref()));
        talk();

        assertThat(all.receiveMessage(PATIENCE).answers())
                .containsExactly(
                        new ChannelEntity.Completed("cup", new Nonce(1)),
                        new ChannelEntity.Completed("plate", new Nonce(1)));
    }

    @Test
    void ofWhatIsWantedTogetherTheImpossibleAloneIsRefused() {
        open();
        var all = kit.<ChannelEntity.Answers>createTestProbe();

        alice.actor.tell(
                new ChannelEntity.RequestAll(
                        List.of(wanted("cup", 1), wanted("house", 1_000_000), wanted("plate", 2)),
                        all.ref()));
        talk();

        List<ChannelEntity.Answer> answers = all.receiveMessage(PATIENCE).answers();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).isInstanceOf(ChannelEntity.Completed.class);
        assertThat(answers.get(1)).isInstanceOf(ChannelEntity.Refused.class);
        assertThat(answers.get(2)).isInstanceOf(ChannelEntity.Completed.class);
    }

    @Test
    void aRequestThatCannotBeIsRefusedAloneAndTheOthersAreDone() {
        open();

        alice.actor.tell(request("first", 1));
        for (int i = 0; i < 9; i++) {
            alice.actor.tell(request("cup" + i, i == 5 ? 1_000_000 : 1));
        }
        talk();

        assertThat(answers(10))
                .filteredOn(ChannelEntity.Refused.class::isInstance)
                .singleElement()
                .asString()
                .contains("0.001 needed");
        assertThat(bob.memory().standing().position().state().balances().get(0))
                .isEqualTo(
                        alice.memory()
                                .party()
                                .terms()
                                .participants()
                                .get(0)
                                .deposit()
                                .minus(Amount.of(9)));
    }

    @Test
    void aBatchThatThePartnerDoesNotWantIsTriedInHalves() {
        open();
        // Bob's consent is needed for one of them alone.
        ChannelEntity.Request greedy =
                new ChannelEntity.Request(
                        "greedy",
                        Update.of(new ChannelOperation.Pay(1, Amount.of(5))),
                        answers.ref());

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("second", 1));
        alice.actor.tell(greedy);
        alice.actor.tell(request("third", 1));
        talk();

        assertThat(answers(4))
                .filteredOn(ChannelEntity.Refused.class::isInstance)
                .singleElement()
                .asString()
                .contains("only participant 1 can pay");
        assertThat(alice.memory().standing().offer()).isEmpty();
    }

    @Test
    void aRequestAskedAgainWhileItWaitsIsDoneOnce() {
        open();

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("cup", 1));
        alice.actor.tell(request("cup", 1));
        talk();

        assertThat(answers(2))
                .containsExactly(
                        new ChannelEntity.Completed("first", new Nonce(1)),
                        new ChannelEntity.Completed("cup", new Nonce(2)));
        answers.expectNoMessage();
    }

    @Test
    void whoeverAsksAgainAfterARestartJoinsWhatIsStillWanted() {
        open();
        alice.actor.tell(request("cup", 1));
        assertThat(alice.said()).isPresent();

        alice.restart();
        alice.actor.tell(request("cup", 1));
        talk();

        assertThat(answers(1)).containsExactly(new ChannelEntity.Completed("cup", new Nonce(1)));
        assertThat(bob.memory().standing().nonce()).isEqualTo(new Nonce(1));
    }

    @Test
    void whatIsToBeDoneOnceIsDoneOnceWhateverRestartsInBetween() {
        open();
        alice.actor.tell(request(ONCE + "cup", 1));
        talk();
        alice.actor.tell(request("other", 1));
        talk();

        alice.restart();
        alice.actor.tell(request(ONCE + "cup", 1));
        alice.actor.tell(request("other", 1));
        talk();

        assertThat(answers(4))
                .containsExactly(
                        new ChannelEntity.Completed(ONCE + "cup", new Nonce(1)),
                        new ChannelEntity.Completed("other", new Nonce(2)),
                        new ChannelEntity.Completed(ONCE + "cup", new Nonce(1)),
                        new ChannelEntity.Completed("other", new Nonce(3)));
    }

    @Test
    void whatWaitsForAChannelThatClosesIsRefused() {
        open();

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("second", 1));
        alice.asks(new ChannelAction.Dispute(Optional.empty()));

        assertThat(answers(3)).filteredOn(ChannelEntity.Refused.class::isInstance).hasSize(2);
    }
}
