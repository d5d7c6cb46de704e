package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import java.util.Optional;

/** The functions of a program, by index, for the translation of those of numbers. */
@FunctionalInterface
interface NumericFunctions {
    /** Function {@code index}; none where it was not revealed. */
    Optional<VerifiedFunction> function(int index);

    /** How many cells a frame of a function takes. */
    default int frameCells(int index) {
        return Program.FRAME_CELLS + function(index).map(VerifiedFunction::maxHeight).orElse(0);
    }
}
