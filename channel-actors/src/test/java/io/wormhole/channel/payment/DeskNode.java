package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.channel.route.PartPlanner;
import io.wormhole.channel.route.Route;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node: what it stored, and what it has only in its memory. */
final class DeskNode {
    private final DeskWorld world;
    final int at;
    final KeyPair key;
    private final List<PaymentEvent> stored = new ArrayList<>();
    private int onDisk;
    final Map<ChannelId, DeskEnd> ends = new HashMap<>();
    PaymentQueue queue = new PaymentQueue();
    private PaymentDesk desk;
    private PaymentBook book;

    DeskNode(DeskWorld world, int at) {
        this.world = world;
        this.at = at;
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) (at + 1);
        this.key = KeyPair.ofSeed(Bytes.of(seed));
        this.book = new PaymentBook();
        this.desk = new PaymentDesk(book, DeskWorld.SETTINGS, key.publicKey());
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
        desk = new PaymentDesk(book, DeskWorld.SETTINGS, key.publicKey());
        desk.resume();
        ends.values().forEach(end -> end.asked.forgetWaiting());
        List<PaymentInput> first = queue.recovered();
        for (int i = 0; i < 4; i++) {
            queue.give(new PaymentInput.BlockSeen(world.height(), Map.of()));
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
        List<DeskEnd> up = ends.values().stream().filter(end -> end.up).toList();
        up.forEach(end -> world.setUp(this, end, false));
        stored.subList(onDisk, stored.size()).clear();
        for (DeskEnd end : ends.values()) {
            end.side = new Side(key, end.onDisk, new VmContracts());
            end.moved = end.onDisk;
            end.asked.forgetOffered();
        }
        restart();
        up.forEach(end -> world.setUp(this, end, true));
    }

    /** Takes some inputs, and cannot store what comes of them. */
    void losesJournal(int most) {
        PaymentDesk.Outcome outcome = desk.take(queue.next(most));
        if (!outcome.events().isEmpty()) {
            queue.decided();
        }
        revive();
    }

    PaymentInput linked(DeskEnd end) {
        return new PaymentInput.Linked(world.nodes.get(end.partner).key.publicKey());
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
        if (world.random.nextBoolean()) {
            restart();
        } else {
            revive();
        }
        return true;
    }

    private void carryOut(PaymentEffect effect) {
        if (effect instanceof PaymentEffect.Look look) {
            DeskEnd end = requireNonNull(ends.get(look.channel()));
            queue.give(
                    new PaymentInput.ChannelSeen(
                            look.channel(), end.side.memory(), Optional.empty()));
        } else if (effect instanceof PaymentEffect.Say say) {
            say(say);
        } else if (effect instanceof PaymentEffect.FindRoutes find) {
            List<Route> found = routes(find.wish());
            for (int i = 0; i < world.timesFound; i++) {
                queue.give(new PaymentInput.RoutesFound(find.wish().invoice().hash(), found));
            }
        } else if (effect instanceof PaymentEffect.Later later) {
            queue.give(new PaymentInput.Retry(later.key()));
        } else if (effect instanceof PaymentEffect.Tell tell) {
            tell.message().run();
        } else if (effect instanceof PaymentEffect.Force) {
            throw new AssertionError("nobody is silent for as long: " + world);
        }
    }

    private void say(PaymentEffect.Say say) {
        for (DeskEnd end : ends.values()) {
            DeskNode partner = world.nodes.get(end.partner);
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
                .plan(world.graph(), way, wish.avoided());
    }

    /** The channels make an offer of what was asked, when they are free. */
    boolean offer() {
        boolean any = false;
        for (DeskEnd end : ends.values()) {
            if (!end.asked.isEmpty() && end.side.standing().offer().isEmpty()) {
                end.asked.offer(end.side, queue::give);
                any = true;
            }
        }
        return any;
    }

    void notice(DeskEnd end) {
        List<Effect> effects = List.copyOf(end.side.effects);
        end.side.effects.clear();
        if (end.moved != end.side.memory()) {
            end.moved = end.side.memory();
            queue.give(new PaymentInput.ChannelMoved(end.id(), end.moved));
        }
        end.asked.hear(effects, queue::give);
    }

    long gain() {
        return ends.values().stream()
                .mapToLong(end -> end.side.balance() - DeskWorld.DEPOSIT)
                .sum();
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
