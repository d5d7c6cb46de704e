package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.Open;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchClientTest extends WatchedByTower {
    @Test
    void whatIsPaidIsHandedOverAndKnownByReceipts() {
        subscribes();
        WatchMessage.Hold hold = handsOver(3);
        assertThat(view().behind()).isEqualTo(1);

        client.tell(new WatchClient.Kept(ID, open(4, 130)));
        client.tell(new WatchClient.Kept(ID, open(5, 140)));
        confirms(hold);

        confirms(handsOver(5));
        assertThat(view().behind()).isZero();
        assertThat(Watching.open(hold, CHANNEL).isSigned(CHANNEL, TestNetwork.ID, TOWER.address()))
                .isTrue();
        assertThat(world.paid).hasSize(1);
    }

    @Test
    void aReceiptForSomethingElseIsNoReceipt() {
        subscribes();
        WatchMessage.Hold hold = handsOver(3);

        confirms(Watching.hold(CHANNEL, 3, 120));
        assertThat(view().behind()).isEqualTo(1);
        confirms(hold);
        assertThat(view().behind()).isZero();
    }

    @Test
    void noWatcherIsPaidTwiceForOnePeriod() {
        subscribes();
        handsOver(3);

        for (int i = 2; i < 6; i++) {
            hearsTerms(Watching.TERMS, Optional.empty(), i);
        }
        assertThat(view().served()).isFalse();
        assertThat(world.paid).hasSize(1);
        client.tell(new WatchClient.Stop(TOWER, answers.ref()));
        assertThat(answers.receiveMessage()).isInstanceOf(WatchAnswer.Stopped.class);
    }

    @Test
    void noWatcherGivesLessForTheMoneyThanWasAgreed() {
        subscribes();
        confirms(handsOver(3));
        world.now = START.plus(Watching.TERMS.period());
        client.tell(new WatchClient.Linked(TOWER));
        says(WatchMessage.Ask.class);
        WatchTerms shorter =
                new WatchTerms(
                        Watching.TERMS.price(), Duration.ofSeconds(5), Duration.ZERO, 2, 4_096);
        WatchTerms dearer =
                new WatchTerms(
                        Watching.TERMS.price().plus(Amount.of(1)),
                        Watching.TERMS.period(),
                        Duration.ZERO,
                        2,
                        4_096);

        hearsTerms(shorter, Optional.of(world.now), 2);
        hearsTerms(dearer, Optional.of(START.plusSeconds(1)), 3);

        view();
        assertThat(world.paid).hasSize(1);
        assertThat(world.alarms).containsExactly("watch-too-dear");
        world.now = world.now.plusSeconds(61);
        hearsTerms(Watching.TERMS, Optional.of(world.now), 4);
        handsOver(3);
        view();
        assertThat(world.paid).hasSize(1);
        client.tell(new WatchClient.Linked(TOWER));
        handsOver(3);
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.of(world.now), 5);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        assertThat(world.paid).hasSize(2);
    }

    @Test
    void whoWishesForAMonthIsNotSoldSeconds() {
        WatchTerms seconds =
                new WatchTerms(
                        Watching.TERMS.price(), Duration.ofSeconds(1), Duration.ZERO, 2, 4_096);
        client.tell(new WatchClient.Subscribe(TOWER, WISH, answers.ref()));
        says(WatchMessage.Ask.class);
        hearsTerms(seconds, Optional.empty(), 1);

        WatchAnswer answer = answers.receiveMessage();

        assertThat(answer).isInstanceOf(WatchAnswer.Refused.class);
        assertThat(((WatchAnswer.Refused) answer).code()).isEqualTo("too-dear");
        assertThat(world.paid).isEmpty();
    }

    @Test
    void whatAnOwnerWishesIsStored() {
        Subscription before =
                Subscription.wanted(
                        TOWER,
                        new WatchWish(Amount.of(7), Duration.ofDays(8)),
                        new WatchMessage.Terms(
                                Watching.TERMS, Optional.empty(), 0, Optional.empty()));

        assertThat(Subscription.ofField(before.toField())).isEqualTo(before);
    }

    @Test
    void withinTheGraceATroubleIsToldOnce() {
        subscribes();
        confirms(handsOver(3));
        Instant until = START.plus(Watching.TERMS.period());
        world.now = until.plusSeconds(1);

        for (int i = 0; i < 3; i++) {
            hears(new WatchMessage.Refused(Optional.empty(), "unpaid", "pay", 0));
            hearsTerms(Watching.TERMS, Optional.of(until), 1);
            handsOver(3);
        }

        assertThat(world.alarms).containsExactly("watch-unpaid");
    }

    @Test
    void aTroubleIsToldOnceAcrossRestartsAndAgainWhenItComesBack() {
        subscribes();
        confirms(handsOver(3));
        Instant until = START.plus(Watching.TERMS.period());
        world.now = until.plusSeconds(1);
        refusesUnpaid();

        for (int i = 0; i < 3; i++) {
            kit.stop(client);
            client = kit.spawn(client());
            client.tell(new WatchClient.Linked(TOWER));
            refusesUnpaid();
        }
        assertThat(world.alarms).containsExactly("watch-unpaid");

        hearsTerms(Watching.TERMS, Optional.of(world.now.plusSeconds(3)), 1);
        view();
        world.now = world.now.plusSeconds(4);
        refusesUnpaid();
        assertThat(world.alarms).containsExactly("watch-unpaid", "watch-unpaid");
    }

    private void refusesUnpaid() {
        hears(new WatchMessage.Refused(Optional.empty(), "unpaid", "pay", 0));
        // Answered after the trouble is noted.
        view();
        view();
    }

    @Test
    void aChannelThatDoesNotAnswerIsAskedAgain() {
        Open known = (Open) open(3, 120);
        world.memory =
                new Open(known.party(), known.standing(), Optional.empty(), Optional.empty(), true);
        world.deaf.set(1);

        client.tell(new WatchClient.InDoubt(ID));

        assertThat(says(WatchMessage.Fetch.class).hint()).isEqualTo(WatchSeal.hint(ID, 0));
    }

    @Test
    void aSubscriptionSurvivesARestart() {
        subscribes();
        confirms(handsOver(3));
        kit.stop(client);

        client = kit.spawn(client());
        client.tell(new WatchClient.Linked(TOWER));

        // What the watcher holds is not stored here, so all is handed over again.
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
    }

    @Test
    void onANewLinkWhatHasNoReceiptIsHandedOverAgain() {
        subscribes();
        handsOver(3);
        client.tell(new WatchClient.Unlinked(TOWER));

        client.tell(new WatchClient.Linked(TOWER));

        WatchMessage.Hold again = handsOver(3);
        says(WatchMessage.Ask.class);
        confirms(again);
        assertThat(view().behind()).isZero();
    }

    @Test
    void aChannelInDoubtAsksWatchersAndBelievesOnlyWhatItSigned() {
        Open known = (Open) open(3, 120);
        world.memory =
                new Open(known.party(), known.standing(), Optional.empty(), Optional.empty(), true);
        client.tell(new WatchClient.InDoubt(ID));
        assertThat(says(WatchMessage.Fetch.class).hint()).isEqualTo(WatchSeal.hint(ID, 0));
        WatchMessage.Hold forged =
                WatchPacking.pack(
                        Watching.alice(CHANNEL),
                        new CoSignedState(
                                Watching.state(CHANNEL, 9, 1).state(),
                                Watching.state(CHANNEL, 8, 1).signatures()),
                        Alice.KEYS,
                        TOWER,
                        Watching.RANDOM);

        hears(new WatchMessage.Held(forged.hint(), Optional.of(forged)));
        for (long nonce : List.of(2L, 3L, 7L)) {
            WatchMessage.Hold held = Watching.hold(CHANNEL, nonce, 150);
            hears(new WatchMessage.Held(held.hint(), Optional.of(held)));
        }
        hears(
                new WatchMessage.Held(
                        forged.hint(),
                        Optional.of(
                                new WatchMessage.Hold(forged.hint(), 9, forged.hint().bytes()))));

        TestProbe<List<WatcherView>> views = kit.createTestProbe();
        client.tell(new WatchClient.Read(views.ref()));
        views.receiveMessage();
        assertThat(world.proven).containsExactly(Watching.state(CHANNEL, 7, 150));
        assertThat(world.alarms).containsExactly("watch-worthless");
    }

    private void renews() {
        client.tell(new WatchClient.Linked(TOWER));
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 2);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        hearsTerms(Watching.TERMS, Optional.of(world.now.plus(Watching.TERMS.period())), 2);
    }

    @Test
    void afterALapseAllIsHandedOverAgain() {
        subscribes();
        confirms(handsOver(3));
        world.now = START.plus(Watching.TERMS.period().multipliedBy(2));

        renews();

        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
        assertThat(world.paid).hasSize(2);
    }

    @Test
    void whatAWatcherSaysItDroppedShowsAsNotHeld() {
        subscribes();
        confirms(handsOver(3));
        hears(new WatchMessage.Refused(Optional.empty(), "unpaid", "dropped", 0));
        assertThat(view().behind()).isEqualTo(1);

        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);

        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);
        handsOver(3);
    }
}
