package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of the network: its desk over what it stored, its ends of channels, its wallet. */
final class MarketNode {
    final int at;
    final KeyPair key;
    final Map<ChannelId, MarketEnd> ends = new LinkedHashMap<>();
    private final MarketWorld world;
    private final MarketChain chain;
    private final MarketWallet wallet;
    private final PaymentSettings settings;
    private final List<PaymentEvent> stored = new ArrayList<>();
    private PaymentQueue queue = new PaymentQueue();
    private PaymentDesk desk;
    private long seen = 1;
    private PaymentBook book = new PaymentBook();
    private int onDisk;

    MarketNode(int at, MarketWorld world, MarketChain chain, PaymentSettings settings) {
        this.at = at;
        this.world = world;
        this.chain = chain;
        this.settings = settings;
        this.key = key(at);
        this.wallet = new MarketWallet(key, chain, world.fault != MarketWorld.Fault.STINGY_WALLETS);
        this.desk = new PaymentDesk(book, settings, key.publicKey());
    }

    static KeyPair key(int at) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) (at + 1);
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    PaymentBook book() {
        return book;
    }

    void give(PaymentInput input) {
        queue.give(input);
    }

    boolean isIdle() {
        return queue.isEmpty() && ends.values().stream().allMatch(end -> end.asked.isEmpty());
    }

    // ---- starting and crashing ------------------------------------------------------------------

    /** The machine starts again, and its links come up. */
    void restart() {
        queue = new PaymentQueue();
        ends.values().stream().filter(end -> end.up).map(this::linked).forEach(queue::give);
        revive();
    }

    /** The desk alone starts again, over what is stored, and reads what it missed of the chain. */
    private void revive() {
        queue.broken();
        book = new PaymentBook();
        stored.forEach(book::apply);
        desk = new PaymentDesk(book, settings, key.publicKey());
        desk.resume();
        ends.values().forEach(end -> end.asked.forgetWaiting());
        List<PaymentInput> first = queue.recovered();
        long from = desk.readFrom().orElse(chain.height()).value();
        for (long height = from; height <= chain.height().value(); height++) {
            seeBlock(new BlockHeight(height));
        }
        take(first);
    }

    /** Whatever was not forced to the disk is gone. */
    void losesPower() {
        List<MarketEnd> up = ends.values().stream().filter(end -> end.up).toList();
        up.forEach(end -> world.setUp(this, end, false));
        stored.subList(onDisk, stored.size()).clear();
        ends.values().forEach(end -> end.losesPower(chain));
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

    /** Stores what comes of some inputs, and does nothing of it. */
    void diesAfterStoring(int most, boolean whole) {
        store(desk.take(queue.next(most)));
        queue.stored();
        if (whole) {
            restart();
        } else {
            revive();
        }
    }

    PaymentInput linked(MarketEnd end) {
        return new PaymentInput.Linked(world.node(end.partner).key.publicKey());
    }

    // ---- working --------------------------------------------------------------------------------

    /** Takes some inputs; whether anything came of it. */
    boolean work(int most) {
        return take(queue.next(most));
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
        ends.values().forEach(MarketEnd::isOnDisk);
    }

    private void carryOut(PaymentEffect effect) {
        if (effect instanceof PaymentEffect.Look look) {
            see(requireNonNull(ends.get(look.channel())));
        } else if (effect instanceof PaymentEffect.Say say) {
            world.say(this, say);
        } else if (effect instanceof PaymentEffect.FindRoutes find) {
            queue.give(
                    new PaymentInput.RoutesFound(
                            find.wish().invoice().hash(),
                            world.payments.routes(this, find.wish())));
        } else if (effect instanceof PaymentEffect.Later later) {
            queue.give(new PaymentInput.Retry(later.key()));
        } else if (effect instanceof PaymentEffect.Tell tell) {
            tell.message().run();
        } else if (effect instanceof PaymentEffect.Force force) {
            requireNonNull(ends.get(force.channel()))
                    .side
                    .does(new ChannelAction.Dispute(Optional.of(force.step())));
        } else if (effect instanceof PaymentEffect.ReadTransactions read) {
            queue.give(
                    new PaymentInput.TransactionsRead(
                            read.transactions(), Optional.of(chain.secrets(read.transactions()))));
        }
    }

    private void see(MarketEnd end) {
        Optional<ChannelEntry> last =
                end.isOver() ? Optional.of(chain.entry(end.id, Certainty.FINAL)) : Optional.empty();
        queue.give(new PaymentInput.ChannelSeen(end.id, end.side.memory(), last));
    }

    /** The channels make an offer of what was asked, when they are free. */
    boolean offer() {
        boolean any = false;
        for (MarketEnd end : ends.values()) {
            boolean free =
                    !(end.side.memory() instanceof Open open) || open.standing().offer().isEmpty();
            if (!end.asked.isEmpty() && free) {
                end.asked.offer(end.side, queue::give);
                any = true;
            }
        }
        return any;
    }

    /** Tells the desk what its channels came to; what must be durable is. */
    void settle() {
        boolean must = false;
        for (MarketEnd end : ends.values()) {
            must |= end.hasWhatMustBeOnDisk();
        }
        if (must) {
            force();
        }
        ends.values().forEach(this::notice);
    }

    private void notice(MarketEnd end) {
        List<Effect> effects = List.copyOf(end.side.effects);
        end.side.effects.clear();
        end.news().ifPresent(memory -> queue.give(new PaymentInput.ChannelMoved(end.id, memory)));
        end.asked.hear(effects, queue::give);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Submit wanted) {
                wallet.want(end.id, wanted);
            }
        }
    }

    /** Looks at the chain, brings it what is owed, and looks after what waits. */
    void lookAtChain() {
        for (MarketEnd end : ends.values()) {
            if (!world.isBlind(this, end)) {
                end.looksAt(chain).forEach(wanted -> wallet.want(end.id, wanted));
            }
        }
        wallet.look();
        // Several blocks may have come, and the last one that it saw may be another now.
        long head = chain.height().value();
        for (long height = Math.min(seen, head); height <= head; height++) {
            seeBlock(new BlockHeight(height));
        }
        seen = head;
        queue.give(new PaymentInput.FinalSeen(chain.finalHeight()));
    }

    private void seeBlock(BlockHeight height) {
        queue.give(new PaymentInput.BlockSeen(height, chain.stepped(height)));
    }

    /** What all its channels are worth to it, beyond what it put in. */
    long gain() {
        return ends.values().stream().mapToLong(end -> worth(end) - MarketWorld.DEPOSIT).sum();
    }

    private long worth(MarketEnd end) {
        return end.isOver()
                ? ((Ended) end.side.memory()).payouts().get(end.me).baseUnits()
                : end.side.balance();
    }
}
