package io.wormhole.channel.swap;

import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.contract.hashlock.SwapTimeouts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * What one party remembers of a swap; to be stored before it begins.
 *
 * @param initiator whether this party chose the secret, and so locks first
 * @param give the leg that this party locks
 * @param take the leg that the other locks for it
 * @param secret known to the initiator from the start; the participant learns it
 */
public record Swap(Hash hash, boolean initiator, Leg give, Leg take, Optional<Bytes> secret)
        implements Canonical {
    /**
     * One leg.
     *
     * @param expiry first height of its chain at which it goes back
     * @param blockSeconds how long a block of its chain takes
     */
    public record Leg(ChannelId channel, Amount amount, BlockHeight expiry, long blockSeconds)
            implements Canonical {
        /** Refuses nothing, and blocks without time. */
        public Leg {
            if (amount.isZero() || blockSeconds < 1) {
                throw new IllegalArgumentException(
                        "a leg of %s with blocks of %d s".formatted(amount, blockSeconds));
            }
        }

        /** Reads a leg in the order of the fields. */
        public static Leg readFrom(CanonicalReader in) {
            return new Leg(
                    ChannelId.readFrom(in),
                    Amount.readFrom(in),
                    BlockHeight.readFrom(in),
                    in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).write(amount).write(expiry).writeLong(blockSeconds);
        }

        /** For how many seconds the leg is still open when its chain is at this height. */
        public long secondsLeft(BlockHeight height) {
            return Math.multiplyExact(
                    Math.subtractExact(expiry.value(), height.value()), blockSeconds);
        }
    }

    /** Refuses a secret that is not that of the hash, and an initiator without one. */
    public Swap {
        if (initiator && secret.isEmpty()) {
            throw new IllegalArgumentException("the initiator knows the secret");
        }
        if (secret.filter(it -> !HashTimeLock.hashOf(it).equals(hash)).isPresent()) {
            throw new IllegalArgumentException("the secret is not that of the hash");
        }
    }

    /** After the secret was shown. */
    public Swap knowing(Bytes shown) {
        return new Swap(hash, initiator, give, take, Optional.of(shown));
    }

    long lockId() {
        return LockIds.of(hash, LockIds.SWAP_PART);
    }

    /** For how long the initiator's leg is open, seen from its chain. */
    public long firstSeconds(Heights heights) {
        return initiator ? give.secondsLeft(heights.give()) : take.secondsLeft(heights.take());
    }

    /** For how long the participant's leg is open, seen from its chain. */
    public long secondSeconds(Heights heights) {
        return initiator ? take.secondsLeft(heights.take()) : give.secondsLeft(heights.give());
    }

    /**
     * Whether there is time enough to lock now, seen from both chains. The participant's chain may
     * turn out half as fast as it is thought to be, so the gap is at least as long as its leg.
     */
    boolean allowsLock(Heights heights, long gapSeconds, long leastSeconds) {
        long second = secondSeconds(heights);
        return new SwapTimeouts(
                        firstSeconds(heights), second, Math.max(gapSeconds, second), leastSeconds)
                .allowsSecondLock(0);
    }

    /** The heads of the two chains. */
    public record Heights(BlockHeight give, BlockHeight take) {}

    /** Reads a swap in the order of the fields. */
    public static Swap readFrom(CanonicalReader in) {
        return new Swap(
                Hash.readFrom(in),
                in.readBoolean(),
                Leg.readFrom(in),
                Leg.readFrom(in),
                in.readOptional(part -> part.readFixed(HashTimeLock.SECRET_SIZE)));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash).writeBoolean(initiator).write(give).write(take);
        out.writeBoolean(secret.isPresent());
        secret.ifPresent(out::writeFixed);
    }
}
