package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Explores every order in which two deciders can wish, hear each other, lose their link or crash,
 * and come back from an old copy, up to given bounds; {@code docs/protocol/model} has the same
 * protocol as TLA+. A crash loses what is on its way, so it is the same as a broken link, at
 * whatever moment; or it loses also what need not be on the disk yet.
 *
 * <p>Checked in every state: no side signs two states with one nonce, value is conserved, a request
 * is answered at most once. Checked wherever nothing is on its way: both hold the same state and
 * nothing hangs; where messages were out of order, once the link was made again. Deliveries alone
 * never go round in a circle, so that is reached whenever the link holds for long enough.
 */
final class ProtocolExplorer {
    /** Both sides, the requests that were answered, and what may still happen. */
    private record World(
            ExplorerSide alice,
            ExplorerSide bob,
            int answered,
            boolean disturbed,
            ExplorerBounds left) {
        ExplorerSide at(int side) {
            return side == 0 ? alice : bob;
        }

        World with(int side, ExplorerSide now) {
            return new World(
                    side == 0 ? now : alice, side == 1 ? now : bob, answered, disturbed, left);
        }

        World with(ExplorerBounds nowLeft) {
            return new World(alice, bob, answered, disturbed, nowLeft);
        }

        World with(boolean nowDisturbed) {
            return new World(alice, bob, answered, nowDisturbed, left);
        }

        World answering(int all) {
            return new World(alice, bob, all, disturbed, left);
        }

        boolean isQuiet() {
            return alice.inbox().isEmpty() && bob.inbox().isEmpty();
        }

        Fingerprint fingerprint() {
            Fingerprint fingerprint = new Fingerprint();
            alice.addTo(fingerprint);
            bob.addTo(fingerprint);
            fingerprint.add(answered);
            fingerprint.add(left.code() | (disturbed ? 1 << 24 : 0));
            return fingerprint;
        }
    }

    /** A state whose deliveries are being followed. */
    private record Followed(Fingerprint fingerprint, Deque<World> deliveries) {}

    private final ExplorerBounds bounds;
    private final ExplorerDecisions decisions = new ExplorerDecisions();
    private final List<Integer> oldest;
    private final SeenStates seen = new SeenStates();
    private final Deque<World> todo = new ArrayDeque<>();
    private long quiet;

    ProtocolExplorer(ExplorerBounds bounds) {
        this.bounds = bounds;
        this.oldest =
                List.of(
                        decisions.number(Side.alice().memory()),
                        decisions.number(Side.bob().memory()));
    }

    /** Explores everything; throws {@link AssertionError} at the first thing that must not be. */
    void run() {
        int none = decisions.nothingSigned();
        todo.push(
                new World(
                        ExplorerSide.of(oldest.get(0), none),
                        ExplorerSide.of(oldest.get(1), none),
                        0,
                        false,
                        bounds));
        while (!todo.isEmpty()) {
            follow(todo.pop());
        }
    }

    /** How many different states there are. */
    long states() {
        return seen.count();
    }

    /** In how many of them nothing is on its way. */
    long quietStates() {
        return quiet;
    }

    // Deliveries go first and into the depth, so that one that leads back to a state on the way to
    // it is a circle. Whatever else may happen waits.
    private void follow(World start) {
        Deque<Followed> path = new ArrayDeque<>();
        enter(start, path);
        while (!path.isEmpty()) {
            Followed top = path.getFirst();
            if (top.deliveries().isEmpty()) {
                seen.done(top.fingerprint());
                path.pop();
            } else {
                enter(top.deliveries().pop(), path);
            }
        }
    }

    private void enter(World world, Deque<Followed> path) {
        Fingerprint fingerprint = world.fingerprint();
        if (seen.has(fingerprint)) {
            boolean circle = !path.isEmpty() && seen.isFollowed(fingerprint);
            require(!circle, "messages can go round for ever");
            return;
        }
        seen.add(fingerprint);
        Deque<World> deliveries = new ArrayDeque<>();
        for (int side = 0; side < 2; side++) {
            if (!world.at(side).inbox().isEmpty()) {
                deliveries.push(take(world, side, 0));
            }
        }
        if (world.isQuiet()) {
            quiet++;
            if (world.disturbed()) {
                todo.push(reconnect(world));
            } else {
                checkQuiet(world);
            }
        }
        choices(world);
        path.push(new Followed(fingerprint, deliveries));
    }

    // ---- what can happen ----------------------------------------------------------------------

    private World take(World world, int to, int place) {
        int message = world.at(to).inbox().get(place);
        return act(world.with(to, world.at(to).without(place)), to, decisions.hear(message));
    }

