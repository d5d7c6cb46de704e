package io.wormhole.isa.language.core;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.Value;
import java.util.Optional;

/** One instruction of an operation: an opcode with its numbers, a constant to push, or a call. */
public record Emission(
        Opcode opcode,
        long operand,
        int count,
        Optional<Value> constant,
        Optional<Routine> routine) {
    /** An instruction without operand. */
    public static Emission of(Opcode opcode) {
        return new Emission(opcode, 0, 0, Optional.empty(), Optional.empty());
    }

    /** An instruction that counts values. */
    public static Emission counting(Opcode opcode, int count) {
        return new Emission(opcode, 0, count, Optional.empty(), Optional.empty());
    }

    /** An instruction on a field of a tuple. */
    public static Emission field(Opcode opcode, int field) {
        return new Emission(opcode, field, 0, Optional.empty(), Optional.empty());
    }

    /** Pushes {@code value}. */
    public static Emission push(Value value) {
        return new Emission(Opcode.CONST, 0, 0, Optional.of(value), Optional.empty());
    }

    /** Calls {@code routine}. */
    public static Emission call(Routine routine) {
        return new Emission(
                Opcode.CALL, 0, routine.arity(), Optional.empty(), Optional.of(routine));
    }
}
