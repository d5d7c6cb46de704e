package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.Value;
import java.util.List;
import java.util.Optional;

/** A frame of the {@link PlainMachine}. */
final class PlainFrame {
    final VerifiedFunction function;
    final List<Value> values;
    Optional<Given> given = Optional.empty();
    int at;

    /** The space of the frames below, which stay as they are while this one runs. */
    long below;

    PlainFrame(VerifiedFunction function, List<Value> values) {
        this.function = function;
        this.values = values;
    }

    /** Limits of the caller, and what the call was given: for frames of calls within limits. */
    record Given(
            long time,
            long kept,
            long space,
            long before,
            long callersLimit,
            long callersPeak,
            boolean late) {}

    /** The space it takes. */
    long cells() {
        return Program.FRAME_CELLS + function.maxHeight() + beyondOneEach(values);
    }

    /** How many cells values take beyond one each. */
    static long beyondOneEach(List<Value> values) {
        long cells = 0;
        for (Value value : values) {
            cells += value.cells() - 1;
        }
        return cells;
    }

    Value pop() {
        return values.remove(values.size() - 1);
    }
}
