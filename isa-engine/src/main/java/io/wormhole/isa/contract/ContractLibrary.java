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

    private record Source(String file, String text) {}

    /**
     * The text of the contract called {@code name}, e.g. {@code cup-order}.
     *
     * @throws IllegalArgumentException when none has that name
     */
    public static String source(String name) {
        return find(name).text();
    }

    private static Source find(String name) {
        return ENDS.stream()
                .map(end -> read(name + end))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no contract is shipped as " + name));
    }

    private static Optional<Source> read(String file) {
        try (InputStream in = ContractLibrary.class.getResourceAsStream("/contracts/" + file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(
                            new Source(
                                    file, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The module of the contract called {@code name}. */
    public static CodeModule module(String name) {
        Source source = find(name);
        if (source.file().endsWith(".wha")) {
            return Assembler.assemble(source.text());
        }
        Compilation compilation = Languages.compile(source.file(), source.text());
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.module();
        }
        throw new IllegalStateException(source.file() + ": " + compilation);
    }
}
