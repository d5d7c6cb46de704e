package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.wallet.Wallet;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Bob;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchDeskTest extends TowerDesk {
    @Test
    void aStaleCloseIsAnsweredOnceAndWhatWasHeldIsDropped() {
        opens();
        subscribes();
        handsOver(5, DEPOSIT + 30);
        handsOver(6, DEPOSIT + 40);

        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
        assertThat(world.alarms).containsExactly("watch-answer");
        eventually(
                this::block,
                () -> {
                    says(ALICE, new WatchMessage.Fetch(WatchSeal.hint(ID, 0)));
                    return hears(WatchMessage.Held.class).held().isEmpty();
                });
    }

    @Test
    void aCloseThatHappenedWhileItWasOffIsFoundInTheBlocks() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        kit.stop(desk);
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();

        restart();

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void anAnswerThatAReorganisationTookIsGivenAgain() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        chain.mine();
        eventually(
                () -> {
                    chain.mine();
                    wallet.tell(new Wallet.LookAfter());
                },
                () -> answers() == 1);
        chain.reorganise(1, true);

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void aStateThatComesAfterTheCloseIsUsedAllTheSame() {
        opens();
        subscribes();
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();

        handsOver(6, DEPOSIT + 40);

        awaitClosedWith(DEPOSIT + 40);
    }

    @Test
    void aStateThatComesAfterTheCloseAndARestartIsUsedAllTheSame() {
        opens();
        subscribes();
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();
        block();
        restart();

        handsOver(6, DEPOSIT + 40);

        awaitClosedWith(DEPOSIT + 40);
    }

    @Test
    void aReceiptIsWorthARestart() {
        subscribes();
        handsOver(6, DEPOSIT + 40);

        restart();

        says(ALICE, new WatchMessage.Fetch(WatchSeal.hint(ID, 0)));
        WatchMessage.Hold held = hears(WatchMessage.Held.class).held().orElseThrow();
        assertThat(held.number()).isEqualTo(6);
        says(ALICE, Watching.hold(CHANNEL, 5, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("newer-held");
    }

    @Test
    void noReceiptIsGivenForWhatIsNotStored() {
        subscribes();
        journal.failNextPersisted();

        says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT + 40));
        // The account comes back; the client hands over again when no receipt comes.
        eventually(
                () -> says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT + 40)),
                () -> !world.said.isEmpty());

        hears(WatchMessage.Receipt.class);
    }

    @Test
    void whatAnotherClientSealedForTheSameChannelChangesNothing() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        PublicKey bob = Bob.KEYS.publicKey();
        says(bob, new WatchMessage.Ask(true));
        hears(WatchMessage.Terms.class);
        says(bob, new WatchMessage.Ask(false));
        hears(WatchMessage.Terms.class);
        WatchMessage.Hold old = Watching.hold(CHANNEL, 4, DEPOSIT - 60);
        says(bob, new WatchMessage.Hold(old.hint(), 900, old.sealed()));
        hears(WatchMessage.Receipt.class);

        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));

        awaitClosedWith(DEPOSIT + 40);
        assertThat(world.alarms).contains("watch-worthless");
    }
}
