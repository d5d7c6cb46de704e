package io.wormhole.channel.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Toy;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelWatcherTest {
    private static final ChannelTerms TERMS = Side.terms();
    private static final ChannelId CHANNEL = TERMS.id(TestNetwork.ID);

    private final ActorTestKit kit = ActorTestKit.create();
    private final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(
                            Alice.ADDRESS, Amount.of(1_000_000),
                            Bob.ADDRESS, Amount.of(1_000_000)),
                    new ChannelLedger(TestNetwork.ID, new Toy()));
    private final TestProbe<ChannelAction.ChainSeen> told = kit.createTestProbe();
    private ActorRef<ChannelWatcher.Command> watcher = start();

    private ActorRef<ChannelWatcher.Command> start() {
        return kit.spawn(
                ChannelWatcher.create(
                        chain, (channel, seen) -> told.ref().tell(seen), event -> {}));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void submit(KeyPair key, ChannelTransaction body) {
        chain.submit(
                Transaction.of(
                                key.publicKey(),
                                chain.nextNonce(key.address()).toCompletableFuture().join(),
                                chain.gasPrice(),
                                body)
                        .signedBy(key, TestNetwork.ID));
    }

    private void open() {
        submit(
                Alice.KEYS,
                new ChannelTransaction.Open(
                        TERMS,
                        List.of(
                                Alice.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS, TestNetwork.ID, TERMS.encoded()),
                                Bob.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS,
                                        TestNetwork.ID,
                                        TERMS.encoded()))));
        chain.mineFinal(1);
    }

    private void closeStale() {
        submit(Bob.KEYS, new ChannelTransaction.CloseSolo(CHANNEL, Optional.empty()));
        chain.mine();
    }

    /** Waits until a look has found this, with at most as many blocks as nothing. */
    private ChannelAction.ChainSeen awaitPhase(Optional<ChannelEntry.Phase> phase) {
        for (int i = 0; i < 100; i++) {
            ChannelAction.ChainSeen seen = told.receiveMessage(Duration.ofSeconds(10));
            if (seen.tentative().map(ChannelEntry::phase).equals(phase)) {
                return seen;
            }
        }
        throw new AssertionError("never " + phase);
    }

    @Test
    void aStaleCloseIsToldInTheBlockThatHasIt() {
        open();
        watcher.tell(new ChannelWatcher.Watch(CHANNEL));
        awaitPhase(Optional.of(ChannelEntry.Phase.OPEN));

        closeStale();

        ChannelAction.ChainSeen seen = awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
        assertThat(seen.settled().map(ChannelEntry::phase)).contains(ChannelEntry.Phase.OPEN);
    }

    @Test
    void aChannelThatABlockNamesDoesNotWaitForThoseOfTheStart() {
        open();
        ActorRef<ChannelWatcher.Command> busy =
                kit.spawn(
                        ChannelWatcher.create(
                                silentAboutOthers(),
                                (channel, seen) -> told.ref().tell(seen),
                                event -> {}));
        for (int i = 0; i < 300; i++) {
            Hash other = Hash.of(DomainTag.GENESIS, new BlockHeight(i));
            busy.tell(new ChannelWatcher.Resume(new ChannelId(other)));
        }
        busy.tell(new ChannelWatcher.Watch(CHANNEL));

        closeStale();

        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }

    // A chain that never answers about any channel but one.
    private Settlement silentAboutOthers() {
        return (Settlement)
                Proxy.newProxyInstance(
                        Settlement.class.getClassLoader(),
                        new Class<?>[] {Settlement.class},
                        (self, method, arguments) ->
                                method.getName().equals("channel") && !arguments[0].equals(CHANNEL)
                                        ? new CompletableFuture<>()
                                        : method.invoke(chain, arguments));
    }

    @Test
    void aClosingChannelIsToldAtEveryBlock() {
        open();
        watcher.tell(new ChannelWatcher.Watch(CHANNEL));
        closeStale();
        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
        for (int i = 0; i < 5; i++) {
            long height = chain.state(Certainty.TENTATIVE).height().value() + 1;

            chain.mineFinal(1);

            told.fishForMessage(
                    Duration.ofSeconds(10),
                    seen ->
                            seen.height().value() >= height
                                    ? FishingOutcomes.complete()
                                    : FishingOutcomes.continueAndIgnore());
        }
    }

    @Test
    void aReorganisationIsTold() {
        open();
        watcher.tell(new ChannelWatcher.Watch(CHANNEL));
        closeStale();
        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));

        chain.reorganise(1, true);

        awaitPhase(Optional.of(ChannelEntry.Phase.OPEN));
    }

    @Test
    void aCloseThatHappenedWhileNobodyWatchedIsTold() {
        open();
        kit.stop(watcher);
        closeStale();
        chain.mineFinal(2);

        watcher = start();
        watcher.tell(new ChannelWatcher.Watch(CHANNEL));

        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }

    @Test
    void aChannelOfAnEarlierRunIsWokenOnlyWhenTheChainHasNews() {
        open();
        kit.stop(watcher);
        watcher = start();
        watcher.tell(new ChannelWatcher.Resume(CHANNEL));
        told.expectNoMessage(Duration.ofMillis(100));

        closeStale();

        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }

    @Test
    void aCloseSinceTheEarlierRunIsToldAtOnce() {
        open();
        kit.stop(watcher);
        closeStale();
        watcher = start();

        watcher.tell(new ChannelWatcher.Resume(CHANNEL));

        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }

    @Test
    void aChainThatIsNotReadyIsAskedAgain() {
        open();
        kit.stop(watcher);
        chain.setStopped(true);
        watcher = start();
        watcher.tell(new ChannelWatcher.Watch(CHANNEL));
        told.expectNoMessage(Duration.ofMillis(50));

        chain.setStopped(false);

        awaitPhase(Optional.of(ChannelEntry.Phase.OPEN));
        closeStale();
        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }

    @Test
    void anOpenChannelAtRestIsLeftAlone() {
        open();
        watcher.tell(new ChannelWatcher.Attend(CHANNEL));
        awaitPhase(Optional.of(ChannelEntry.Phase.OPEN));
        chain.mineFinal(1);
        awaitPhase(Optional.of(ChannelEntry.Phase.OPEN));
        watcher.tell(new ChannelWatcher.Rest(CHANNEL));
        // What was under way may still come.
        told.awaitAssert(
                Duration.ofSeconds(10),
                () -> {
                    told.expectNoMessage(Duration.ofMillis(50));
                    return true;
                });
        chain.mineFinal(3);
        told.expectNoMessage(Duration.ofMillis(100));

        closeStale();

        awaitPhase(Optional.of(ChannelEntry.Phase.CLOSING));
    }
}
