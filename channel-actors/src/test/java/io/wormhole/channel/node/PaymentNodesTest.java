package io.wormhole.channel.node;

import static io.wormhole.channel.node.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes with real journals and links; a chain under the test's hand. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PaymentNodesTest {
    private static final Amount DEPOSIT = Amount.of(100_000);
    private static final HopPolicy POLICY = new HopPolicy(Amount.of(2), 10_000, 60, 40, 10);
    private static final PaymentSettings SETTINGS = PaymentSettings.defaults(true).with(POLICY);

    @TempDir private Path directory = Path.of("");
    private final Map<String, PaymentNode> nodes = new HashMap<>();
    private final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    allocations(),
                    new ChannelLedger(TestNetwork.ID, new VmContracts()));

    private static KeyPair key(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) (number + 40);
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private static Map<Address, Amount> allocations() {
        Map<Address, Amount> allocations = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            allocations.put(key(i).address(), Amount.of(10_000_000));
        }
        return allocations;
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(PaymentNode::close);
    }

    private PaymentNode node(String name) {
        PaymentNode node =
                new PaymentNode(key(nodes.size()), chain, directory.resolve(name), SETTINGS);
        nodes.put(name, node);
        return node;
    }

    private ChannelId channel(PaymentNode one, PaymentNode other) {
        return channel(one, other, DEPOSIT);
    }

    private ChannelId channel(PaymentNode one, PaymentNode other, Amount deposit) {
        return channel(one, other, deposit, 1_000);
    }

    private ChannelId channel(
            PaymentNode one, PaymentNode other, Amount deposit, long countdownBlocks) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.publicKey(), deposit),
                                new Participant(other.publicKey(), deposit)),
                        countdownBlocks,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) salt++)));
        one.reach(other);
        one.channels().open(terms).toCompletableFuture().join();
        ChannelId channel = terms.id(TestNetwork.ID);
        until(
                () -> {
                    chain.mineFinal(1);
                    return one.memory(channel) instanceof Open
                            && other.memory(channel) instanceof Open;
                });
        return channel;
    }

    private int salt;

    private static <T> T soon(CompletableFuture<T> future) {
        return future.orTimeout(40, TimeUnit.SECONDS).join();
    }

    private static Invoice invoice(PaymentNode payee, long amount) {
        return payee.payments()
                .invoice(Amount.of(amount), "cups", 300)
                .toCompletableFuture()
                .join();
    }

    private static CompletableFuture<OutgoingPayment> pay(PaymentNode payer, Invoice invoice) {
        return payer.payments().pay(invoice, Amount.of(1_000)).toCompletableFuture();
    }

    private static void knows(PaymentNode node, int directions) {
        until(() -> node.payments().network().toCompletableFuture().join().size() >= directions);
    }

    @Test
    void aPaymentGoesOverTwoRelaysThatTakeTheirFees() {
        PaymentNode alice = node("alice");
        PaymentNode hub = node("hub");
        PaymentNode second = node("second");
        PaymentNode bob = node("bob");
        ChannelId first = channel(alice, hub);
        ChannelId middle = channel(hub, second);
        ChannelId last = channel(second, bob);
        knows(alice, 6);
        Invoice invoice = invoice(bob, 1_000);

        OutgoingPayment paid = soon(pay(alice, invoice));

        assertThat(paid.state()).isEqualTo(OutgoingPayment.State.PAID);
        assertThat(HashTimeLock.hashOf(paid.secret().orElseThrow())).isEqualTo(invoice.hash());
        assertThat(paid.fees()).isEqualTo(Amount.of(12 + 13));
        until(() -> alice.holds(first)[1] + hub.holds(middle)[1] + bob.holds(last)[1] == 0);
        assertThat(alice.holds(first)[0]).isEqualTo(100_000 - 1_025);
        assertThat(hub.holds(first)[0] + hub.holds(middle)[0]).isEqualTo(200_000 + 13);
        assertThat(second.holds(middle)[0] + second.holds(last)[0]).isEqualTo(200_000 + 12);
        assertThat(bob.holds(last)[0]).isEqualTo(101_000);
        until(
                () ->
                        bob.payments()
                                .invoice(invoice.hash())
                                .toCompletableFuture()
                                .join()
                                .map(IssuedInvoice::state)
                                .orElseThrow()
                                .equals(IssuedInvoice.State.PAID));
    }

    @Test
    void aHubThatDiesInTheMiddleOfPaymentsGoesOnWithThem() {
        PaymentNode alice = node("alice");
        PaymentNode hub = node("hub");
        PaymentNode bob = node("bob");
        ChannelId first = channel(alice, hub);
        ChannelId last = channel(hub, bob);
        knows(alice, 4);
        List<CompletableFuture<OutgoingPayment>> payments = new ArrayList<>();
        CountDownLatch some = new CountDownLatch(3);
        for (int i = 0; i < 30; i++) {
            CompletableFuture<OutgoingPayment> payment = pay(alice, invoice(bob, 100));
            payments.add(payment.whenComplete((paid, failure) -> some.countDown()));
        }
        until(() -> some.getCount() == 0);

        hub.close();
        hub.start();
        alice.reach(hub);
        hub.reach(bob);

        long paid =
                payments.stream()
                        .map(PaymentNodesTest::soon)
                        .filter(PaymentNodesTest::isPaid)
                        .count();
        until(() -> alice.holds(first)[1] == 0 && bob.holds(last)[1] == 0);
        assertThat(paid).isGreaterThanOrEqualTo(3);
        assertThat(alice.holds(first)[0]).isEqualTo(100_000 - paid * 103);
        assertThat(hub.holds(first)[0] + hub.holds(last)[0]).isEqualTo(200_000 + paid * 3);
        assertThat(bob.holds(last)[0]).isEqualTo(100_000 + paid * 100);
    }

    private static boolean isPaid(OutgoingPayment payment) {
        return payment.state() == OutgoingPayment.State.PAID;
    }

    @Test
    void aSecretThatOnlyTheChainShowsIsUsedUpstream() {
        PaymentNode alice = node("alice");
        PaymentNode hub = node("hub");
        PaymentNode bob = node("bob");
        ChannelId first = channel(alice, hub);
        ChannelId last = channel(hub, bob, DEPOSIT, 10);
        knows(alice, 4);
        AtomicBoolean once = new AtomicBoolean();
        // Bob holds the lock, and the hub is gone before he can ask it for the money.
        bob.changed =
                (channel, memory) -> {
                    if (holdsLock(memory) && once.compareAndSet(false, true)) {
                        hub.close();
                    }
                };
        CompletableFuture<OutgoingPayment> payment = pay(alice, invoice(bob, 1_000));
        until(once::get);

        until(
                () -> {
                    chain.mineFinal(1);
                    return bob.memory(last) instanceof Ended;
                });
        assertThat(payment).isNotDone();
        hub.start();
        alice.reach(hub);

        assertThat(soon(payment).state()).isEqualTo(OutgoingPayment.State.PAID);
        until(() -> hub.holds(first)[1] == 0);
        assertThat(hub.holds(first)[0]).isEqualTo(101_012);
        assertThat(((Ended) bob.memory(last)).payouts().get(1)).isEqualTo(Amount.of(101_000));
    }

    private static boolean holdsLock(KnownChannel memory) {
        return memory instanceof Open open && !open.standing().position().state().locks().isEmpty();
    }

    @Test
    void whatNoSingleChannelCarriesIsPaidInPartsAndFailuresSayWhy() {
        PaymentNode alice = node("alice");
        PaymentNode hub = node("hub");
        PaymentNode bob = node("bob");
        ChannelId first = channel(alice, hub);
        ChannelId small = channel(hub, bob, Amount.of(6_000));
        ChannelId other = channel(hub, bob, Amount.of(6_000));
        knows(alice, 6);

        OutgoingPayment paid = soon(pay(alice, invoice(bob, 9_000)));
        OutgoingPayment failed = soon(pay(alice, invoice(bob, 50_000)));

        assertThat(paid.state()).isEqualTo(OutgoingPayment.State.PAID);
        assertThat(failed.state()).isEqualTo(OutgoingPayment.State.FAILED);
        assertThat(failed.reason()).contains("no way");
        until(() -> bob.holds(small)[1] + bob.holds(other)[1] == 0);
        assertThat(bob.holds(small)[0] + bob.holds(other)[0]).isEqualTo(12_000 + 9_000);
        assertThat(alice.holds(first)[0]).isEqualTo(100_000 - 9_000 - paid.fees().baseUnits());
    }

    @Test
    void aNodePaysItselfInACircle() {
        PaymentNode alice = node("alice");
        PaymentNode hub = node("hub");
        ChannelId out = channel(alice, hub);
        ChannelId in = channel(alice, hub);
        knows(alice, 4);

        OutgoingPayment paid =
                soon(
                        alice.payments()
                                .rebalance(out, in, Amount.of(5_000), Amount.of(100))
                                .toCompletableFuture());

        assertThat(paid.state()).isEqualTo(OutgoingPayment.State.PAID);
        until(() -> alice.holds(out)[1] + alice.holds(in)[1] == 0);
        assertThat(alice.holds(in)[0]).isEqualTo(105_000);
        assertThat(alice.holds(out)[0]).isEqualTo(100_000 - 5_052);
    }
}
