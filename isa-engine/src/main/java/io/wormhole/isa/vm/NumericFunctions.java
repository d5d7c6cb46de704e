package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of a program, by index, for the translation of those of numbers, and what was found
 * out about their loops: each is translated twice, and may be written out in several places.
 */
final class NumericFunctions {
    private final List<Optional<VerifiedFunction>> functions;
    private final Map<Start, NumericLoop.Found> loops = new LinkedHashMap<>();

    private record Start(int index, List<Range> arguments) {}

    NumericFunctions(List<Optional<VerifiedFunction>> functions) {
        this.functions = functions;
    }

    /** Function {@code index}; none where it was not revealed. */
    Optional<VerifiedFunction> function(int index) {
        return functions.get(index);
    }

    /** How many cells a frame of a function takes. */
    int frameCells(int index) {
        return Program.FRAME_CELLS + function(index).map(VerifiedFunction::maxHeight).orElse(0);
    }

    /** What holds in the loop of function {@code index} called with such arguments. */
    NumericLoop.Found loop(int index, List<Range> arguments) {
        Start start = new Start(index, List.copyOf(arguments));
        NumericLoop.Found found = loops.get(start);
        if (found == null) {
            found = NumericLoop.find(index, this, start.arguments());
            loops.put(start, found);
        }
        return found;
    }
}
