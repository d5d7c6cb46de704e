package io.wormhole.isa.contract;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.language.Compilation;
import io.wormhole.isa.language.Languages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The contracts that are shipped as source under {@code contracts/} on the class path: assembly,
 * and Python for the larger ones.
 */
public final class ContractLibrary {
    private static final List<String> ENDS = List.of(".wha", ".py");

    private ContractLibrary() {}

    /**
     * The text of the contract called {@code name}, e.g. {@code cup-order}.
     *
     * @throws IllegalArgumentException when none has that name
     */
    public static String source(String name) {
        return read(file(name))
                .orElseThrow(() -> new IllegalStateException("gone from the class path: " + name));
    }

    private static String file(String name) {
        return ENDS.stream()
                .map(end -> name + end)
                .filter(file -> read(file).isPresent())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no contract is shipped as " + name));
    }

    private static Optional<String> read(String file) {
        try (InputStream in = ContractLibrary.class.getResourceAsStream("/contracts/" + file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The module of the contract called {@code name}. */
    public static CodeModule module(String name) {
        String file = file(name);
        String source = source(name);
        if (file.endsWith(".wha")) {
            return Assembler.assemble(source);
        }
        Compilation compilation = Languages.compile(file, source);
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.module();
        }
        throw new IllegalStateException(file + ": " + compilation);
    }
}
