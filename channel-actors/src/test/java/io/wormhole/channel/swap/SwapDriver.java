package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One party of a swap: its sides of the two channels, and a driver that may stop at any moment. */
final class SwapDriver {
    private final SplittableRandom random;
    private final List<SwapChain> chains;
    private final SwapRules rules;
    private final boolean fragile;
    final KeyPair key;
    final int me;
    final List<Side> sides;
    Swap swap;
    SwapProgress progress = SwapProgress.NONE;
    Optional<Boolean> over = Optional.empty();
    private int asleep;
    private boolean justWoke;

    SwapDriver(
            SplittableRandom random,
            List<SwapChain> chains,
            SwapRules rules,
            KeyPair key,
            Swap swap,
            boolean fragile) {
        this.random = random;
        this.chains = chains;
        this.rules = rules;
        this.key = key;
        this.swap = swap;
        this.me = swap.initiator() ? 0 : 1;
        this.fragile = fragile;
        this.sides = chains.stream().map(it -> Side.open(key, it.terms, me)).toList();
    }

    int give() {
        return me;
    }

    int take() {
        return 1 - me;
    }

    KnownChannel memory(int chain) {
        return (KnownChannel) sides.get(chain).memory();
    }

    /** Takes steps until one has to be waited for, or the driver stops in the middle of one. */
    void act() {
        justWoke = asleep == 1;
        if (asleep > 0) {
            asleep--;
        }
        if (asleep > 0) {
            return;
        }
        for (int i = 0; i < 6 && over.isEmpty(); i++) {
            if (!act(next())) {
                return;
            }
        }
    }

    private SwapStep next() {
        List<Bytes> shown = swap.secret().isPresent() ? List.of() : chains.get(give()).shown();
        Optional<ChannelEntry> end =
                memory(take()) instanceof Ended
                        ? Optional.of(chains.get(take()).entry(Certainty.FINAL))
                        : Optional.empty();
        return rules.next(
                swap,
                new SwapRules.View(
                        memory(give()),
                        memory(take()),
                        new Swap.Heights(chains.get(give()).height(), chains.get(take()).height()),
                        progress,
                        shown,
                        end));
    }

    private boolean act(SwapStep step) {
        if (step instanceof SwapStep.Learn learn) {
            swap = swap.knowing(learn.secret());
            return !stops();
        } else if (step instanceof SwapStep.Remember remember) {
            progress = remember.progress();
            return !stops();
        } else if (step instanceof SwapStep.Request request) {
            progress = request.first();
            if (!stops()) {
                request(request);
            }
        } else if (step instanceof SwapStep.Force force) {
            progress = force.first();
            if (!stops()) {
                at(force.channel().equals(chains.get(0).id) ? 0 : 1)
                        .does(new ChannelAction.Dispute(Optional.of(force.step())));
            }
        } else if (step instanceof SwapStep.Close close) {
            at(close.channel().equals(chains.get(0).id) ? 0 : 1)
                    .does(new ChannelAction.Dispute(Optional.empty()));
        } else if (step instanceof SwapStep.Over end) {
            over = Optional.of(end.paid());
        }
        return false;
    }

    private void request(SwapStep.Request request) {
        Side side = at(request.channel().equals(chains.get(0).id) ? 0 : 1);
        if (side.memory() instanceof Open open && open.standing().offer().isEmpty()) {
            side.does(
                    new ChannelAction.MakeOffer(
                            new Offer(request.request(), request.update(), Optional.empty())));
        }
    }

    /** Hears that a lock was refused, if its driver runs. */
    void hearRefusals() {
        for (Side side : sides) {
            boolean refused =
                    side.told(Effect.TellDropped.class).stream()
                            .anyMatch(it -> it.request().startsWith("lock-"));
            if (refused && asleep == 0) {
                progress = progress.notLocked();
            }
            side.effects.removeIf(Effect.TellDropped.class::isInstance);
        }
    }

    // Stands still for no longer than the chain is given to help, or for long while nothing is at
    // stake yet; what it finds when it goes on it does.
    private boolean stops() {
        if (!fragile || justWoke || random.nextInt(8) > 0) {
            return false;
        }
        long left = swap.take().expiry().value() - chains.get(take()).height().value();
        boolean early = !swap.initiator() && left > 60;
        asleep = random.nextInt(early ? 30 : (int) rules.forceBlocks());
        return true;
    }

    private Side at(int chain) {
        return sides.get(chain);
    }
}
