package io.wormhole.isa.bytecode;

import io.wormhole.protocol.crypto.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Modules that every machine has, so that code can name their functions instead of carrying them.
 * They are named by code hash; a hash that was ever in the list stays in it.
 */
public final class StandardLibrary {
    /** The names of the modules, which are files under {@code library/} on the class path. */
    private static final List<String> NAMES = List.of("std", "oracle");

    private static final Map<String, CodeModule> BY_NAME = new LinkedHashMap<>();
    private static final Map<Hash, String> BY_HASH = new LinkedHashMap<>();

    static {
        for (String name : NAMES) {
            CodeModule module = Assembler.assemble(source(name));
            BY_NAME.put(name, module);
            BY_HASH.put(module.commitment(), name);
        }
    }

    private StandardLibrary() {}

    /** The module called {@code name}. */
    public static Optional<CodeModule> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The module with this code hash. */
    public static Optional<CodeModule> find(Hash codeHash) {
        return Optional.ofNullable(BY_HASH.get(codeHash)).flatMap(StandardLibrary::named);
    }

    /** The name of the module with this code hash. */
    static Optional<String> nameOf(Hash codeHash) {
        return Optional.ofNullable(BY_HASH.get(codeHash));
    }

    private static String source(String name) {
        String path = "/library/" + name + ".wha";
        try (InputStream in = StandardLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
