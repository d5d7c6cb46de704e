package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Explores every order in which two deciders can wish, hear each other, lose their link or crash,
 * and come back from an old copy, up to given bounds; {@code docs/protocol/model} has the same
 * protocol as TLA+. A crash loses what is on its way, so it is the same as a broken link, at
 * whatever moment; or it loses also what need not be on the disk yet.
 *
 * <p>Checked in every state: no side signs two states with one nonce, value is conserved, a request
 * is answered at most once. Checked wherever nothing is on its way: both hold the same state and
 * nothing hangs. Since deliveries alone never go round in a circle, that is reached whenever the
 * link holds for long enough.
 */
final class ProtocolExplorer {
    /**
     * How far to go.
     *
     * @param wishes updates that each side wants
     * @param breaks how often the link breaks or a side crashes
     * @param closes how often a side wishes to close together
     * @param restores how often a side comes back from its oldest copy
     * @param losses how often a side loses what need not be on its disk yet
     */
    record Bounds(int wishes, int breaks, int closes, int restores, int losses) {
        Bounds(int wishes, int breaks, int closes, int restores) {
            this(wishes, breaks, closes, restores, 0);
        }

        Bounds withoutBreak() {
            return new Bounds(wishes, breaks - 1, closes, restores, losses);
        }

        Bounds withoutClose() {
            return new Bounds(wishes, breaks, closes - 1, restores, losses);
        }

        Bounds withoutRestore() {
            return new Bounds(wishes, breaks, closes, restores - 1, losses);
        }

        Bounds withoutLoss() {
            return new Bounds(wishes, breaks, closes, restores, losses - 1);
        }
    }

    /** What each side has on its disk for certain. */
    private record Disks(int alice, int bob) {}

    /** Both sides, what is on its way, and what may still happen. */
    private record World(
            int alice,
            int bob,
            List<Integer> toAlice,
            List<Integer> toBob,
            int signedAlice,
            int signedBob,
            int answered,
            int madeAlice,
            int madeBob,
            Disks disks,
            Bounds left) {}

    private record Local(int side, int memory, ChannelAction action) {}

    private record Outcome(int memory, boolean forced, List<Integer> said, List<String> answered) {}

    private static final UpdateRules RULES = new UpdateRules(new Toy());
    private static final int TOTAL = 200;

    private final Bounds bounds;
    private final List<Tools> tools = List.of(tools(Alice.KEYS), tools(Bob.KEYS));
    private final Interned<ChannelMemory> memories = new Interned<>();
    private final Interned<ChannelMessage> messages = new Interned<>();
    private final Interned<Map<Long, ChannelState>> signed = new Interned<>();
    private final Map<Local, Outcome> known = new HashMap<>();
    private final Map<World, List<World>> deliveries = new LinkedHashMap<>();
    private final int oldest;
    private final int oldestOfBob;
    private long quiet;

    ProtocolExplorer(Bounds bounds) {
        this.bounds = bounds;
        this.oldest = memories.of(Side.alice().memory());
        this.oldestOfBob = memories.of(Side.bob().memory());
    }

    private static Tools tools(KeyPair key) {
        return new Tools(RULES, key);
    }

    /** Equal values have one number. */
    private static final class Interned<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> values = new ArrayList<>();

        int of(T value) {
            return numbers.computeIfAbsent(
                    value,
                    fresh -> {
                        values.add(fresh);
                        return values.size() - 1;
                    });
        }

