package io.wormhole.runtime.client;

import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapProgress;
import io.wormhole.channel.swap.SwapRules;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * A swap of one party, with its rules; to be stored before it begins and whenever it changes.
 *
 * @param progress how far it has gone
 * @param readTo to which final block of the own leg's chain nobody showed the secret
 */
public record SwapPlan(Swap swap, SwapRules rules, SwapProgress progress, BlockHeight readTo)
        implements Canonical {
    SwapPlan with(Swap next) {
        return new SwapPlan(next, rules, progress, readTo);
    }

    SwapPlan with(SwapProgress next) {
        return new SwapPlan(swap, rules, next, readTo);
    }

    SwapPlan readTo(BlockHeight height) {
        return new SwapPlan(swap, rules, progress, height);
    }

    /** Why there is too little time to begin, at these heights; empty when there is enough. */
    Optional<String> timeObjection(BlockHeight give, BlockHeight take) {
        Swap.Heights heights = new Swap.Heights(give, take);
        long first = swap.firstSeconds(heights);
        long second = swap.secondSeconds(heights);
        long gap = Math.max(rules.gapSeconds(), second);
        if (second < rules.leastSeconds()) {
            return Optional.of(
                    "the participant's leg is open for %d s, at least %d s are needed"
                            .formatted(second, rules.leastSeconds()));
        }
        return first - second < gap
                ? Optional.of(
                        "the legs are open for %d s and %d s, %d s are needed between them"
                                .formatted(first, second, gap))
                : Optional.empty();
    }

    /** Reads a plan in the order of the fields. */
    public static SwapPlan readFrom(CanonicalReader in) {
        return new SwapPlan(
                Swap.readFrom(in),
                new SwapRules(in.readLong(), in.readLong(), in.readLong()),
                SwapProgress.readFrom(in),
                BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(swap)
                .writeLong(rules.gapSeconds())
                .writeLong(rules.leastSeconds())
                .writeLong(rules.forceBlocks())
                .write(progress)
                .write(readTo);
    }
}
