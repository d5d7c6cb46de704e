package io.wormhole.channel.session;

import io.wormhole.channel.proto.Hello;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.NetworkId;
import java.util.Optional;

/**
 * What a side can do beyond the version of the session protocol, as bits in its hello. An even bit
 * demands that the partner can do it too, an odd one only offers it, so that new abilities come
 * into use without a new version.
 */
public final class Features {
    /** Several messages about a channel in one frame. */
    public static final int MESSAGES_TOGETHER = 0;

    /** Deposits and withdrawals while a channel is open. */
    public static final int RESIZES = 2;

    /** Hash-time-locks of payments over several channels. */
    public static final int RELAYED_PAYMENTS = 3;

    /** Where the locks of such payments go on to, and announced channels. */
    public static final int RELAY_FRAMES = 5;

    /** Watching channels for others, and being watched. */
    public static final int WATCHING = 7;

    /** Much about payments in one frame. */
    public static final int RELAYS_TOGETHER = 9;

    /** What this version offers and demands. */
    public static final long OURS =
            (1L << MESSAGES_TOGETHER)
                    | (1L << RESIZES)
                    | (1L << RELAYED_PAYMENTS)
                    | (1L << RELAY_FRAMES)
                    | (1L << WATCHING)
                    | (1L << RELAYS_TOGETHER);

    private static final long EVEN = 0x5555555555555555L;

    private Features() {}

    /** What the partner demands and this version cannot do; or the other way round. */
    static Optional<String> missing(long partners) {
        long unknown = partners & EVEN & ~OURS;
        if (unknown != 0) {
            return Optional.of(
                    "the partner demands feature "
                            + Long.numberOfTrailingZeros(unknown)
                            + ", which is not known here");
        }
        long lacking = OURS & EVEN & ~partners;
        return lacking == 0
                ? Optional.empty()
                : Optional.of("the partner lacks feature " + Long.numberOfTrailingZeros(lacking));
    }

    /** Throws {@link IllegalArgumentException} when this version cannot talk to the partner. */
    static void check(Hello hello, int version, NetworkId network) {
        if (hello.getVersion() != version) {
            throw new IllegalArgumentException(
                    "session version " + version + " expected, found " + hello.getVersion());
        }
        if (!Bytes.of(hello.getNetwork().toByteArray()).equals(network.encoded())) {
            throw new IllegalArgumentException("the partner is on another network");
        }
        Optional<String> missing = missing(hello.getFeatures());
        if (missing.isPresent()) {
            throw new IllegalArgumentException(missing.get());
        }
    }

    /** Whether {@code features} has a bit. */
    public static boolean has(long features, int bit) {
        return ((features >>> bit) & 1) == 1;
    }
}
