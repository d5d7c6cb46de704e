package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.wire.MessageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network of up to ten nodes around hubs or in a row, payments between any of them, one chain,
 * and some nodes that break every rule from some moment on and share what they know. Links break,
 * machines crash between any two things that they do, and lose what was not forced to the disk; the
 * chain has little room, its prices jump and its blocks are undone. All follows from the seed.
 */
final class MarketWorld {
    /** What is wrong with it, to see whether that is found. */
    enum Fault {
        NONE,
        /** A state that is shown later undoes what the chain ran. */
        FORGETFUL_CHAIN,
        /** Nobody raises the price of what waits. */
        STINGY_WALLETS
    }

    static final long DEPOSIT = 1_000;
    static final int MOST_NODES = 10;
    static final HopPolicy POLICY = new HopPolicy(Amount.of(1), 0, 60, 40, 10);
    private static final PaymentSettings SETTINGS = PaymentSettings.defaults(true).with(POLICY);
    private static final int COUNTDOWN = 400;
    private static final int LIVELY_BLOCKS = 60;
    private static final int MOST_BLOCKS = 700;
    private static final int MOST_IN_A_ROW = 5;
    private static final int MOST_PAYMENTS = 8;

    final SplittableRandom random;
    final Fault fault;
    final MarketChain chain;
    final List<MarketNode> nodes = new ArrayList<>();
    final Map<Integer, MarketRogue> rogues = new HashMap<>();
    final MarketPayments payments = new MarketPayments(this);

    /** What the rogues know. */
    final Set<Bytes> secrets = new HashSet<>();

    private int now;
    private int mishaps;

    MarketWorld(long seed, Fault fault) {
        this.random = new SplittableRandom(seed);
        this.fault = fault;
        int count = 2 + random.nextInt(MOST_NODES - 1);
        Map<Address, Amount> money = new HashMap<>();
        for (int i = 0; i < count; i++) {
            money.put(MarketNode.key(i).address(), Amount.of(1L << 50));
        }
        this.chain = new MarketChain(random, money, fault != Fault.FORGETFUL_CHAIN);
        for (int i = 0; i < count; i++) {
            nodes.add(new MarketNode(i, this, chain, SETTINGS));
        }
        boolean row = count <= MOST_IN_A_ROW && random.nextBoolean();
        int hubs = 1 + random.nextInt(3);
        for (int i = 1; i < count; i++) {
            connect(nodes.get(row ? i - 1 : random.nextInt(Math.min(i, hubs))), nodes.get(i));
        }
        chain.setRoom(2 + count);
        int bad = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(Math.min(3, count - 1));
        for (int i = 0; i < bad; i++) {
            int at = random.nextInt(count);
            rogues.put(at, new MarketRogue(this, nodes.get(at), random.nextInt(LIVELY_BLOCKS)));
        }
        nodes.forEach(MarketNode::restart);
    }

