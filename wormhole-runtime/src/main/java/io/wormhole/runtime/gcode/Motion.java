package io.wormhole.runtime.gcode;

import java.util.Optional;

/**
 * The modal state that gives G-code its meaning: units, absolute or relative, offsets, speed.
 *
 * <p>It follows Marlin: G90 and G91 set the extruder too and M82/M83 override it, G92 shifts the
 * workspace and not the machine, homing forgets the shift. Mutable and confined to one thread.
 */
public final class Motion {
    private static final long NM_PER_INCH_WORD = 25_400_000;
    private static final long MILLION = 1_000_000;

    private final Optional<Box> softEndstops;
    private Point position = Point.ORIGIN;
    private Point shift = Point.ORIGIN;
    private long extruder;
    private boolean inches;
    private boolean relative;
    private boolean extruderRelative;
    private boolean homedX;
    private boolean homedY;
    private boolean homedZ;
    private long feedMicroMmPerMinute = 1_500 * MILLION;
    private long feedPercent = 100;
    private long flowPercent = 100;

    /** A machine that moves where it is told. */
    public Motion() {
        this(Optional.empty());
    }

    /** A machine that cuts moves off at its soft endstops once homed, as Marlin does. */
    public Motion(Optional<Box> softEndstops) {
        this.softEndstops = softEndstops;
    }

    /** Applies a command; the answer is a move if it was one, and empty for everything else. */
    public Optional<Move> apply(GcodeCommand command) {
        switch (command.name()) {
            case "G0", "G1", "G2", "G3" -> {
                return Optional.of(move(command));
            }
            case "G20" -> inches = true;
            case "G21" -> inches = false;
            case "G28" -> home(command);
            case "G90" -> setRelative(false);
            case "G91" -> setRelative(true);
            case "G92" -> setPosition(command);
            case "M82" -> extruderRelative = false;
            case "M83" -> extruderRelative = true;
            case "M220" -> feedPercent = command.whole('S', feedPercent);
            case "M221" -> flowPercent = command.whole('S', flowPercent);
            default -> {}
        }
        return Optional.empty();
    }

    /** Where the nozzle is, in machine coordinates. */
    public Point position() {
        return position;
    }

    /** Where the nozzle is as G-code sees it, after G92. */
    public Point logicalPosition() {
        return new Point(
                position.x() + shift.x(), position.y() + shift.y(), position.z() + shift.z());
    }

    /** The extruder's counter in nanometres, as G-code sees it. */
    public long extruderNm() {
        return extruder;
    }

    /** Whether all three axes were homed since power came on. */
    public boolean homed() {
        return homedX && homedY && homedZ;
    }

    /** The programmed speed with M220's factor, in millionths of a millimetre per minute. */
    public long feedMicroMmPerMinute() {
        return feedMicroMmPerMinute / 100 * feedPercent;
    }

    /** M221's factor on extrusion. */
    public long flowPercent() {
        return flowPercent;
    }

    private Move move(GcodeCommand command) {
        long feed = command.millionths('F', 0);
        if (feed > 0) {
            feedMicroMmPerMinute = scaled(feed);
        }
        Point from = position;
        Point target =
                new Point(
                        axis(command, 'X', from.x(), shift.x()),
                        axis(command, 'Y', from.y(), shift.y()),
                        axis(command, 'Z', from.z(), shift.z()));
        Point to = homed() ? softEndstops.map(box -> box.clamp(target)).orElse(target) : target;
        long before = extruder;
        if (command.hasValue('E')) {
            long e = scaled(command.millionths('E', 0));
            extruder = extruderRelative ? Math.addExact(extruder, e) : e;
        }
        position = to;
        return new Move(from, to, extruder - before, feedMicroMmPerMinute() / 60);
    }

    private long axis(GcodeCommand command, char letter, long current, long shifted) {
        if (!command.hasValue(letter)) {
            return current;
        }
        long value = scaled(command.millionths(letter, 0));
        return relative ? Math.addExact(current, value) : value - shifted;
    }

    /** A millionth of a millimetre is a nanometre. */
    private long scaled(long millionths) {
        return inches ? Math.multiplyExact(millionths, NM_PER_INCH_WORD) / MILLION : millionths;
    }

    private void home(GcodeCommand command) {
        boolean all = !command.has('X') && !command.has('Y') && !command.has('Z');
        boolean x = all || command.has('X');
        boolean y = all || command.has('Y');
        boolean z = all || command.has('Z');
        position = new Point(x ? 0 : position.x(), y ? 0 : position.y(), z ? 0 : position.z());
        shift = new Point(x ? 0 : shift.x(), y ? 0 : shift.y(), z ? 0 : shift.z());
        homedX |= x;
        homedY |= y;
        homedZ |= z;
    }

    private void setRelative(boolean on) {
        relative = on;
        extruderRelative = on;
    }

    private void setPosition(GcodeCommand command) {
        shift =
                new Point(
                        shifted(command, 'X', position.x(), shift.x()),
                        shifted(command, 'Y', position.y(), shift.y()),
                        shifted(command, 'Z', position.z(), shift.z()));
        if (command.hasValue('E')) {
            extruder = scaled(command.millionths('E', 0));
        }
    }

    private long shifted(GcodeCommand command, char letter, long current, long before) {
        return command.hasValue(letter) ? scaled(command.millionths(letter, 0)) - current : before;
    }
}
