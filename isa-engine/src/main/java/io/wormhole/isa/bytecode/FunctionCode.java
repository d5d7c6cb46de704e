package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One function: its name, how many arguments it takes, its own constants and its code. It holds all
 * that is needed to run it apart from the functions that it calls, so that it can be shown alone.
 */
public record FunctionCode(String name, int arity, List<Value> constants, Bytes code)
        implements Canonical {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Refuses names outside {@code [a-z][a-z0-9_]*}, function constants, and excess of size. */
    public FunctionCode {
        constants = List.copyOf(constants);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "function name must match " + NAME + ", found '" + name + "'");
        }
        requireAtMost(name, "arguments", arity, CodeLimits.MAX_ARITY);
        requireAtMost(name, "constants", constants.size(), CodeLimits.MAX_CONSTANTS);
        requireAtMost(name, "bytes of code", code.size(), CodeLimits.MAX_CODE_BYTES);
        for (Value constant : constants) {
            if (!constant.isData()) {
                throw new IllegalArgumentException(name + ": a constant cannot be a function");
            }
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static FunctionCode readFrom(CanonicalReader in) {
        return new FunctionCode(
                in.readText(CodeLimits.MAX_NAME_BYTES),
                in.readU8(),
                in.readList(CodeLimits.MAX_CONSTANTS, ValueCodec::read),
                in.readBytes(CodeLimits.MAX_CODE_BYTES));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeText(name).writeU8(arity).writeList(constants, ValueCodec::write).writeBytes(code);
    }

    private static void requireAtMost(String name, String what, int found, int allowed) {
        if (found > allowed) {
            throw new IllegalArgumentException(
                    name + ": " + found + " " + what + ", allowed " + allowed);
        }
    }
}
