package io.wormhole.runtime.device;

import java.util.Optional;

/**
 * A snapshot of driver and device.
 *
 * @param address where the printer is
 * @param connection offline, aligning (finding out where the printer stands) or ready
 * @param firmware what the printer calls itself, empty before it said so
 * @param temperatures last report
 * @param part what is being printed
 * @param ackedCommands commands of it that were acknowledged
 * @param totalCommands commands of it
 * @param reconnects connections lost and made again since the driver started
 * @param resends lines the printer asked for again since the driver started
 * @param lastTrouble the last thing that went wrong, empty if nothing did
 */
public record DeviceStatus(
        String address,
        Connection connection,
        String firmware,
        Temperatures temperatures,
        Optional<PartId> part,
        long ackedCommands,
        long totalCommands,
        long reconnects,
        long resends,
        String lastTrouble) {

    /** How far the line to the printer is. */
    public enum Connection {
        /** Not connected. */
        OFFLINE,
        /** Connected; finding out where the printer stands. */
        ALIGNING,
        /** Connected and in step. */
        READY
    }
}
