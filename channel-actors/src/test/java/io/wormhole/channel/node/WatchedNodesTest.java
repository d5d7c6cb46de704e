package io.wormhole.channel.node;

import static io.wormhole.channel.node.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.watch.WatchAnswer;
import io.wormhole.channel.watch.WatchTerms;
import io.wormhole.channel.watch.WatchWish;
import io.wormhole.channel.watch.WatcherView;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alice sells, Mallory buys and cheats, and a third node watches for Alice while she is dead. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WatchedNodesTest {
    private static final Amount DEPOSIT = Amount.of(100_000);
    private static final WatchTerms OFFER =
            new WatchTerms(Amount.of(1_000), Duration.ofDays(30), Duration.ofDays(3), 10, 1 << 12);
    private static final PaymentSettings SETTINGS =
            PaymentSettings.defaults(true).with(new HopPolicy(Amount.of(2), 10_000, 60, 40, 10));

    @TempDir Path directory = Path.of("");

    private final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(
                            Alice.ADDRESS,
                            Amount.of(10_000_000),
                            Mallory.KEYS.address(),
                            Amount.of(10_000_000),
                            Bob.ADDRESS,
                            Amount.of(10_000_000)),
                    new ChannelLedger(TestNetwork.ID, new VmContracts()));
    private final Map<String, PaymentNode> nodes = new HashMap<>();

    @AfterEach
    void stop() {
        nodes.values().forEach(PaymentNode::close);
    }

    private PaymentNode node(String name, KeyPair key, Optional<WatchTerms> offers) {
        PaymentNode node = new PaymentNode(key, chain, directory.resolve(name), SETTINGS, offers);
        nodes.put(name, node);
        return node;
    }

    private ChannelId channel(PaymentNode one, PaymentNode other) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.publicKey(), DEPOSIT),
                                new Participant(other.publicKey(), DEPOSIT)),
                        1_000,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) 1)));
        one.reach(other);
        ChannelId channel = terms.id(TestNetwork.ID);
        now(one.channels().open(terms));
        until(
                () -> {
                    chain.mineFinal(1);
                    return one.memory(channel) instanceof Open
                            && other.memory(channel) instanceof Open;
                });
        return channel;
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
    }

    private static void pays(PaymentNode payer, ChannelId channel, int from, long amount) {
        ChannelEntity.Answer answer =
                now(
                        payer.channels()
                                .request(
                                        channel,
                                        "pay-" + amount,
                                        Update.of(
                                                new ChannelOperation.Pay(
                                                        from, Amount.of(amount)))));
        assertThat(answer).isInstanceOf(ChannelEntity.Completed.class);
    }

    private static CoSignedState newest(PaymentNode node, ChannelId channel) {
        return ((Open) node.memory(channel)).standing().proof().orElseThrow();
    }

    private static WatchWish wish(long maximumPrice) {
        return new WatchWish(Amount.of(maximumPrice), OFFER.period());
    }

    private static void awaitHeld(PaymentNode node, ChannelId channel, long nonce) {
        until(
                () ->
                        now(node.watching().watchers()).stream()
                                .flatMap(view -> view.channels().stream())
                                .anyMatch(
                                        one ->
                                                one.channel().equals(channel)
                                                        && one.held() == nonce));
    }

    // Not by her node, which would correct an old state itself.
    private void closesWith(KeyPair who, ChannelId channel, CoSignedState state) {
        Transaction transaction =
                new Transaction(
                        who.publicKey(),
                        now(chain.nextNonce(who.address())),
                        FakeSettlement.GAS_PRICE,
                        0,
                        0,
                        Optional.empty(),
                        new ChannelTransaction.CloseSolo(channel, Optional.of(state)));
        now(chain.submit(transaction.signedBy(who, TestNetwork.ID)));
    }

    @Test
    void aThirdNodeAnswersAStaleCloseForADeadOneWhichHasItsMoneyAfterwards() {
        PaymentNode alice = node("alice", Alice.KEYS, Optional.empty());
        PaymentNode mallory = node("mallory", Mallory.KEYS, Optional.empty());
        PaymentNode tower = node("tower", Bob.KEYS, Optional.of(OFFER));
        channel(alice, tower);
        ChannelId channel = channel(mallory, alice);

        WatchAnswer subscribed = now(alice.watching().subscribe(tower.publicKey(), wish(1_000)));
        assertThat(subscribed).isInstanceOf(WatchAnswer.Subscribed.class);
        pays(mallory, channel, 0, 100);
        CoSignedState old = newest(mallory, channel);
        pays(mallory, channel, 0, 60_000);
        awaitHeld(alice, channel, 2);
        alice.close();
        mallory.close();
        closesWith(Mallory.KEYS, channel, old);
        until(
                () -> {
                    chain.mineFinal(1);
                    return now(chain.channel(channel, Certainty.FINAL))
                            .filter(entry -> entry.phase() == ChannelEntry.Phase.CLOSED)
                            .isPresent();
                });

        alice.start();
        until(
                () -> {
                    chain.mineFinal(1);
                    return alice.memory(channel) instanceof Ended;
                });
        assertThat(((Ended) alice.memory(channel)).payouts())
                .containsExactly(Amount.of(39_900), Amount.of(160_100));
        assertThat(tower.alarms).containsExactly("watch-answer");
        long answers =
                chain.included().stream()
                        .filter(
                                one ->
                                        one.transaction().body()
                                                instanceof ChannelTransaction.ChallengeFor)
                        .count();
        assertThat(answers).isEqualTo(1);
    }

    @Test
    void aNodeThatLostItsDiskLearnsFromItsWatcherWhatItsPartnerWouldNotTell() {
        PaymentNode alice = node("alice", Alice.KEYS, Optional.empty());
        PaymentNode mallory = node("mallory", Mallory.KEYS, Optional.empty());
        PaymentNode tower = node("tower", Bob.KEYS, Optional.of(OFFER));
        channel(alice, tower);
        ChannelId channel = channel(mallory, alice);
        now(alice.watching().subscribe(tower.publicKey(), wish(1_000)));
        pays(mallory, channel, 0, 100);
        KnownChannel copy = (KnownChannel) alice.memory(channel);
        pays(mallory, channel, 0, 60_000);
        awaitHeld(alice, channel, 2);
        alice.close();
        mallory.close();

        PaymentNode restored = node("restored", Alice.KEYS, Optional.empty());
        now(restored.channels().takeBack(copy));
        restored.reach(tower);

        until(() -> restored.memory(channel) instanceof Lost);
        ChannelMemory memory = restored.memory(channel);
        assertThat(((Lost) memory).proof().nonce().value()).isEqualTo(2);
    }

    @Test
    void whoAsksTooMuchIsNotPaidAndWhoOffersNothingSaysSo() {
        PaymentNode alice = node("alice", Alice.KEYS, Optional.empty());
        PaymentNode tower = node("tower", Bob.KEYS, Optional.of(OFFER));
        PaymentNode mallory = node("mallory", Mallory.KEYS, Optional.empty());
        ChannelId paying = channel(alice, tower);
        channel(alice, mallory);

        WatchAnswer dear = now(alice.watching().subscribe(tower.publicKey(), wish(999)));
        WatchAnswer none = now(alice.watching().subscribe(mallory.publicKey(), wish(9_999)));
        WatchAnswer offer = now(alice.watching().terms(tower.publicKey()));
        WatchAnswer stopped = now(alice.watching().stop(tower.publicKey()));

        assertThat(((WatchAnswer.Refused) dear).code()).isEqualTo("too-dear");
        assertThat(((WatchAnswer.Refused) none).code()).isEqualTo("not-offered");
        assertThat(((WatchAnswer.Offered) offer).terms().terms()).isEqualTo(OFFER);
        assertThat(((WatchAnswer.Refused) stopped).code()).isEqualTo("not-subscribed");
        assertThat(alice.holds(paying)[0]).isEqualTo(DEPOSIT.baseUnits());
        List<WatcherView> watchers = now(alice.watching().watchers());
        assertThat(watchers).isEmpty();
    }
}
