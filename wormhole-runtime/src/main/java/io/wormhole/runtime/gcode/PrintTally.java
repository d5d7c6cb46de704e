package io.wormhole.runtime.gcode;

import java.util.Optional;

/**
 * Adds up what moves do: filament, bounds, layers, time. Mutable and confined to one thread.
 *
 * <p>A layer is a height at which material is laid, at least {@value #LAYER_STEP_NM} nanometres
 * above the last one; hops of the nozzle do not count, as nothing is laid on them.
 */
public final class PrintTally {
    static final long LAYER_STEP_NM = 40_000;

    private long extrudedNm;
    private long peakExtrudedNm;
    private long nanos;
    private long moves;
    private int layers;
    private long topNm = Long.MIN_VALUE / 2;
    private Optional<Box> bounds = Optional.empty();

    /** Counts a move that pushes as much filament as it says. */
    public void add(Move move) {
        add(move, move.extrudeNm());
    }

    /** Counts a move of which only so much filament really went through. */
    public void add(Move move, long extrudeNm) {
        moves++;
        nanos = Math.addExact(nanos, move.durationNanos());
        extrudedNm = Math.addExact(extrudedNm, extrudeNm);
        peakExtrudedNm = Math.max(peakExtrudedNm, extrudedNm);
        if (move.lays() && extrudeNm > 0) {
            bounds =
                    Optional.of(
                            bounds.orElse(Box.around(move.from()))
                                    .with(move.from())
                                    .with(move.to()));
            if (move.to().z() >= topNm + LAYER_STEP_NM) {
                topNm = move.to().z();
                layers++;
            }
        }
    }

    /** Counts time in which nothing moves. */
    public void dwell(long waitNanos) {
        nanos = Math.addExact(nanos, waitNanos);
    }

    /** Filament pushed less filament pulled back, in nanometres; Marlin's "filament used". */
    public long extrudedNm() {
        return extrudedNm;
    }

    /** The most that was out at any time, in nanometres: what must be on the spool. */
    public long peakExtrudedNm() {
        return peakExtrudedNm;
    }

    /** Time at constant speeds, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** Movements counted. */
    public long moves() {
        return moves;
    }

    /** Heights at which material was laid. */
    public int layers() {
        return layers;
    }

    /** The box around everything laid, if anything was. */
    public Optional<Box> bounds() {
        return bounds;
    }
}
