package io.wormhole.isa.bytecode;

import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/** The functions of a module by index: all of them, or those that were revealed. */
public interface FunctionTable {
    /** How many functions the module has, revealed or not. */
    int size();

    /** The function at {@code index} (from 0 to size − 1), where it is known. */
    Optional<FunctionCode> function(int index);

    /** What a contract signs as its code hash. */
    Hash commitment();

    /** The index of the known function called {@code name}. */
    default Optional<Integer> indexOf(String name) {
        for (int i = 0; i < size(); i++) {
            Optional<FunctionCode> function = function(i);
            if (function.isPresent() && function.get().name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
