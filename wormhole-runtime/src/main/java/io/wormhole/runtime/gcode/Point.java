package io.wormhole.runtime.gcode;

/**
 * A place in the machine's own coordinates, in nanometres.
 *
 * @param x right
 * @param y back
 * @param z up
 */
public record Point(long x, long y, long z) {
    /** Where homing leaves the nozzle. */
    public static final Point ORIGIN = new Point(0, 0, 0);

    /** Straight distance in nanometres; for times only, so rounding does no harm. */
    public double distance(Point other) {
        double dx = other.x - x;
        double dy = other.y - y;
        double dz = other.z - z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
