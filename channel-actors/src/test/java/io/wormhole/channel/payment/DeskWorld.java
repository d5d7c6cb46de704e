package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Nodes in a row, each a desk over a book that survives its crashes, a channel between each two
 * neighbours; everything else is lost in a crash.
 */
final class DeskWorld {
    static final HopPolicy POLICY = new HopPolicy(Amount.of(1), 0, 60, 40, 10);
    static final PaymentSettings SETTINGS = PaymentSettings.defaults(true).with(POLICY);
    static final long DEPOSIT = 1_000;

    final List<DeskNode> nodes = new ArrayList<>();
    final SplittableRandom random;
    private BlockHeight height = new BlockHeight(1_000);

    /** How often whoever looks for ways says what it found. */
    int timesFound = 1;

    DeskWorld(int count, SplittableRandom random) {
        this.random = random;
        for (int i = 0; i < count; i++) {
            nodes.add(new DeskNode(this, i));
        }
        for (int i = 0; i + 1 < count; i++) {
            connect(nodes.get(i), nodes.get(i + 1));
        }
        nodes.forEach(DeskNode::restart);
    }

    private static void connect(DeskNode one, DeskNode other) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.key.publicKey(), Amount.of(DEPOSIT)),
                                new Participant(other.key.publicKey(), Amount.of(DEPOSIT))),
                        1_000,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) one.at)));
        DeskEnd left = new DeskEnd(Side.open(one.key, terms, 0), other.at);
        DeskEnd right = new DeskEnd(Side.open(other.key, terms, 1), one.at);
        one.ends.put(left.id(), left);
        other.ends.put(right.id(), right);
    }

    ChannelGraph graph() {
        List<AnnouncedChannel> all = new ArrayList<>();
        for (DeskNode node : nodes) {
            for (DeskEnd end : node.ends.values()) {
                PublicKey partner = nodes.get(end.partner).key.publicKey();
                all.add(
                        new AnnouncedChannel(
                                end.id(),
                                node.key.publicKey(),
                                partner,
                                Amount.of(DEPOSIT),
                                Amount.of(1),
                                0,
                                POLICY.expiryBlocks()));
            }
        }
        return ChannelGraph.of(all);
    }

    /** The last node issues an invoice, and the first is told to pay it. */
    Invoice pay(long amount) {
        byte[] bytes = new byte[HashTimeLock.SECRET_SIZE];
        random.nextBytes(bytes);
        Bytes secret = Bytes.of(bytes);
        DeskNode payee = nodes.get(nodes.size() - 1);
        Invoice invoice =
                Invoice.of(
                        new Invoice.Terms(
                                TestNetwork.ID,
                                Amount.of(amount),
                                HashTimeLock.hashOf(secret),
                                height.plus(300),
                                60,
                                ""),
                        payee.key);
        payee.queue.give(new PaymentInput.Issue(invoice, secret, () -> {}));
        while (payee.book().invoice(invoice.hash()).isEmpty()) {
            payee.work(1_000, false);
        }
        payee.force();
        nodes.get(0)
                .queue
                .give(
                        new PaymentInput.Pay(
                                invoice,
                                Amount.of(100),
                                Optional.empty(),
                                new PaymentInput.PaymentListener() {
                                    @Override
                                    public void over(OutgoingPayment payment) {}

                                    @Override
                                    public void refused(String reason) {
                                        throw new AssertionError(reason);
                                    }
                                }));
        while (nodes.get(0).book().payment(invoice.hash()).isEmpty()) {
            nodes.get(0).work(1_000, false);
        }
        nodes.get(0).force();
        return invoice;
    }

    /** One random thing. */
    void somethingHappens() {
        DeskNode node = nodes.get(random.nextInt(nodes.size()));
        int choice = random.nextInt(100);
        if (choice < 40) {
            node.work(1 + random.nextInt(4), false);
        } else if (choice < 60) {
            node.offer();
        } else if (choice < 90) {
            deliverOne(node);
        } else if (choice < 93) {
            node.work(1 + random.nextInt(4), true);
        } else if (choice < 94) {
            node.restart();
        } else if (choice < 95) {
            node.losesJournal(1 + random.nextInt(4));
        } else if (choice < 96) {
            node.losesPower();
        } else if (choice < 98) {
            flip(node);
        } else if (height.isBefore(new BlockHeight(1_015))) {
            block();
        }
        settle();
    }

    private void settle() {
        for (DeskNode node : nodes) {
            boolean must = false;
            for (DeskEnd end : node.ends.values()) {
                must |= end.hasWhatMustBeOnDisk();
            }
            if (must) {
                node.force();
            }
            node.ends.values().forEach(node::notice);
        }
    }

    private void deliverOne(DeskNode node) {
        for (DeskEnd end : node.ends.values()) {
            if (end.up && !end.side.outbox.isEmpty()) {
                other(node, end).side.hears(end.side.says());
                return;
            }
        }
    }

    private DeskEnd other(DeskNode node, DeskEnd end) {
        return nodes.get(end.partner).ends.values().stream()
                .filter(it -> it.partner == node.at)
                .findFirst()
                .orElseThrow();
    }

    // What was on its way is lost, and said again when the link is up.
    private void flip(DeskNode node) {
        List<DeskEnd> ends = List.copyOf(node.ends.values());
        DeskEnd end = ends.get(random.nextInt(ends.size()));
        setUp(node, end, !end.up);
    }

    void setUp(DeskNode node, DeskEnd end, boolean up) {
        DeskEnd far = other(node, end);
        DeskNode partner = nodes.get(end.partner);
        if (end.up == up) {
            return;
        }
        end.up = up;
        far.up = up;
        end.side.outbox.clear();
        far.side.outbox.clear();
        node.queue.give(up ? node.linked(end) : new PaymentInput.Unlinked(partner.key.publicKey()));
        partner.queue.give(
                up ? partner.linked(far) : new PaymentInput.Unlinked(node.key.publicKey()));
        if (up) {
            end.side.does(new ChannelAction.Connected());
            far.side.does(new ChannelAction.Connected());
        }
    }

    void heal() {
        for (DeskNode node : nodes) {
            for (DeskEnd end : node.ends.values()) {
                setUp(node, end, false);
                setUp(node, end, true);
            }
        }
    }

    BlockHeight height() {
        return height;
    }

    private void block() {
        height = height.plus(1);
        nodes.forEach(node -> node.queue.give(new PaymentInput.BlockSeen(height, Map.of())));
    }

    void passBlocks(int count) {
        for (int i = 0; i < count; i++) {
            block();
            runUntilQuiet();
        }
    }

    void runUntilQuiet() {
        for (int i = 0; i < 20_000; i++) {
            boolean any = false;
            for (DeskNode node : nodes) {
                any |= node.work(100, false);
                any |= node.offer();
                for (DeskEnd end : node.ends.values()) {
                    any |= !end.side.outbox.isEmpty();
                }
                deliverOne(node);
            }
            settle();
            any |= nodes.stream().anyMatch(node -> !node.queue.isEmpty());
            if (!any) {
                return;
            }
        }
        throw new AssertionError("it never ends: " + this);
    }

    /** No relay has given more than it holds or is owed by a lock. */
    void checkNobodyIsExposed() {
        for (DeskNode node : nodes.subList(1, nodes.size() - 1)) {
            if (node.gain() + node.locked() < 0) {
                throw new AssertionError("relay " + node.at + " may lose: " + this);
            }
        }
    }

    long locked() {
        return nodes.stream().mapToLong(DeskNode::locked).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("height " + height);
        for (DeskNode node : nodes) {
            text.append("\n").append(node.at).append(": gain ").append(node.gain());
            text.append(", locked ").append(node.locked());
            node.book().hops().forEach(hop -> text.append("\n   ").append(hop));
        }
        return text.toString();
    }
}
