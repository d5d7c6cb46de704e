package io.wormhole.isa.vm;

/**
 * Functions of numbers alone as one class of static JVM methods that call each other directly. They
 * know only 64-bit integers and only the case in which all goes well: on anything else (a number
 * that grows too large, a function that fails, gas that runs out, deep recursion) they throw {@link
 * #BAIL_OUT}, or what Java's exact arithmetic throws, and because functions are pure the call is
 * then simply made again by the slower code, from its beginning, and numeric code is not tried
 * again in that run. Generated classes extend this; nothing else does.
 */
abstract class NumericCode {
    @SuppressWarnings(
            "StaticAssignmentOfThrowable") // it has no trace, and says nothing of its place
    static final BailOut BAIL_OUT = new BailOut();

    /** Keeps the frames on Java's own stack under about 300 KB. */
    private static final int MAX_CELLS = 8_000;

    /** A program that has to give up so often is better off without. */
    private static final int MAX_BAIL_OUTS = 32;

    private int bailOuts;

    /** Leaves numeric code; carries nothing. */
    static final class BailOut extends RuntimeException {
        private BailOut() {
            super("numeric code gives up", null, false, false);
        }
    }

    /** Calls method {@code index} with the numbers from {@code base} on. */
    abstract long run(int index, Machine machine, long[] numbers, int base);

    /**
     * Runs the present frame from its beginning to its result.
     *
     * @return false when it gave up, with the machine as it was
     */
    final boolean run(int index, Machine machine, int base, int arity) {
        if (machine.numericLimit < 0
                || bailOuts > MAX_BAIL_OUTS
                || !onlyNumbers(machine, base, arity)) {
            return false;
        }
        long timeBefore = machine.timeLeft;
        long inUse = machine.frameCells + machine.extraCells;
        machine.numericPeak = 0;
        machine.numericLimit = (int) Math.min(MAX_CELLS, machine.spaceLimit - inUse);
        try {
            long result = run(index, machine, machine.numbers, base);
            if (machine.timeLeft < 0) {
                throw BAIL_OUT;
            }
            machine.peak = Math.max(machine.peak, inUse + machine.numericPeak);
            machine.numbers[base] = result;
            machine.values[base] = null;
            machine.top = base + 1;
            return true;
        } catch (BailOut | ArithmeticException bailOut) {
            bailOuts++;
            machine.timeLeft = timeBefore;
            machine.numericLimit = -1;
            return false;
        }
    }

    private static boolean onlyNumbers(Machine machine, int base, int arity) {
        for (int slot = base; slot < base + arity; slot++) {
            if (machine.values[slot] != null) {
                return false;
            }
        }
        return true;
    }
}
