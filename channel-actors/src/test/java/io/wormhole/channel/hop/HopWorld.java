package io.wormhole.channel.hop;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Parties in a row, a channel between each two neighbours, and one payment from end to end. */
final class HopWorld {
    static final HopPolicy POLICY = new HopPolicy(Amount.of(1), 0, 60, 40, 10);
    static final BlockHeight START = new BlockHeight(1_000);
    private static final long DEPOSIT = 1_000;
    private static final long AMOUNT = 30;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Long> less = new HashMap<>();
    private final Map<Integer, BlockHeight> expiries = new HashMap<>();
    private final Set<Integer> silent = new HashSet<>();
    private final Bytes secret;
    private final Hash hash;
    private BlockHeight height = START;
    private long shorter;

    /** One party: its ends of the channels to its neighbours, and what it stored. */
    private final class Node {
        private final int at;
        private final KeyPair key;
        private Optional<Side> left = Optional.empty();
        private Optional<Side> right = Optional.empty();
        private Optional<HopPayment> payment = Optional.empty();

        Node(int at) {
            this.at = at;
            byte[] seed = new byte[KeyPair.SEED_SIZE];
            seed[0] = (byte) (at + 1);
            this.key = KeyPair.ofSeed(Bytes.of(seed));
        }

        HopRules.Surroundings surroundings() {
            return new HopRules.Surroundings(
                    left.map(side -> (Open) side.memory()),
                    right.map(side -> (Open) side.memory()),
                    height);
        }

        HopStep next() {
            return new HopRules(POLICY).next(payment.orElseThrow(), surroundings());
        }

        /** Whether anything changed. */
        boolean act() {
            if (payment.isEmpty()) {
                return false;
            }
            HopStep step = next();
            if (step instanceof HopStep.Remember remember) {
                payment = payment.map(it -> it.knowing(remember.secret(), Optional.empty()));
                return true;
            } else if (step instanceof HopStep.RememberLock) {
                payment = payment.map(HopPayment::afterLock);
                return true;
            } else if (step instanceof HopStep.Request request) {
                Side side = sideOf(request.channel());
                if (side.standing().offer().isPresent()) {
                    return false;
                }
                side.does(
                        new ChannelAction.MakeOffer(
                                new Offer(request.request(), request.update(), Optional.empty())));
                return side.refusal.isEmpty();
            }
            return false;
        }

        private Side sideOf(ChannelId channel) {
            return left.filter(side -> id(side).equals(channel)).or(() -> right).orElseThrow();
        }

        long gain() {
            return left.map(Side::balance).orElse(DEPOSIT)
                    + right.map(Side::balance).orElse(DEPOSIT)
                    - 2 * DEPOSIT;
        }
    }

    HopWorld(int count, long seed) {
        this(count, seed, 1_000);
    }

