package io.wormhole.runtime.gcode;

/**
 * One straight movement.
 *
 * @param from start, machine coordinates
 * @param to end, machine coordinates
 * @param extrudeNm filament pushed (below zero: pulled back), in nanometres
 * @param feedNmPerSecond speed along the path, or of the filament when nothing else moves
 */
public record Move(Point from, Point to, long extrudeNm, long feedNmPerSecond) {

    /**
     * Time at constant speed, in nanoseconds; acceleration is not counted, so it is a lower bound.
     */
    public long durationNanos() {
        double path = from.distance(to);
        double length = path > 0 ? path : Math.abs((double) extrudeNm);
        return feedNmPerSecond <= 0 ? 0 : (long) (length / feedNmPerSecond * 1e9);
    }

    /** Whether the move lays material: it pushes filament while it travels sideways. */
    public boolean lays() {
        return extrudeNm > 0 && (from.x() != to.x() || from.y() != to.y());
    }
}