    private void connect(MarketNode one, MarketNode other) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.key.publicKey(), Amount.of(DEPOSIT)),
                                new Participant(other.key.publicKey(), Amount.of(DEPOSIT))),
                        COUNTDOWN,
                        random.nextBoolean()
                                ? CloseRule.CLOSE_AT_ONCE
                                : CloseRule.RESTART_COUNTDOWN,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) one.at, (byte) other.at)));
        chain.open(terms, one.key, other.key);
        MarketEnd left = new MarketEnd(one.key, terms, 0, other.at);
        MarketEnd right = new MarketEnd(other.key, terms, 1, one.at);
        one.ends.put(left.id, left);
        other.ends.put(right.id, right);
    }

    MarketNode node(int at) {
        return nodes.get(at);
    }

    boolean isHonest(int at) {
        return !rogues.containsKey(at);
    }

    private MarketRogue rogue(int at) {
        return requireNonNull(rogues.get(at));
    }

    boolean isWild(int at) {
        return !isHonest(at) && rogue(at).from <= now;
    }

    /** Whoever breaks the rules goes to the chain by itself, until it has to end the channel. */
    boolean isBlind(MarketNode node, MarketEnd end) {
        return isWild(node.at) && isHonest(end.partner) && isOpen(end.side);
    }

    int now() {
        return now;
    }

    // ---- links ----------------------------------------------------------------------------------

    void say(MarketNode from, PaymentEffect.Say say) {
        for (MarketEnd end : from.ends.values()) {
            MarketNode partner = nodes.get(end.partner);
            boolean says = !isWild(from.at) || random.nextInt(4) > 0;
            if (end.up && says && partner.key.publicKey().equals(say.partner())) {
                partner.give(new PaymentInput.Heard(from.key.publicKey(), say.message()));
            }
        }
    }

    MarketEnd other(MarketEnd end) {
        return requireNonNull(nodes.get(end.partner).ends.get(end.id));
    }

    // What was on its way is lost, and said again when the link is up.
    void setUp(MarketNode node, MarketEnd end, boolean up) {
        if (end.up == up) {
            return;
        }
        MarketEnd far = other(end);
        MarketNode partner = nodes.get(end.partner);
        end.up = up;
        far.up = up;
        end.side.outbox.clear();
        far.side.outbox.clear();
        node.give(up ? node.linked(end) : new PaymentInput.Unlinked(partner.key.publicKey()));
        partner.give(up ? partner.linked(far) : new PaymentInput.Unlinked(node.key.publicKey()));
        if (up) {
            end.side.does(new ChannelAction.Connected());
            far.side.does(new ChannelAction.Connected());
        }
    }

    private boolean deliver(MarketNode node, MarketEnd end) {
        if (!end.up || end.side.outbox.isEmpty()) {
            return false;
        }
        ChannelMessage message = end.side.says();
        if (now < LIVELY_BLOCKS && random.nextInt(60) == 0) {
            return disorder(end, message);
        }
        if (isHonest(node.at)) {
            end.leaves(message);
            payments.notice(node, message);
        } else {
            rogue(node.at).mine(end);
        }
        MarketEnd far = other(end);
        if (isWild(end.partner)) {
            rogue(end.partner).hears(far, message);
        }
        boolean lost =
                (isWild(node.at) && rogue(node.at).isSilent(end))
                        || (isWild(end.partner) && rogue(end.partner).isSilent(far));
        if (!lost) {
            far.side.hears(MessageCodec.decode(MessageCodec.encode(message)));
        }
        return true;
    }

    // A link loses, doubles or swaps messages only by breaking; here it may at any time.
    private boolean disorder(MarketEnd end, ChannelMessage message) {
        int choice = random.nextInt(4);
        if (choice == 0) {
            end.side.outbox.addLast(message);
        } else if (choice == 1) {
            end.side.outbox.addFirst(message);
            end.side.outbox.addFirst(message);
        } else if (choice == 2) {
            end.side.outbox.addFirst(message);
            end.side.outbox.addLast(message);
        }
        // Otherwise it is lost.
        return true;
    }

    // ---- time -----------------------------------------------------------------------------------

    /** Runs it until every honest node is done and has left its bad partners. */
    void run() {
        for (now = 0; now < LIVELY_BLOCKS; now++) {
            if (random.nextInt(8) == 0 && payments.invoices.size() < MOST_PAYMENTS) {
                payments.begin();
            }
            tick(true);
        }
        heal();
        for (; now < MOST_BLOCKS && !isQuiet(); now++) {
            tick(false);
        }
        leave();
        for (int end = now + 3 * COUNTDOWN; now < end && !(isOver() && isQuiet()); now++) {
            tick(false);
        }
        MarketVerdict.judge(this);
    }

    private void tick(boolean lively) {
        chain.tick(!lively);
        nodes.forEach(MarketNode::lookAtChain);
        mishaps = lively ? random.nextInt(3) : 0;
        boolean moved = true;
        for (int i = 0; i < 12 && moved; i++) {
            moved = false;
            for (MarketNode node : nodes) {
                moved |= round(node);
            }
            MarketVerdict.check(this);
        }
        rogues.values().stream().filter(it -> it.from <= now).forEach(MarketRogue::act);
        nodes.forEach(MarketNode::settle);
    }

    private boolean round(MarketNode node) {
        boolean moved = node.work(1 + random.nextInt(6));
        perhapsMishap(node);
        node.settle();
        moved |= node.offer();
        perhapsMishap(node);
        node.settle();
        for (MarketEnd end : node.ends.values()) {
            moved |= deliver(node, end);
            perhapsMishap(nodes.get(end.partner));
            nodes.get(end.partner).settle();
        }
        return moved;
    }

    // Whatever a machine was at, it may be cut off there.
    private void perhapsMishap(MarketNode node) {
        if (mishaps > 0 && random.nextInt(8) == 0) {
            mishaps--;
            mishap(node);
        }
    }

    private void mishap(MarketNode node) {
        int choice = random.nextInt(10);
        if (choice < 2) {
            node.diesAfterStoring(1 + random.nextInt(4), random.nextBoolean());
        } else if (choice < 3) {
            node.losesJournal(1 + random.nextInt(4));
        } else if (choice < 5) {
            node.losesPower();
        } else if (choice < 6) {
            node.restart();
        } else {
            List<MarketEnd> ends = List.copyOf(node.ends.values());
            MarketEnd end = ends.get(random.nextInt(ends.size()));
            setUp(node, end, !end.up);
        }
    }

    private void heal() {
        for (MarketNode node : nodes) {
            for (MarketEnd end : node.ends.values()) {
                setUp(node, end, false);
                setUp(node, end, true);
            }
        }
    }

    private boolean isQuiet() {
        return honest().stream()
                .allMatch(
                        it ->
                                it.book().hopCount() == 0
                                        && it.book().openPayments().isEmpty()
                                        && it.isIdle());
    }

    List<MarketNode> honest() {
        return nodes.stream().filter(it -> isHonest(it.at)).toList();
    }

    private void leave() {
        for (MarketNode node : honest()) {
            for (MarketEnd end : node.ends.values()) {
                if (!isHonest(end.partner) && !end.isOver()) {
                    end.side.does(new ChannelAction.Dispute(Optional.empty()));
                }
            }
        }
    }

    private boolean isOver() {
        return honest().stream()
                .flatMap(it -> it.ends.values().stream())
                .allMatch(end -> end.isOver() || end.side.memory() instanceof Open);
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** A side that still talks. */
    static boolean isOpen(Side side) {
        return side.memory() instanceof Open;
    }
}
