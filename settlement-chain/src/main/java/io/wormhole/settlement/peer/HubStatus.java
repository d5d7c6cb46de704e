package io.wormhole.settlement.peer;

import java.util.List;
import java.util.Optional;

/**
 * What the hub knows of the network.
 *
 * @param peers who is connected
 * @param headersWaiting headers whose blocks are not here yet
 * @param counts what has happened since the start
 */
public record HubStatus(
        List<PeerStatus> peers, int headersWaiting, Optional<String> clockDoubt, Counts counts) {
    /** Nobody there yet. */
    public static final HubStatus EMPTY =
            new HubStatus(List.of(), 0, Optional.empty(), Counts.NONE);

    /** Copies the list. */
    public HubStatus {
        peers = List.copyOf(peers);
    }

    /**
     * What has happened since the start.
     *
     * @param misbehaved sessions that ended by the peer's fault
     * @param banned peers that were banned
     * @param refused connections that never became links
     * @param blocksReceived whole blocks that peers sent
     * @param blocksRebuilt blocks that came in their short form
     */
    public record Counts(
            long misbehaved, long banned, long refused, long blocksReceived, long blocksRebuilt) {
        /** Nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plusMisbehaved() {
            return new Counts(misbehaved + 1, banned, refused, blocksReceived, blocksRebuilt);
        }

        Counts plusBanned() {
            return new Counts(misbehaved, banned + 1, refused, blocksReceived, blocksRebuilt);
        }

        Counts plusRefused() {
            return new Counts(misbehaved, banned, refused + 1, blocksReceived, blocksRebuilt);
        }

        Counts plusBlock() {
            return new Counts(misbehaved, banned, refused, blocksReceived + 1, blocksRebuilt);
        }

        Counts plusCompact() {
            return new Counts(misbehaved, banned, refused, blocksReceived, blocksRebuilt + 1);
        }
    }
}
