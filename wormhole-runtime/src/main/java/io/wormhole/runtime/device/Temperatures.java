package io.wormhole.runtime.device;

/**
 * A temperature report in degrees Celsius.
 *
 * @param hotend measured
 * @param hotendTarget wanted
 * @param bed measured
 * @param bedTarget wanted
 */
public record Temperatures(double hotend, double hotendTarget, double bed, double bedTarget) {
    /** Before the first report. */
    public static final Temperatures UNKNOWN = new Temperatures(0, 0, 0, 0);
}
