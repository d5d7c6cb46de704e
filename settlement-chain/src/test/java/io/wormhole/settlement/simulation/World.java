package io.wormhole.settlement.simulation;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Time, chance and the wires between simulated nodes. All that happens follows from the plan and
 * its seed: a run can be repeated exactly.
 */
final class World implements AutoCloseable {
    private static final Amount WEALTH = Amount.of(1_000_000_000_000L);
    private static final long TICK_MILLIS = 1_000;
    private static final long RESUBMIT_MILLIS = 3_000;
    private static final int USERS = 3;
    private static final int FIRST_USER_KEY = 100;

    final SharedWork shared;
    final Plan plan;
    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<SignedTransaction> sent = new ArrayList<>();

    /** How often things have happened, by name. */
    final TreeMap<String, Integer> counts = new TreeMap<>();

    private final TreeMap<Integer, Integer> moved = new TreeMap<>();
    final List<String> wrongBans = new ArrayList<>();
    private final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now = SharedWork.GENESIS_MILLIS;
    private long count;
    private long trace = 1;

    private record Event(long at, long number, Runnable action) {}

    World(Plan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        TreeMap<Address, Amount> accounts = new TreeMap<>();
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        for (int id = 0; id < plan.size(); id++) {
            accounts.put(SharedWork.key(id).address(), WEALTH);
            stakes.put(SharedWork.key(id).address(), plan.stakeOf(id));
        }
        for (int user = 0; user < USERS; user++) {
            accounts.put(SharedWork.key(FIRST_USER_KEY + user).address(), WEALTH);
        }
        this.shared = new SharedWork(accounts, stakes);
        for (int id = 0; id < plan.size(); id++) {
            SimulatedNode node =
                    plan.tricks().containsKey(id)
                            ? new Traitor(this, id, plan.tricks().get(id))
                            : new SimulatedNode(this, id, Optional.empty());
            node.clockOffsetMillis = plan.clockOffsets().getOrDefault(id, 0L);
            node.isCareless = plan.careless() == id;
            nodes.add(node);
        }
    }

    long now() {
        return now;
    }

    /** Virtual time since the beginning. */
    long elapsed() {
        return now - SharedWork.GENESIS_MILLIS;
    }

