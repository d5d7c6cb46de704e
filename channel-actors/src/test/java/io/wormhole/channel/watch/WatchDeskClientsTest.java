package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a watcher serves, and what people are told of the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchDeskClientsTest extends TowerDesk {
    private void isCheatedWhenItsTimeIsOver() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        world.now = START.plus(Watching.TERMS.period()).plus(Watching.TERMS.grace());
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        eventually(this::block, () -> world.alarms.contains("watch-unpaid"));
    }

    @Test
    void whoDoesNotPayIsToldAndNotWatched() {
        isCheatedWhenItsTimeIsOver();
        says(ALICE, Watching.hold(CHANNEL, 7, DEPOSIT));

        assertThat(hears(WatchMessage.Refused.class).reason()).contains("paid until");
        assertThat(answers()).isZero();
    }

    @Test
    void peopleAreToldOnceAlsoAcrossARestart() {
        isCheatedWhenItsTimeIsOver();

        restart();
        block();
        // It is paid for again: the first thing of which people are told now is the answer.
        world.now = START;

        awaitClosedWith(DEPOSIT + 40);
        assertThat(world.alarms).containsExactly("watch-unpaid", "watch-answer");
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void strangersGetNothingStored() {
        says(Mallory.KEYS.publicKey(), new WatchMessage.Ask(false));
        assertThat(hears(WatchMessage.Terms.class).invoice()).isEmpty();
        says(Mallory.KEYS.publicKey(), new WatchMessage.Ask(true));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("no-channel");
        says(Mallory.KEYS.publicKey(), Watching.hold(CHANNEL, 6, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("not-subscribed");
        says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("not-subscribed");
    }

    @Test
    void noMoreClientsThanThereIsRoomFor() {
        for (PublicKey client :
                List.of(ALICE, Bob.KEYS.publicKey(), Watching.key((byte) 9).publicKey())) {
            says(client, new WatchMessage.Ask(true));
        }

        List<WatchMessage> said =
                List.of(
                        hears(WatchMessage.class),
                        hears(WatchMessage.class),
                        hears(WatchMessage.class));
        assertThat(said).filteredOn(WatchMessage.Terms.class::isInstance).hasSize(2);
        assertThat(said)
                .filteredOn(WatchMessage.Refused.class::isInstance)
                .extracting(one -> ((WatchMessage.Refused) one).code())
                .containsExactly("full");
    }
}
