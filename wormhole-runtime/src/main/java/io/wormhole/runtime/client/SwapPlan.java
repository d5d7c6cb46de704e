package io.wormhole.runtime.client;

import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapRules;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/**
 * A swap of one party, with its rules; to be stored before it begins and whenever it changes.
 *
 * @param locked whether the own leg was ever locked
 */
public record SwapPlan(Swap swap, SwapRules rules, boolean locked) implements Canonical {
    SwapPlan with(Swap next) {
        return new SwapPlan(next, rules, locked);
    }

    SwapPlan afterLocking() {
        return new SwapPlan(swap, rules, true);
    }

    /** Reads a plan in the order of the fields. */
    public static SwapPlan readFrom(CanonicalReader in) {
        return new SwapPlan(
                Swap.readFrom(in),
                new SwapRules(in.readLong(), in.readLong(), in.readLong()),
                in.readBoolean());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(swap)
                .writeLong(rules.gapSeconds())
                .writeLong(rules.leastSeconds())
                .writeLong(rules.forceBlocks())
                .writeBoolean(locked);
    }
}
