package io.wormhole.runtime.client;

import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.hop.HopStep;
import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapRules;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.BlockHeight;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One party of a swap between two networks, with a node on each. What it does next follows from its
 * two channels and what it has stored, so it may die at any moment and go on from there.
 */
public final class SwapParty {
    private final WormholeClient giving;
    private final WormholeClient taking;
    private final Store store;
    private SwapPlan plan;

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
        return objection(giving, swap.give()).or(() -> objection(taking, swap.take()));
    }

    private Optional<String> objection(WormholeClient node, Swap.Leg leg) {
        KnownChannel channel = now(node.memory(leg.channel()));
        BlockHeight height = now(node.height());
        long countdown = channel.party().terms().countdownBlocks();
        BlockHeight covered = height.plus(countdown);
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
     * Takes the next step, if one can be taken now.
     *
     * @return whether both legs are paid, when nothing is left to do
     */
    public Optional<Boolean> step() throws IOException {
        Swap swap = plan.swap();
        SwapRules.View view =
                new SwapRules.View(
                        now(giving.memory(swap.give().channel())),
                        now(taking.memory(swap.take().channel())),
                        new Swap.Heights(now(giving.height()), now(taking.height())),
                        plan.locked());
        HopStep step = plan.rules().next(swap, view);
        if (step instanceof HopStep.Remember remember) {
            keep(plan.with(swap.knowing(remember.secret())));
        } else if (step instanceof HopStep.RememberLock) {
            keep(plan.afterLocking());
        } else if (step instanceof HopStep.Request request) {
            now(
                    node(request.channel())
                            .update(request.channel(), request.request(), request.update()));
        } else if (step instanceof HopStep.Force force) {
            now(node(force.channel()).force(force.channel(), force.step()));
        }
        return step instanceof HopStep.Over over ? Optional.of(over.paid()) : Optional.empty();
    }

    private void keep(SwapPlan next) throws IOException {
        store.put(next);
        plan = next;
    }

    private WormholeClient node(ChannelId channel) {
        return channel.equals(plan.swap().give().channel()) ? giving : taking;
    }

    private static <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof NodeRefused refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
