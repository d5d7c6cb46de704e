package io.wormhole.cluster.link;

import java.time.Duration;

/**
 * What one process grants to all its links and to each of them.
 *
 * @param maxFrameBytes largest payload of one frame, 1 to 64 MiB
 * @param maxPendingSends frames that one link holds before {@code send} makes its caller wait, and
 *     again as many callers that may wait, 1 to 65536
 * @param maxLinks links that a server keeps at once, unfinished handshakes included
 * @param maxLinksPerAddress the same from one remote IP address
 * @param handshakeTimeout time for connecting, and as much for the TLS handshake
 * @param frameTimeout time from the first to the last byte of one frame
 * @param idleTimeout time without a single byte before a link counts as dead; keep-alives are sent
 *     by themselves at a third of it
 */
public record LinkLimits(
        int maxFrameBytes,
        int maxPendingSends,
        int maxLinks,
        int maxLinksPerAddress,
        Duration handshakeTimeout,
        Duration frameTimeout,
        Duration idleTimeout) {

    /** The largest frame that can be granted, in bytes. */
    public static final int LARGEST_FRAME_BYTES = 64 * 1024 * 1024;

    private static final LinkLimits DEFAULTS =
            new LinkLimits(
                    4 * 1024 * 1024,
                    64,
                    256,
                    32,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30));

    /** Checks every bound. */
    public LinkLimits {
        requireWithin("maxFrameBytes", maxFrameBytes, LARGEST_FRAME_BYTES);
        requireWithin("maxPendingSends", maxPendingSends, 65_536);
        requireWithin("maxLinks", maxLinks, 65_536);
        requireWithin("maxLinksPerAddress", maxLinksPerAddress, 65_536);
        requirePositive("handshakeTimeout", handshakeTimeout);
        requirePositive("frameTimeout", frameTimeout);
        requirePositive("idleTimeout", idleTimeout);
    }

    /** Frames to 4 MiB, 64 pending sends, 256 links (32 per address), 5 s, 20 s and 30 s. */
    public static LinkLimits defaults() {
        return DEFAULTS;
    }

    /** Sends that may be under way at once: as many as have a place, and as many that wait. */
    int maxWaitingSends() {
        return 2 * maxPendingSends;
    }

    /** The same limits with another frame size. */
    public LinkLimits withMaxFrameBytes(int bytes) {
        return new LinkLimits(
                bytes,
                maxPendingSends,
                maxLinks,
                maxLinksPerAddress,
                handshakeTimeout,
                frameTimeout,
                idleTimeout);
    }

    /** The same limits with another bound on pending sends per link. */
    public LinkLimits withMaxPendingSends(int frames) {
        return new LinkLimits(
                maxFrameBytes,
                frames,
                maxLinks,
                maxLinksPerAddress,
                handshakeTimeout,
                frameTimeout,
                idleTimeout);
    }

    /** The same limits with other bounds on the number of links of a server. */
    public LinkLimits withMaxLinks(int total, int perAddress) {
        return new LinkLimits(
                maxFrameBytes,
                maxPendingSends,
                total,
                perAddress,
                handshakeTimeout,
                frameTimeout,
                idleTimeout);
    }

    /** The same limits with other times. */
    public LinkLimits withTimeouts(Duration handshake, Duration frame, Duration idle) {
        return new LinkLimits(
                maxFrameBytes,
                maxPendingSends,
                maxLinks,
                maxLinksPerAddress,
                handshake,
                frame,
                idle);
    }

    private static void requireWithin(String name, int value, int highest) {
        if (value < 1 || value > highest) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", allowed is 1 to " + highest);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", must be above zero");
        }
    }
}
