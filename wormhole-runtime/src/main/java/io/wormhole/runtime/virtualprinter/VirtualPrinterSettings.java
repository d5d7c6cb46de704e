package io.wormhole.runtime.virtualprinter;

import io.wormhole.runtime.gcode.Box;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What kind of printer it is and where it listens.
 *
 * @param bindAddress address of both ports, {@code 127.0.0.1} unless the machine is a printer farm
 * @param port serial protocol over TCP; 0 lets the system choose
 * @param statusPort read-only {@code GET /status}; 0 lets the system choose
 * @param speedFactor 0 does everything at once; 1 is real time; 10 ten times as fast
 * @param buildVolume soft endstops
 * @param maxHotendCelsius targets above are cut off, as Marlin does
 * @param maxBedCelsius targets above are cut off
 * @param advancedOk whether {@code ok} carries line number and free buffers
 * @param totalsFile where totals outlive the process; none forgets them
 * @param misbehaviour what goes wrong
 */
public record VirtualPrinterSettings(
        String bindAddress,
        int port,
        int statusPort,
        double speedFactor,
        Box buildVolume,
        long maxHotendCelsius,
        long maxBedCelsius,
        boolean advancedOk,
        Optional<Path> totalsFile,
        Misbehaviour misbehaviour) {

    /** Checks ports and speed. */
    public VirtualPrinterSettings {
        if (port < 0 || port > 65_535 || statusPort < 0 || statusPort > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535");
        }
        if (!(speedFactor >= 0) || speedFactor > 1e6) {
            throw new IllegalArgumentException("speed factor is 0 to 1000000: " + speedFactor);
        }
    }

    /** A well-behaved desktop printer on loopback that answers at once and forgets its totals. */
    public static VirtualPrinterSettings instant(int port, int statusPort) {
        return new VirtualPrinterSettings(
                "127.0.0.1",
                port,
                statusPort,
                0,
                Box.ofMillimetres(220, 220, 250),
                260,
                100,
                false,
                Optional.empty(),
                Misbehaviour.none());
    }

    /** The same printer, misbehaving. */
    public VirtualPrinterSettings with(Misbehaviour changed) {
        return new VirtualPrinterSettings(
                bindAddress,
                port,
                statusPort,
                speedFactor,
                buildVolume,
                maxHotendCelsius,
                maxBedCelsius,
                advancedOk,
                totalsFile,
                changed);
    }

    /** The same printer, slower or faster. */
    public VirtualPrinterSettings withSpeedFactor(double changed) {
        return new VirtualPrinterSettings(
                bindAddress,
                port,
                statusPort,
                changed,
                buildVolume,
                maxHotendCelsius,
                maxBedCelsius,
                advancedOk,
                totalsFile,
                misbehaviour);
    }

    /** The same printer with totals that outlive the process. */
    public VirtualPrinterSettings withTotalsFile(Path file) {
        return new VirtualPrinterSettings(
                bindAddress,
                port,
                statusPort,
                speedFactor,
                buildVolume,
                maxHotendCelsius,
                maxBedCelsius,
                advancedOk,
                Optional.of(file),
                misbehaviour);
    }
}
