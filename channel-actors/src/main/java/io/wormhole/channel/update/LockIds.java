package io.wormhole.channel.update;

import io.wormhole.protocol.crypto.Hash;
import java.util.function.LongPredicate;

/** Ids of hash-time-locks: above all nonces, and each payment's own, by its hash. */
public final class LockIds {
    /** The part that is the leg of a swap; no payment has as many parts. */
    public static final int SWAP_PART = (1 << 16) - 1;

    private static final long PART_BITS = (1L << 61) - 1;

    private LockIds() {}

    /** The id of one part of a payment in every channel. */
    public static long of(Hash hash, int part) {
        return ((start(hash) + part) & PART_BITS) | (1L << 61);
    }

    /** Whether a lock with this id may be that of a part of this payment. */
    public static boolean isPart(long lockId, Hash hash) {
        return partOf(hash).test(lockId);
    }

    /** The same for many ids. */
    public static LongPredicate partOf(Hash hash) {
        long start = start(hash);
        return lockId -> ((lockId - start) & PART_BITS) <= SWAP_PART;
    }

    private static long start(Hash hash) {
        long start = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            start = (start << 8) | (hash.bytes().at(i) & 0xff);
        }
        return start >>> 3;
    }
}