    HopWorld(int count, long seed, long countdownBlocks) {
        byte[] bytes = new byte[HashTimeLock.SECRET_SIZE];
        new SplittableRandom(seed).nextBytes(bytes);
        this.secret = Bytes.of(bytes);
        this.hash = HashTimeLock.hashOf(secret);
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(i));
        }
        for (int i = 0; i + 1 < count; i++) {
            connect(nodes.get(i), nodes.get(i + 1), countdownBlocks);
        }
    }

    private static void connect(Node one, Node other, long countdownBlocks) {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.key.publicKey(), Amount.of(DEPOSIT)),
                                new Participant(other.key.publicKey(), Amount.of(DEPOSIT))),
                        countdownBlocks,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) one.at)));
        one.right = Optional.of(Side.open(one.key, terms, 0));
        other.left = Optional.of(Side.open(other.key, terms, 1));
    }

    private static ChannelId id(Side side) {
        return ((Open) side.memory()).party().id();
    }

    /** This relay's outgoing leg takes so much more than it should. */
    void payLess(int node, long units) {
        less.put(node, units);
    }

    /** This node's outgoing leg expires then. */
    void expireAt(int node, BlockHeight end) {
        expiries.put(node, end);
    }

    /** The first leg expires so many blocks after the second alone. */
    void shortenFirst(long blocks) {
        shorter = POLICY.expiryBlocks() - blocks;
    }

    /** All know of the payment; the payee knows the secret or not. */
    void begin(boolean payeeKnows) {
        long lock = LockIds.of(hash, 0);
        int last = nodes.size() - 1;
        for (Node node : nodes) {
            int behind = last - 1 - node.at;
            Optional<HopPayment.Incoming> incoming =
                    node.left.map(side -> new HopPayment.Incoming(id(side), lock));
            Optional<HopPayment.Outgoing> outgoing =
                    node.right.map(
                            side ->
                                    new HopPayment.Outgoing(
                                            id(side),
                                            lock,
                                            Amount.of(
                                                    AMOUNT
                                                            + behind
                                                            + less.getOrDefault(node.at, 0L)),
                                            expiry(node.at, behind)));
            node.payment =
                    node.at == last && !payeeKnows
                            ? Optional.empty()
                            : Optional.of(
                                    new HopPayment(
                                            hash,
                                            incoming,
                                            outgoing,
                                            node.at == last
                                                    ? Optional.of(secret)
                                                    : Optional.empty(),
                                            false,
                                            false));
        }
    }

    private BlockHeight expiry(int node, int behind) {
        if (expiries.containsKey(node)) {
            return requireNonNull(expiries.get(node));
        }
        long blocks = POLICY.openBlocks() + 20 + behind * POLICY.expiryBlocks();
        return START.plus(node == 0 ? blocks - shorter : blocks);
    }

    // The payee acts when the lock is there, which its rules see by themselves.
    private boolean act(Node node) {
        boolean payee = node.right.isEmpty();
        if (payee
                && node.payment.isPresent()
                && HopRules.payable((Open) node.left.orElseThrow().memory(), LockIds.of(hash, 0))
                        .isEmpty()) {
            return false;
        }
        return node.act();
    }

    void runUntilQuiet() {
        for (int i = 0; i < 1_000; i++) {
            boolean changed = false;
            for (Node node : nodes) {
                changed |= act(node);
            }
            changed |= deliverAll();
            if (!changed) {
                return;
            }
        }
        throw new AssertionError("it never ends: " + this);
    }

    private boolean deliverAll() {
        boolean any = false;
        for (int i = 0; i + 1 < nodes.size(); i++) {
            Side one = nodes.get(i).right.orElseThrow();
            Side other = nodes.get(i + 1).left.orElseThrow();
            any |= !one.outbox.isEmpty() || !other.outbox.isEmpty();
            Side.talk(one, other);
        }
        return any;
    }

    void pass(long blocks) {
        height = height.plus(blocks);
    }

    void passSlowly(long blocks) {
        for (long i = 0; i < blocks; i += 5) {
            pass(5);
            runUntilQuiet();
        }
    }

    void silence(int node) {
        silent.add(node);
    }

    /** One random thing of a bad day; nobody is lost for good. */
    void somethingHappens(SplittableRandom random) {
        int at = random.nextInt(nodes.size());
        int choice = random.nextInt(10);
        if (choice < 5) {
            act(nodes.get(at));
        } else if (choice < 8 && at + 1 < nodes.size()) {
            deliverOne(at, random);
        } else if (choice < 9 && at + 1 < nodes.size()) {
            Side.reconnect(nodes.get(at).right.orElseThrow(), nodes.get(at + 1).left.orElseThrow());
        } else if (height.isBefore(START.plus(15))) {
            pass(1);
        }
    }

    private void deliverOne(int at, SplittableRandom random) {
        Side one = nodes.get(at).right.orElseThrow();
        Side other = nodes.get(at + 1).left.orElseThrow();
        boolean forth = random.nextBoolean();
        Side from = forth ? one : other;
        Side to = forth ? other : one;
        if (!from.outbox.isEmpty()) {
            to.hears(from.says());
        }
    }

    void heal() {
        for (int i = 0; i + 1 < nodes.size(); i++) {
            Side.reconnect(nodes.get(i).right.orElseThrow(), nodes.get(i + 1).left.orElseThrow());
        }
    }

    void untilSecretIsShownTo(int at) {
        for (int i = 0; i < 1_000; i++) {
            if (nodes.get(at).payment.orElseThrow().secret().isPresent()) {
                return;
            }
            for (Node node : nodes) {
                if (node.at > at || nodes.get(at).payment.orElseThrow().secret().isEmpty()) {
                    act(node);
                }
            }
            deliverAll();
        }
        throw new AssertionError("the secret is never shown");
    }

    long blocksUntilForce(int at) {
        return nodes.get(at - 1).payment.orElseThrow().outgoing().orElseThrow().expiry().value()
                - POLICY.nearBlocks()
                - height.value();
    }

    HopStep step(int at) {
        return nodes.get(at).next();
    }

    /** No relay has an outgoing lock, or a paid one, without the incoming lock or its money. */
    void checkNobodyIsExposed() {
        for (Node node : nodes.subList(1, nodes.size() - 1)) {
            long in = held(node.left.orElseThrow());
            long out = held(node.right.orElseThrow());
            long gain = node.gain();
            // Money in its own outgoing lock is its own until the secret is shown.
            boolean exposed = gain + in < 0;
            if (exposed) {
                throw new AssertionError(
                        "relay %d has %d, %d locked for it, %d locked by it: %s"
                                .formatted(node.at, gain, in, out, this));
            }
        }
    }

    private static long held(Side side) {
        return side.standing().position().state().locks().stream()
                .mapToLong(lock -> lock.locked().baseUnits())
                .sum();
    }

    int locks() {
        return nodes.stream()
                .flatMap(node -> node.right.stream())
                .mapToInt(side -> side.standing().position().state().locks().size())
                .sum();
    }

    long[] gains() {
        return nodes.stream().mapToLong(Node::gain).toArray();
    }

    boolean paidOrNot() {
        long[] gains = gains();
        int last = nodes.size() - 1;
        boolean paid = gains[last] == AMOUNT;
        boolean none = gains[last] == 0;
        for (int i = 1; i < last; i++) {
            paid &= gains[i] == 1;
            none &= gains[i] == 0;
        }
        return (paid && gains[0] == -AMOUNT - (last - 1)) || (none && gains[0] == 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("height " + height);
        for (Node node : nodes) {
            text.append("\n").append(node.at).append(": gain ").append(node.gain());
            node.payment.ifPresent(it -> text.append(", next ").append(node.next()));
            node.right.ifPresent(
                    side ->
                            text.append(", ")
                                    .append(side.standing().position().state().locks().size())
                                    .append(" locks, refused ")
                                    .append(side.refusal)
                                    .append(side.told(Effect.TellDropped.class)));
        }
        return text.toString();
    }
}
