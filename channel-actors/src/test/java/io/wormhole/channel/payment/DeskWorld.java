package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.channel.route.PartPlanner;
import io.wormhole.channel.route.Route;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final PaymentSettings SETTINGS = PaymentSettings.defaults(true).with(POLICY);
    private static final long DEPOSIT = 1_000;

    final List<Node> nodes = new ArrayList<>();
    private final SplittableRandom random;
    private BlockHeight height = new BlockHeight(1_000);

    /** How often whoever looks for ways says what it found. */
    int timesFound = 1;

    /** One end of a channel. */
    private static final class End {
        private Side side;
        private ChannelMemory onDisk;
        private ChannelMemory moved;
        private final int partner;
        private final AskedOfChannel asked = new AskedOfChannel();
        private boolean up = true;

        End(Side side, int partner) {
            this.side = side;
            this.onDisk = side.memory();
            this.moved = side.memory();
            this.partner = partner;
        }

        private boolean hasWhatMustBeOnDisk() {
            boolean has = !side.events.stream().allMatch(ChannelEvent::isSoonEnough);
            side.events.clear();
            return has;
        }

        ChannelId id() {
            return ((Open) side.memory()).party().id();
        }
    }

    /** One node: what it stored, and what it has only in its memory. */
    final class Node {
        private final int at;
        final KeyPair key;
        private final List<PaymentEvent> stored = new ArrayList<>();
        private int onDisk;
        final Map<ChannelId, End> ends = new HashMap<>();
        private PaymentQueue queue = new PaymentQueue();
        private PaymentDesk desk;
        private PaymentBook book;

        Node(int at) {
            this.at = at;
            byte[] seed = new byte[KeyPair.SEED_SIZE];
            seed[0] = (byte) (at + 1);
            this.key = KeyPair.ofSeed(Bytes.of(seed));
            this.book = new PaymentBook();
            this.desk = new PaymentDesk(book, SETTINGS, key.publicKey());
        }

        /** The machine starts again, and its links come up. */
        void restart() {
            queue = new PaymentQueue();
            ends.values().stream().filter(end -> end.up).map(this::linked).forEach(queue::give);
            revive();
        }

        /** The desk alone starts again, over what is stored. */
        private void revive() {
            queue.broken();
            book = new PaymentBook();
            stored.forEach(book::apply);
            PaymentBook copy = new PaymentBook();
            book.asEvents().forEach(copy::apply);
            if (!copy.asEvents().equals(book.asEvents())) {
                throw new AssertionError("a snapshot tells something else than the events");
            }
            desk = new PaymentDesk(book, SETTINGS, key.publicKey());
            desk.resume();
            ends.values().forEach(end -> end.asked.forgetWaiting());
            List<PaymentInput> first = queue.recovered();
            for (int i = 0; i < 4; i++) {
                queue.give(new PaymentInput.BlockSeen(height, Map.of()));
            }
            take(first);
        }

        private boolean take(List<PaymentInput> batch) {
            PaymentDesk.Outcome outcome = desk.take(batch);
            store(outcome);
            queue.stored();
            outcome.effects().forEach(this::carryOut);
            AskedOfChannel.in(outcome.effects())
                    .forEach((channel, asks) -> requireNonNull(ends.get(channel)).asked.add(asks));
            queue.done();
            return !batch.isEmpty() || !outcome.events().isEmpty();
        }

        private void store(PaymentDesk.Outcome outcome) {
            stored.addAll(outcome.events());
            if (!outcome.events().stream().allMatch(PaymentEvent::isSoonEnough)) {
                force();
            }
        }

        /** The disk has all, of the desk and of the channels: they share a log. */
        void force() {
            onDisk = stored.size();
            ends.values().forEach(end -> end.onDisk = end.side.memory());
        }

        /** The machine starts again, without what was not forced. */
        void losesPower() {
            List<End> up = ends.values().stream().filter(end -> end.up).toList();
            up.forEach(end -> setUp(this, end, false));
            stored.subList(onDisk, stored.size()).clear();
            for (End end : ends.values()) {
                end.side = new Side(key, end.onDisk, new VmContracts());
                end.moved = end.onDisk;
                end.asked.forgetOffered();
            }
            restart();
            up.forEach(end -> setUp(this, end, true));
        }

        /** Takes some inputs, and cannot store what comes of them. */
        void losesJournal(int most) {
            PaymentDesk.Outcome outcome = desk.take(queue.next(most));
            if (!outcome.events().isEmpty()) {
                queue.decided();
            }
            revive();
        }

        private PaymentInput linked(End end) {
            return new PaymentInput.Linked(nodes.get(end.partner).key.publicKey());
        }

        /** Takes some inputs; whether anything came of it. */
        boolean work(int most, boolean dies) {
            List<PaymentInput> batch = queue.next(most);
            if (!dies) {
                return take(batch);
            }
            // Stored, and nothing of it done.
            store(desk.take(batch));
            queue.stored();
            if (random.nextBoolean()) {
                restart();
            } else {
                revive();
            }
            return true;
        }

        private void carryOut(PaymentEffect effect) {
            if (effect instanceof PaymentEffect.Look look) {
                End end = requireNonNull(ends.get(look.channel()));
                queue.give(
                        new PaymentInput.ChannelSeen(
                                look.channel(), end.side.memory(), Optional.empty()));
            } else if (effect instanceof PaymentEffect.Say say) {
                say(say);
            } else if (effect instanceof PaymentEffect.FindRoutes find) {
                List<Route> found = routes(find.wish());
                for (int i = 0; i < timesFound; i++) {
                    queue.give(new PaymentInput.RoutesFound(find.wish().invoice().hash(), found));
                }
            } else if (effect instanceof PaymentEffect.Later later) {
                queue.give(new PaymentInput.Retry(later.key()));
            } else if (effect instanceof PaymentEffect.Tell tell) {
                tell.message().run();
            } else if (effect instanceof PaymentEffect.Force) {
                throw new AssertionError("nobody is silent for as long: " + DeskWorld.this);
            }
        }

        private void say(PaymentEffect.Say say) {
            for (End end : ends.values()) {
                Node partner = nodes.get(end.partner);
                if (end.up && partner.key.publicKey().equals(say.partner())) {
                    partner.queue.give(new PaymentInput.Heard(key.publicKey(), say.message()));
                }
            }
        }

        private List<Route> routes(PaymentEffect.RouteWish wish) {
            ChannelGraph.Wish way =
                    new ChannelGraph.Wish(
                            key.publicKey(),
                            wish.invoice().payee(),
                            wish.amount(),
                            wish.height(),
                            wish.invoice().finalBlocks());
            return new PartPlanner(wish.maximumFee(), wish.mostParts())
                    .plan(graph(), way, wish.avoided());
        }

        /** The channels make an offer of what was asked, when they are free. */
        boolean offer() {
            boolean any = false;
            for (End end : ends.values()) {
                if (!end.asked.isEmpty() && end.side.standing().offer().isEmpty()) {
                    end.asked.offer(end.side, queue::give);
                    any = true;
                }
            }
            return any;
        }

        void notice(End end) {
            List<Effect> effects = List.copyOf(end.side.effects);
            end.side.effects.clear();
            if (end.moved != end.side.memory()) {
                end.moved = end.side.memory();
                queue.give(new PaymentInput.ChannelMoved(end.id(), end.moved));
            }
            end.asked.hear(effects, queue::give);
        }

        long gain() {
            return ends.values().stream().mapToLong(end -> end.side.balance() - DEPOSIT).sum();
        }

        long locked() {
            return ends.values().stream()
                    .flatMap(end -> end.side.standing().position().state().locks().stream())
                    .mapToLong(lock -> lock.locked().baseUnits())
                    .sum();
        }

        PaymentBook book() {
            return book;
        }
    }

    DeskWorld(int count, SplittableRandom random) {
        this.random = random;
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(i));
        }
        for (int i = 0; i + 1 < count; i++) {
            connect(nodes.get(i), nodes.get(i + 1));
        }
        nodes.forEach(Node::restart);
    }

    private static void connect(Node one, Node other) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.key.publicKey(), Amount.of(DEPOSIT)),
                                new Participant(other.key.publicKey(), Amount.of(DEPOSIT))),
                        1_000,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) one.at)));
        End left = new End(Side.open(one.key, terms, 0), other.at);
        End right = new End(Side.open(other.key, terms, 1), one.at);
        one.ends.put(left.id(), left);
        other.ends.put(right.id(), right);
    }

    private ChannelGraph graph() {
        List<AnnouncedChannel> all = new ArrayList<>();
        for (Node node : nodes) {
            for (End end : node.ends.values()) {
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
        Node payee = nodes.get(nodes.size() - 1);
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
        Node node = nodes.get(random.nextInt(nodes.size()));
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
        for (Node node : nodes) {
            boolean must = false;
            for (End end : node.ends.values()) {
                must |= end.hasWhatMustBeOnDisk();
            }
            if (must) {
                node.force();
            }
            node.ends.values().forEach(node::notice);
        }
    }

    private void deliverOne(Node node) {
        for (End end : node.ends.values()) {
            if (end.up && !end.side.outbox.isEmpty()) {
                other(node, end).side.hears(end.side.says());
                return;
            }
        }
    }

    private End other(Node node, End end) {
        return nodes.get(end.partner).ends.values().stream()
                .filter(it -> it.partner == node.at)
                .findFirst()
                .orElseThrow();
    }

    // What was on its way is lost, and said again when the link is up.
    private void flip(Node node) {
        List<End> ends = List.copyOf(node.ends.values());
        End end = ends.get(random.nextInt(ends.size()));
        setUp(node, end, !end.up);
    }

    private void setUp(Node node, End end, boolean up) {
        End far = other(node, end);
        Node partner = nodes.get(end.partner);
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
        for (Node node : nodes) {
            for (End end : node.ends.values()) {
                setUp(node, end, false);
                setUp(node, end, true);
            }
        }
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
            for (Node node : nodes) {
                any |= node.work(100, false);
                any |= node.offer();
                for (End end : node.ends.values()) {
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
        for (Node node : nodes.subList(1, nodes.size() - 1)) {
            if (node.gain() + node.locked() < 0) {
                throw new AssertionError("relay " + node.at + " may lose: " + this);
            }
        }
    }

    long locked() {
        return nodes.stream().mapToLong(Node::locked).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("height " + height);
        for (Node node : nodes) {
            text.append("\n").append(node.at).append(": gain ").append(node.gain());
            text.append(", locked ").append(node.locked());
            node.book().hops().forEach(hop -> text.append("\n   ").append(hop));
        }
        return text.toString();
    }
}
