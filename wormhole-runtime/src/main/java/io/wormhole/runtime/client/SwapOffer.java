package io.wormhole.runtime.client;

import io.wormhole.channel.swap.Swap;
import io.wormhole.channel.swap.SwapProgress;
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
public record SwapOffer(Hash hash, Terms first, Terms second) implements Canonical {
    /**
     * A leg as both see it; how long its blocks take each judges for itself.
     *
     * @param expiry first height of its chain at which it goes back
     */
    public record Terms(ChannelId channel, Amount amount, BlockHeight expiry) implements Canonical {
        static Terms of(Swap.Leg leg) {
            return new Terms(leg.channel(), leg.amount(), leg.expiry());
        }

        Swap.Leg leg(long blockSeconds) {
            return new Swap.Leg(channel, amount, expiry, blockSeconds);
        }

        static Terms readFrom(CanonicalReader in) {
            return new Terms(ChannelId.readFrom(in), Amount.readFrom(in), BlockHeight.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).write(amount).write(expiry);
        }
    }

    /**
     * One side of a swap as its initiator wants it.
     *
     * @param height of the chain's head
     */
    public record Side(ChannelId channel, Amount amount, BlockHeight height) {
        Swap.Leg leg(long seconds, long blockSeconds) {
            long blocks = Math.floorDiv(seconds + blockSeconds - 1, blockSeconds);
            return new Swap.Leg(channel, amount, height.plus(blocks), blockSeconds);
        }
    }

    /**
     * The initiator's plan: the participant's leg is open for so long, its own three times as long.
     */
    public static SwapPlan plan(Side give, Side take, SwapTimes times) {
        byte[] secret = new byte[HashTimeLock.SECRET_SIZE];
        new SecureRandom().nextBytes(secret);
        long seconds = times.seconds();
        Swap swap =
                new Swap(
                        HashTimeLock.hashOf(Bytes.of(secret)),
                        true,
                        give.leg(Math.multiplyExact(3, seconds), times.giveBlockSeconds()),
                        take.leg(seconds, times.takeBlockSeconds()),
                        Optional.of(Bytes.of(secret)));
        return new SwapPlan(swap, times.rules(), SwapProgress.NONE, give.height());
    }

    /** What the initiator hands to the participant. */
    public static SwapOffer of(SwapPlan plan) {
        return new SwapOffer(
                plan.swap().hash(), Terms.of(plan.swap().give()), Terms.of(plan.swap().take()));
    }

    /**
     * The participant's plan, with its own times.
     *
     * @param height of the head of the chain on which it gives
     */
    public SwapPlan accepted(SwapTimes times, BlockHeight height) {
        Swap swap =
                new Swap(
                        hash,
                        false,
                        second.leg(times.giveBlockSeconds()),
                        first.leg(times.takeBlockSeconds()),
                        Optional.empty());
        return new SwapPlan(swap, times.rules(), SwapProgress.NONE, height);
    }

    /** Reads an offer in the order of the fields. */
    public static SwapOffer readFrom(CanonicalReader in) {
        return new SwapOffer(Hash.readFrom(in), Terms.readFrom(in), Terms.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash).write(first).write(second);
    }
}
