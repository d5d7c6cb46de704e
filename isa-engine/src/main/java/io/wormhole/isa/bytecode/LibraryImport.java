package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;
import java.util.Optional;

/**
 * A function that stands for one of a library: its code is the single instruction {@code library},
 * its constants are the code hash of the library and the index of the function in it.
 */
public record LibraryImport(String name, int arity, Hash library, int index) {
    /** Whether {@code function} begins as one that stands for another. */
    static boolean isOne(FunctionCode function) {
        return !function.code().isEmpty()
                && (function.code().at(0) & 0xff) == Opcode.LIBRARY.code();
    }

    /** What {@code function} stands for, if it has the form. */
    static Optional<LibraryImport> of(FunctionCode function) {
        List<Value> constants = function.constants();
        if (isOne(function)
                && function.code().size() == 1
                && constants.size() == 2
                && constants.get(0) instanceof BytesValue hash
                && hash.bytes().size() == Hash.SIZE
                && constants.get(1) instanceof IntValue index
                && index.isSmall()
                && index.longValue() >= 0
                && index.longValue() < CodeLimits.MAX_FUNCTIONS) {
            return Optional.of(
                    new LibraryImport(
                            function.name(),
                            function.arity(),
                            new Hash(hash.bytes()),
                            (int) index.longValue()));
        }
        return Optional.empty();
    }

    /** The import of the function called {@code name} of {@code library}. */
    static Optional<LibraryImport> of(CodeModule library, String name) {
        return library.indexOf(name)
                .map(
                        index ->
                                new LibraryImport(
                                        name,
                                        library.functions().get(index).arity(),
                                        library.commitment(),
                                        index));
    }

    FunctionCode toFunction() {
        CanonicalWriter code = new CanonicalWriter();
        Instruction.of(Opcode.LIBRARY, 0, 0).writeTo(code);
        return new FunctionCode(
                name, arity, List.of(Value.of(library.bytes()), Value.of(index)), code.toBytes());
    }
}
