package io.wormhole.runtime.gcode;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An upright box in nanometres; both corners belong to it.
 *
 * @param min lowest corner
 * @param max highest corner
 */
public record Box(Point min, Point max) {

    /** Checks that the corners are in order. */
    public Box {
        if (min.x() > max.x() || min.y() > max.y() || min.z() > max.z()) {
            throw new IllegalArgumentException("box corners out of order: " + min + " " + max);
        }
    }

    /** A box from the origin, in whole millimetres. */
    public static Box ofMillimetres(long x, long y, long z) {
        return new Box(Point.ORIGIN, new Point(x * 1_000_000, y * 1_000_000, z * 1_000_000));
    }

    /** The box around one point. */
    public static Box around(Point point) {
        return new Box(point, point);
    }

    /** The smallest box that holds this one and the point. */
    public Box with(Point p) {
        if (contains(p)) {
            return this;
        }
        return new Box(
                new Point(
                        Math.min(min.x(), p.x()),
                        Math.min(min.y(), p.y()),
                        Math.min(min.z(), p.z())),
                new Point(
                        Math.max(max.x(), p.x()),
                        Math.max(max.y(), p.y()),
                        Math.max(max.z(), p.z())));
    }

    /** Whether the point is inside or on the surface. */
    public boolean contains(Point p) {
        return p.equals(clamp(p));
    }

    /** The nearest point of the box, axis by axis. */
    public Point clamp(Point p) {
        long x = Math.max(min.x(), Math.min(max.x(), p.x()));
        long y = Math.max(min.y(), Math.min(max.y(), p.y()));
        long z = Math.max(min.z(), Math.min(max.z(), p.z()));
        return x == p.x() && y == p.y() && z == p.z() ? p : new Point(x, y, z);
    }

    /** The box in millimetres for a human. */
    @Override
    public String toString() {
        return "X %s..%s Y %s..%s Z %s..%s mm"
                .formatted(
                        millimetres(min.x()),
                        millimetres(max.x()),
                        millimetres(min.y()),
                        millimetres(max.y()),
                        millimetres(min.z()),
                        millimetres(max.z()));
    }

    /** Nanometres as millimetres with up to three places. */
    public static String millimetres(long nm) {
        return BigDecimal.valueOf(nm, 6)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
