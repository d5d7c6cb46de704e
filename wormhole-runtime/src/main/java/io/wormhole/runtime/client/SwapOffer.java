package io.wormhole.runtime.client;

import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapRules;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What the initiator of a swap says to the participant: the hash and the two legs, without secret.
 *
 * @param first the leg that the initiator locks
 * @param second the leg that the participant locks
 */
public record SwapOffer(Hash hash, Swap.Leg first, Swap.Leg second, SwapRules rules)
        implements Canonical {
    /**
     * One side of a swap as its initiator wants it.
     *
     * @param height of the chain's head
     * @param blockSeconds how long a block of the chain takes
     */
    public record Side(ChannelId channel, Amount amount, BlockHeight height, long blockSeconds) {
        Swap.Leg leg(long seconds) {
            long blocks = Math.floorDiv(seconds + blockSeconds - 1, blockSeconds);
            return new Swap.Leg(channel, amount, height.plus(blocks), blockSeconds);
        }
    }

    /**
     * The initiator's plan: the participant's leg is open for so long, its own three times as long.
     */
    public static SwapPlan plan(Side give, Side take, long seconds, long forceBlocks) {
        byte[] secret = new byte[HashTimeLock.SECRET_SIZE];
        new SecureRandom().nextBytes(secret);
        SwapRules rules = new SwapRules(seconds, seconds / 2, forceBlocks);
        Swap swap =
                new Swap(
                        HashTimeLock.hashOf(Bytes.of(secret)),
                        true,
                        give.leg(Math.multiplyExact(3, seconds)),
                        take.leg(seconds),
                        Optional.of(Bytes.of(secret)));
        return new SwapPlan(swap, rules, false);
    }

    /** What the initiator hands to the participant. */
    public static SwapOffer of(SwapPlan plan) {
        return new SwapOffer(
                plan.swap().hash(), plan.swap().give(), plan.swap().take(), plan.rules());
    }

    /** The participant's plan. */
    public SwapPlan accepted() {
        return new SwapPlan(new Swap(hash, false, second, first, Optional.empty()), rules, false);
    }

    /** Reads an offer in the order of the fields. */
    public static SwapOffer readFrom(CanonicalReader in) {
        Hash hash = Hash.readFrom(in);
        Swap.Leg first = Swap.Leg.readFrom(in);
        Swap.Leg second = Swap.Leg.readFrom(in);
        return new SwapOffer(
                hash, first, second, new SwapRules(in.readLong(), in.readLong(), in.readLong()));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash)
                .write(first)
                .write(second)
                .writeLong(rules.gapSeconds())
                .writeLong(rules.leastSeconds())
                .writeLong(rules.forceBlocks());
    }
}