    boolean isTroubled() {
        return elapsed() >= plan.troubleFrom() && elapsed() < plan.troubleTo();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + Math.max(0, millis), count++, action));
    }

    List<SimulatedNode> honest() {
        return nodes.stream().filter(node -> !(node instanceof Traitor)).toList();
    }

    // --- run -------------------------------------------------------------------------------------

    /** Plays the whole plan. */
    World play() {
        for (SimulatedNode node : nodes) {
            after(below((int) TICK_MILLIS), () -> tick(node));
            nextBlock(node);
        }
        for (int number = 0; number < plan.transfers(); number++) {
            int which = number;
            after(1_000 + number * plan.transferEveryMillis(), () -> transfer(which));
        }
        plan.crashes().forEach((at, id) -> after(at, () -> crash(id)));
        while (elapsed() < plan.end() && !events.isEmpty()) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
        }
        return this;
    }

    private void tick(SimulatedNode node) {
        if (node.isUp) {
            node.tick();
        }
        after(TICK_MILLIS, () -> tick(node));
    }

    private void nextBlock(SimulatedNode node) {
        if (plan.powerOf(node.id) <= 0) {
            return;
        }
        double mean = SharedWork.SPACING_MILLIS / plan.powerOf(node.id);
        after(
                (long) (-mean * Math.log(1 - random.nextDouble())),
                () -> {
                    if (node.isUp) {
                        node.mine();
                    }
                    nextBlock(node);
                });
    }

    void crash(int id) {
        SimulatedNode node = nodes.get(id);
        if (node.isUp) {
            node.crash(below(6));
            after(500 + below(4_000), node::restart);
        }
    }

    /** Whether a node dies at this very moment, between writing and sending. */
    boolean crashesNow(int id) {
        if (isTroubled() && chance(plan.crashAtVote())) {
            crash(id);
            return true;
        }
        return false;
    }

    // --- users -----------------------------------------------------------------------------------

    private void transfer(int number) {
        KeyPair from = SharedWork.key(FIRST_USER_KEY + number % USERS);
        KeyPair to = SharedWork.key(FIRST_USER_KEY + (number + 1) % USERS);
        SignedTransaction transaction =
                Transaction.of(
                                from.publicKey(),
                                new Nonce(number / USERS + 1L),
                                shared.genesis().parameters().minimumGasPrice(),
                                new Transfer(to.address(), Amount.of(1_000_000 + number)))
                        .signedBy(from, shared.genesis().networkId());
        sent.add(transaction);
        submit(transaction);
    }

    /** As a wallet does: again, wherever somebody answers, until it is in a final block. */
    private void submit(SignedTransaction transaction) {
        List<SimulatedNode> reachable = honest().stream().filter(node -> node.isUp).toList();
        if (!reachable.isEmpty()) {
            SimulatedNode node = reachable.get(below(reachable.size()));
            if (!isIn(transaction, node, node.chain.finalBlock())) {
                node.submit(transaction);
            }
        }
        after(RESUBMIT_MILLIS, () -> submit(transaction));
    }

    /** Whether a transaction is in the chain that ends in {@code tip}, by its sender's nonce. */
    static boolean isIn(SignedTransaction transaction, SimulatedNode node, StoredBlock tip) {
        return node.chain
                .open(tip.header())
                .account(transaction.transaction().sender().address())
                .filter(account -> !transaction.transaction().nonce().isAfter(account.nonce()))
                .isPresent();
    }

    // --- wires -----------------------------------------------------------------------------------

    /** A partition divides honest nodes; traitors talk to both sides. */
    private boolean isCut(int from, int to) {
        boolean isBetweenHonest =
                !plan.tricks().containsKey(from) && !plan.tricks().containsKey(to);
        return isBetweenHonest && sideOf(from) != sideOf(to);
    }

    int sideOf(int id) {
        return moved.getOrDefault(id, plan.sideOf(id));
    }

    /** From now on a node is on another side of the partition. */
    void move(int id, int side) {
        moved.put(id, side);
    }

    int anyPeerOf(int id) {
        int peer = below(nodes.size() - 1);
        return peer < id ? peer : peer + 1;
    }

    void broadcast(int from, Letter letter) {
        for (SimulatedNode node : nodes) {
            if (node.id != from) {
                send(from, node.id, letter);
            }
        }
    }

    void send(int from, int to, Letter letter) {
        boolean isLost = isTroubled() && (isCut(from, to) || chance(plan.loss()));
        if (isLost) {
            return;
        }
        deliver(from, to, letter);
        if (isTroubled() && chance(plan.duplication())) {
            deliver(from, to, letter);
        }
    }

    private void deliver(int from, int to, Letter letter) {
        long delay = (long) plan.leastDelay() + below(plan.delaySpread());
        after(
                delay,
                () -> {
                    trace(from * 31L + to, letter.getClass().getSimpleName().length());
                    nodes.get(to).receive(from, letter);
                });
    }

    // --- records ---------------------------------------------------------------------------------

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void note(int id, Hash block) {
        trace(id, block.hashCode());
    }

    void banned(int by, int whom) {
        trace(by, whom);
        if (!(nodes.get(by) instanceof Traitor) && !(nodes.get(whom) instanceof Traitor)) {
            wrongBans.add(by + " banned " + whom);
        }
    }

    private void trace(long what, long more) {
        trace = (trace * 1_000_003 + what) * 1_000_003 + more + now;
    }

    /** Stands for all that has happened, in order. */
    long trace() {
        return trace;
    }

    @Override
    public void close() {
        shared.close();
    }
}
