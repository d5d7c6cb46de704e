package io.wormhole.isa.contract;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The contracts that are shipped as assembly text under {@code contracts/} on the class path. */
public final class ContractLibrary {
    private ContractLibrary() {}

    /**
     * The text of the contract called {@code name}, e.g. {@code cup-order}.
     *
     * @throws IllegalArgumentException when none has that name
     */
    public static String source(String name) {
        try (InputStream in =
                ContractLibrary.class.getResourceAsStream("/contracts/" + name + ".wha")) {
            if (in == null) {
                throw new IllegalArgumentException("no contract is shipped as " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The module of the contract called {@code name}. */
    public static CodeModule module(String name) {
        return Assembler.assemble(source(name));
    }
}