    private void choices(World world) {
        ExplorerBounds left = world.left();
        for (int side = 0; side < 2; side++) {
            ExplorerSide own = world.at(side);
            boolean open = decisions.memory(own.memory()) instanceof Open;
            if (own.made() < bounds.wishes() && mayWish(own)) {
                todo.push(wish(world, side));
            }
            if (left.closes() > 0 && open) {
                World used = world.with(left.closes(left.closes() - 1));
                todo.push(act(used, side, new ChannelAction.CloseTogether()));
            }
            if (left.restores() > 0 && open) {
                todo.push(restore(world, side));
            }
            if (left.losses() > 0) {
                losePower(world, side);
            }
            if (left.disorders() > 0) {
                disturb(world, side);
            }
        }
        if (left.breaks() > 0) {
            todo.push(reconnect(world.with(left.breaks(left.breaks() - 1))));
        }
    }

    private boolean mayWish(ExplorerSide side) {
        return decisions.memory(side.memory()) instanceof Open open
                && open.standing().offer().isEmpty()
                && open.closing().isEmpty()
                && !open.doubtful();
    }

    private World wish(World world, int side) {
        int made = world.at(side).made();
        Offer offer =
                new Offer(
                        name(side, made),
                        Update.of(new ChannelOperation.Pay(side, Amount.of(price(side, made)))),
                        Optional.empty());
        return act(
                world.with(side, world.at(side).wishing()),
                side,
                new ChannelAction.MakeOffer(offer));
    }

    private static String name(int side, int number) {
        return String.valueOf(side * 8 + number);
    }

    // Different amounts, so that the balances say which payments were made.
    private static long price(int side, int number) {
        return 1L << (side * 3 + number);
    }

    private World reconnect(World world) {
        World cut =
                world.with(0, world.alice().with(List.of()))
                        .with(1, world.bob().with(List.of()))
                        .with(false);
        return act(act(cut, 0, new ChannelAction.Connected()), 1, new ChannelAction.Connected());
    }

    private World restore(World world, int side) {
        ExplorerSide back = world.at(side).restored(oldest.get(side), decisions.nothingSigned());
        ExplorerBounds left = world.left().restores(world.left().restores() - 1);
        World cut =
                world.with(left)
                        .with(1 - side, world.at(1 - side).with(List.of()))
                        .with(side, back);
        return reconnect(act(cut, side, new ChannelAction.Restored()));
    }

    // A crash that takes back some of what was not forced; all that was ever signed still counts.
    private void losePower(World world, int side) {
        ExplorerBounds left = world.left().losses(world.left().losses() - 1);
        for (int length = 1; length < world.at(side).disk().size(); length++) {
            todo.push(reconnect(world.with(left).with(side, world.at(side).losing(length))));
        }
    }

    // A message overtakes those before it, is lost alone, or comes again later.
    private void disturb(World world, int to) {
        World used = world.with(world.left().disorders(world.left().disorders() - 1)).with(true);
        for (int place = 0; place < world.at(to).inbox().size(); place++) {
            int message = world.at(to).inbox().get(place);
            if (place > 0) {
                todo.push(take(used, to, place));
            }
            todo.push(used.with(to, world.at(to).without(place)));
            todo.push(used.with(to, world.at(to).hearing(List.of(message))));
        }
    }

    private World act(World world, int side, ChannelAction action) {
        ExplorerSide own = world.at(side);
        ExplorerDecisions.Outcome outcome = decisions.decide(side, own.memory(), action);
        int after = outcome.memory();
        // Without losses it does not matter when the disk has it.
        boolean forced = outcome.forced() || world.left().losses() == 0;
        ExplorerSide moved = own.moved(after, forced, decisions.signed(own.signed(), after));
        return world.with(side, moved)
                .with(1 - side, world.at(1 - side).hearing(outcome.said()))
                .answering(answer(world.answered(), outcome.answered()));
    }

    // ---- what must hold -----------------------------------------------------------------------

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
        ChannelMemory alice = decisions.memory(world.alice().memory());
        ChannelMemory bob = decisions.memory(world.bob().memory());
        if (alice instanceof Lost || bob instanceof Lost) {
            require(bounds.restores() > 0, "data was lost without a restore");
            return;
        }
        require(
                alice instanceof Closing == bob instanceof Closing || bounds.restores() > 0,
                "one closes, the other does not");
        if (alice instanceof Open one && bob instanceof Open other) {
            checkOpen(one, other);
        }
        if (bounds.restores() == 0 && bounds.losses() == 0) {
            int ofAlice = (1 << world.alice().made()) - 1;
            int ofBob = (1 << world.bob().made()) - 1;
            require(world.answered() == (ofAlice | (ofBob << 8)), "a request is not answered");
        }
    }

    private static void checkOpen(Open one, Open other) {
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

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