        T at(int number) {
            return values.get(number);
        }
    }

    /** Explores everything; throws {@link AssertionError} at the first thing that must not be. */
    void run() {
        int none = signed.of(new TreeMap<>());
        World first =
                new World(
                        oldest,
                        oldestOfBob,
                        List.of(),
                        List.of(),
                        none,
                        none,
                        0,
                        0,
                        0,
                        new Disks(oldest, oldestOfBob),
                        bounds);
        Deque<World> todo = new ArrayDeque<>(List.of(first));
        deliveries.put(first, List.of());
        while (!todo.isEmpty()) {
            World world = todo.pop();
            List<World> delivered = new ArrayList<>();
            deliver(world, 0).ifPresent(delivered::add);
            deliver(world, 1).ifPresent(delivered::add);
            deliveries.put(world, List.copyOf(delivered));
            if (delivered.isEmpty()) {
                checkQuiet(world);
            }
            List<World> all = new ArrayList<>(delivered);
            all.addAll(choices(world));
            for (World next : all) {
                if (deliveries.putIfAbsent(next, List.of()) == null) {
                    todo.push(next);
                }
            }
        }
        checkNoCircle();
    }

    /** How many different states there are. */
    long states() {
        return deliveries.size();
    }

    /** In how many of them nothing is on its way. */
    long quietStates() {
        return quiet;
    }

    // ---- what can happen ----------------------------------------------------------------------

    private Optional<World> deliver(World world, int to) {
        List<Integer> queue = to == 0 ? world.toAlice() : world.toBob();
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> rest = queue.subList(1, queue.size());
        World taken =
                to == 0
                        ? with(world, List.copyOf(rest), world.toBob(), world.left())
                        : with(world, world.toAlice(), List.copyOf(rest), world.left());
        return Optional.of(act(taken, to, new ChannelAction.Hear(messages.at(queue.get(0)))));
    }

    private static World with(
            World world, List<Integer> toAlice, List<Integer> toBob, Bounds left) {
        return new World(
                world.alice(),
                world.bob(),
                toAlice,
                toBob,
                world.signedAlice(),
                world.signedBob(),
                world.answered(),
                world.madeAlice(),
                world.madeBob(),
                world.disks(),
                left);
    }

    private List<World> choices(World world) {
        List<World> next = new ArrayList<>();
        Bounds left = world.left();
        for (int side = 0; side < 2; side++) {
            if (made(world, side) < bounds.wishes() && mayWish(world, side)) {
                next.add(wish(world, side));
            }
            if (left.closes() > 0 && memory(world, side) instanceof Open) {
                World used = with(world, world.toAlice(), world.toBob(), left.withoutClose());
                next.add(act(used, side, new ChannelAction.CloseTogether()));
            }
            if (left.restores() > 0 && memory(world, side) instanceof Open) {
                next.add(restore(world, side));
            }
            if (left.losses() > 0) {
                losePower(world, side).ifPresent(next::add);
            }
        }
        if (left.breaks() > 0) {
            next.add(reconnect(with(world, List.of(), List.of(), left.withoutBreak())));
        }
        return next;
    }

    private ChannelMemory memory(World world, int side) {
        return memories.at(side == 0 ? world.alice() : world.bob());
    }

    private static int made(World world, int side) {
        return side == 0 ? world.madeAlice() : world.madeBob();
    }

    private boolean mayWish(World world, int side) {
        return memory(world, side) instanceof Open open
                && open.standing().offer().isEmpty()
                && open.closing().isEmpty()
                && !open.doubtful();
    }

    private World wish(World world, int side) {
        int made = made(world, side);
        Offer offer =
                new Offer(
                        name(side, made),
                        Update.of(new ChannelOperation.Pay(side, Amount.of(price(side, made)))),
                        Optional.empty());
        World counted =
                new World(
                        world.alice(),
                        world.bob(),
                        world.toAlice(),
                        world.toBob(),
                        world.signedAlice(),
                        world.signedBob(),
                        world.answered(),
                        world.madeAlice() + (side == 0 ? 1 : 0),
                        world.madeBob() + (side == 1 ? 1 : 0),
                        world.disks(),
                        world.left());
        return act(counted, side, new ChannelAction.MakeOffer(offer));
    }

    private static String name(int side, int number) {
        return String.valueOf(side * 8 + number);
    }

    // Different amounts, so that the balances say which payments were made.
    private static long price(int side, int number) {
        return 1L << (side * 3 + number);
    }

    private World reconnect(World world) {
        return act(act(world, 0, new ChannelAction.Connected()), 1, new ChannelAction.Connected());
    }

    private World restore(World world, int side) {
        int none = signed.of(new TreeMap<>());
        World back =
                new World(
                        side == 0 ? oldest : world.alice(),
                        side == 1 ? oldestOfBob : world.bob(),
                        List.of(),
                        List.of(),
                        side == 0 ? none : world.signedAlice(),
                        side == 1 ? none : world.signedBob(),
                        world.answered(),
                        world.madeAlice(),
                        world.madeBob(),
                        new Disks(
                                side == 0 ? oldest : world.disks().alice(),
                                side == 1 ? oldestOfBob : world.disks().bob()),
                        world.left().withoutRestore());
        return reconnect(act(back, side, new ChannelAction.Restored()));
    }

    // A crash that takes back what was not forced; all that this side ever signed still counts.
    private Optional<World> losePower(World world, int side) {
        int memory = side == 0 ? world.alice() : world.bob();
        int disk = side == 0 ? world.disks().alice() : world.disks().bob();
        if (memory == disk) {
            return Optional.empty();
        }
        World back =
                new World(
                        side == 0 ? disk : world.alice(),
                        side == 1 ? disk : world.bob(),
                        List.of(),
                        List.of(),
                        world.signedAlice(),
                        world.signedBob(),
                        world.answered(),
                        world.madeAlice(),
                        world.madeBob(),
                        world.disks(),
                        world.left().withoutLoss());
        return Optional.of(reconnect(back));
    }

    private World act(World world, int side, ChannelAction action) {
        int before = side == 0 ? world.alice() : world.bob();
        Outcome outcome = known.computeIfAbsent(new Local(side, before, action), this::decide);
        int after = outcome.memory();
        List<Integer> towards = new ArrayList<>(side == 0 ? world.toBob() : world.toAlice());
        towards.addAll(outcome.said());
        int record = sign(side == 0 ? world.signedAlice() : world.signedBob(), after);
        // Without losses it does not matter when the disk has it.
        boolean forced = outcome.forced() || world.left().losses() == 0;
        Disks disks =
                new Disks(
                        side == 0 && forced ? after : world.disks().alice(),
                        side == 1 && forced ? after : world.disks().bob());
        return new World(
                side == 0 ? after : world.alice(),
                side == 1 ? after : world.bob(),
                side == 0 ? world.toAlice() : List.copyOf(towards),
                side == 0 ? List.copyOf(towards) : world.toBob(),
                side == 0 ? record : world.signedAlice(),
                side == 1 ? record : world.signedBob(),
                answer(world.answered(), outcome.answered()),
                world.madeAlice(),
                world.madeBob(),
                disks,
                world.left());
    }

    private Outcome decide(Local local) {
        Tools own = tools.get(local.side());
        ChannelMemory memory = memories.at(local.memory());
        Decision decision = memory.on(local.action(), own);
        List<Effect> effects;
        boolean forced = false;
        if (decision instanceof Decision.Accepted accepted) {
            for (ChannelEvent event : accepted.events()) {
                memory = memory.after(event, own);
                forced |= !event.isSoonEnough();
            }
            effects = accepted.effects();
        } else {
            effects = ((Decision.Refused) decision).effects();
        }
        List<Integer> said = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                said.add(messages.of(send.message()));
            } else if (effect instanceof Effect.TellCompleted told) {
                answered.add(told.request());
            } else if (effect instanceof Effect.TellDropped told) {
                answered.add(told.request());
            }
        }
        return new Outcome(memories.of(memory), forced, List.copyOf(said), answered);
    }

    // ---- what must hold -----------------------------------------------------------------------

    private static Optional<Standing> standing(ChannelMemory memory) {
        if (memory instanceof Open open) {
            return Optional.of(open.standing());
        }
        return memory instanceof Closing closing
                ? Optional.of(closing.standing())
                : Optional.empty();
    }

    private int sign(int record, int memory) {
        Optional<Standing> standing = standing(memories.at(memory));
        if (standing.isEmpty()) {
            return record;
        }
        Map<Long, ChannelState> all = new TreeMap<>(signed.at(record));
        standing.get().proof().ifPresent(proof -> sign(all, proof.state()));
        standing.get().pending().ifPresent(it -> sign(all, it.position().state()));
        require(
                standing.get().position().state().total().baseUnits() == TOTAL,
                "value is not conserved");
        return signed.of(all);
    }

    private static void sign(Map<Long, ChannelState> all, ChannelState state) {
        ChannelState before = all.putIfAbsent(state.nonce().value(), state);
        require(
                before == null || before.equals(state),
                "two states signed with nonce " + state.nonce());
    }

    private int answer(int answered, List<String> requests) {
        int all = answered;
        for (String request : requests) {
            int bit = 1 << Integer.parseInt(request);
            require(
                    (all & bit) == 0 || bounds.restores() > 0 || bounds.losses() > 0,
                    "request " + request + " is answered twice");
            all |= bit;
        }
        return all;
    }

    private void checkQuiet(World world) {
        quiet++;
        ChannelMemory alice = memory(world, 0);
        ChannelMemory bob = memory(world, 1);
        if (alice instanceof Lost || bob instanceof Lost) {
            require(bounds.restores() > 0, "data was lost without a restore");
            return;
        }
        require(
                alice instanceof Closing == bob instanceof Closing || bounds.restores() > 0,
                "one closes, the other does not");
        if (alice instanceof Open one && bob instanceof Open other) {
            require(!one.doubtful() && !other.doubtful(), "doubt does not end");
            require(
                    one.standing().proof().equals(other.standing().proof()),
                    "they hold different states");
            require(
                    one.standing().pending().isEmpty() && other.standing().pending().isEmpty(),
                    "an update hangs");
            require(
                    one.standing().offer().isEmpty() && other.standing().offer().isEmpty(),
                    "a wish hangs");
            require(one.closing().isEmpty() && other.closing().isEmpty(), "a closing hangs");
        }
        if (bounds.restores() == 0 && bounds.losses() == 0) {
            int ofAlice = (1 << world.madeAlice()) - 1;
            int ofBob = (1 << world.madeBob()) - 1;
            int made = ofAlice | (ofBob << 8);
            require(world.answered() == made, "a request is not answered");
        }
    }

    // Fairness is enough for progress: no run of deliveries alone is endless.
    private void checkNoCircle() {
        Map<World, Integer> incoming = new HashMap<>();
        deliveries
                .values()
                .forEach(all -> all.forEach(next -> incoming.merge(next, 1, Integer::sum)));
        Deque<World> free = new ArrayDeque<>();
        deliveries.keySet().stream()
                .filter(world -> !incoming.containsKey(world))
                .forEach(free::add);
        long removed = 0;
        while (!free.isEmpty()) {
            removed++;
            for (World next : deliveries.getOrDefault(free.pop(), List.of())) {
                if (incoming.merge(next, -1, Integer::sum) == 0) {
                    free.push(next);
                }
            }
        }
        require(removed == deliveries.size(), "messages can go round for ever");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
