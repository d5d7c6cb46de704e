package io.wormhole.runtime.client;

import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapRules;
import io.wormhole.channel.swap.SwapStep;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One party of a swap between two networks, with a node on each. What it does next follows from its
 * two channels and what it has stored, so it may die at any moment and go on from there.
 */
public final class SwapParty {
    /** How long a partner or the chain is waited for before the channels are looked at again. */
    private static final long UNDER_WAY_MILLIS = 1_000;

    private static final long READ_SECONDS = 10;
    private static final int CONFLICT = 409;

    // With any time of a block that a party may give, seconds are still counted exactly.
    private static final long MOST_HEIGHT = 1L << 32;

    private final WormholeClient giving;
    private final WormholeClient taking;
    private final Store store;
    private final Map<String, CompletableFuture<?>> underWay = new HashMap<>();
    private Optional<Giving> seen = Optional.empty();
    private SwapPlan plan;

    /** What the node says that is on the network where this party gives. */
    private record Giving(KnownChannel channel, BlockHeight height) {}

    /** Where a plan is kept. */
    @FunctionalInterface
    public interface Store {
        /** Puts a plan in the place of the one before; it is safe when this returns. */
        void put(SwapPlan plan) throws IOException;
    }

    /**
     * A party that goes on from a plan.
     *
     * @param giving its node on the network where it locks
     * @param taking its node on the other network
     */
    public SwapParty(SwapPlan plan, WormholeClient giving, WormholeClient taking, Store store) {
        this.plan = plan;
        this.giving = giving;
        this.taking = taking;
        this.store = store;
    }

    /**
     * Why a swap is not begun; empty when it may be. Who closes a channel alone gets back at the
     * end of the countdown what stands under a lock, so the countdown must outlast it.
     */
    public Optional<String> objection() {
        Swap swap = plan.swap();
        if (swap.give().channel().equals(swap.take().channel())) {
            return Optional.of("both legs are in channel " + swap.give().channel());
        }
        return objection(giving, swap.give())
                .or(() -> objection(taking, swap.take()))
                .or(() -> plan.timeObjection(now(giving.height()), now(taking.height())));
    }

    private Optional<String> objection(WormholeClient node, Swap.Leg leg) {
        KnownChannel channel = now(node.memory(leg.channel()));
        BlockHeight height = now(node.height());
        long countdown = channel.party().terms().countdownBlocks();
        BlockHeight covered = height.plus(countdown);
        if (leg.expiry().value() > MOST_HEIGHT) {
            return Optional.of("no leg can expire at block " + leg.expiry());
        }
        BlockHeight needed = leg.expiry().plus(plan.rules().forceBlocks());
        if (!channel.phase().equals("open")) {
            return Optional.of("channel %s is %s".formatted(leg.channel(), channel.phase()));
        }
        return covered.isBefore(needed)
                ? Optional.of(
                        "channel %s has a countdown of %d blocks, %d are needed for this swap"
                                .formatted(
                                        leg.channel(), countdown, needed.value() - height.value()))
                : Optional.empty();
    }

    /**
     * Takes the next step, if one can be taken now; never waits long for a partner.
     *
     * @return whether the other's leg is paid, when nothing is left to do
     */
    public Optional<Boolean> step() throws IOException {
        SwapStep step = plan.rules().next(plan.swap(), view());
        if (step instanceof SwapStep.Learn learn) {
            keep(plan.with(plan.swap().knowing(learn.secret())));
        } else if (step instanceof SwapStep.Remember remember) {
            keep(plan.with(remember.progress()));
        } else if (step instanceof SwapStep.Request request) {
            request(request);
        } else if (step instanceof SwapStep.Close close) {
            ask("close-" + close.channel(), () -> node(close.channel()).dispute(close.channel()));
        } else if (step instanceof SwapStep.Force force) {
            keep(plan.with(force.first()));
            ask(
                    "force-" + force.channel(),
                    () -> node(force.channel()).force(force.channel(), force.step()));
        }
        return step instanceof SwapStep.Over over ? Optional.of(over.paid()) : Optional.empty();
    }

    private void request(SwapStep.Request request) throws IOException {
        keep(plan.with(request.first()));
        try {
            ask(
                    request.request(),
                    () ->
                            node(request.channel())
                                    .update(
                                            request.channel(),
                                            request.request(),
                                            request.update()));
        } catch (NodeRefused refused) {
            if (refused.status() == CONFLICT && request.request().startsWith("lock-")) {
                // It will not be, so it may be asked for again.
                keep(plan.with(plan.progress().notLocked()));
            }
            throw refused;
        }
    }

    private SwapRules.View view() {
        Swap swap = plan.swap();
        // What the chain was shown first: a channel that is over later was read before.
        List<Bytes> shown = swap.secret().isPresent() ? List.of() : shownOnChain();
        KnownChannel take = now(taking.memory(swap.take().channel()));
        Giving give = giving();
        Swap.Heights heights = new Swap.Heights(give.height(), now(taking.height()));
        Optional<ChannelEntry> end =
                take instanceof Ended
                        ? now(taking.onChain(swap.take().channel(), heights.take())).entry()
                        : Optional.empty();
        return new SwapRules.View(give.channel(), take, heights, plan.progress(), shown, end);
    }

    // Whoever knows the secret receives its leg also while the other node is away.
    private Giving giving() {
        try {
            BlockHeight height = now(giving.height());
            seen =
                    Optional.of(
                            new Giving(now(giving.memory(plan.swap().give().channel())), height));
        } catch (NodeRefused | CompletionException away) {
            if (seen.isEmpty() || plan.swap().secret().isEmpty()) {
                throw away;
            }
        }
        return seen.orElseThrow();
    }

    // How far was read is stored with whatever is stored next; until then it is read again.
    private List<Bytes> shownOnChain() {
        ChannelOnChain found = now(giving.onChain(plan.swap().give().channel(), plan.readTo()));
        if (found.secrets().isEmpty()) {
            plan = plan.readTo(found.readTo());
        }
        return found.secrets();
    }

    private void keep(SwapPlan next) throws IOException {
        if (!next.equals(plan)) {
            store.put(next);
            plan = next;
        }
    }

    private WormholeClient node(ChannelId channel) {
        return channel.equals(plan.swap().give().channel()) ? giving : taking;
    }

    /** What begins to do something. */
    private interface Asking {
        CompletionStage<?> begin();
    }

    // What is not answered soon is under way; its name makes it happen once.
    private void ask(String name, Asking asking) {
        CompletableFuture<?> answer =
                underWay.computeIfAbsent(name, key -> asking.begin().toCompletableFuture());
        try {
            answer.copy().orTimeout(UNDER_WAY_MILLIS, TimeUnit.MILLISECONDS).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TimeoutException && !answer.isDone()) {
                return;
            }
            underWay.remove(name);
            throw cause(failed);
        }
        underWay.remove(name);
    }

    private static <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(READ_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            throw cause(failed);
        }
    }

    private static RuntimeException cause(CompletionException failed) {
        return failed.getCause() instanceof NodeRefused refused ? refused : failed;
    }
}
