package io.wormhole.isa.project;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.SourceMap;
import io.wormhole.protocol.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Source text to module, by the ending of the file's name. */
public final class Sources {
    /** The ending of modules that are compiled already. */
    public static final String MODULE = "whm";

    private static final Map<String, Compiler> COMPILERS =
            new TreeMap<>(Map.of("wha", Assembler::assemble));

    private Sources() {}

    private interface Compiler {
        CodeModule compile(String text, SourceMap positions);
    }

    /** A module and where its instructions come from. */
    public record Compiled(CodeModule module, SourceMap positions) {}

    /** Whether files with the name's ending are compiled. */
    public static boolean isSource(String fileName) {
        return COMPILERS.containsKey(ending(fileName));
    }

    /** The endings of sources and modules, for messages. */
    public static List<String> endings() {
        return java.util.stream.Stream.concat(
                        COMPILERS.keySet().stream(), java.util.stream.Stream.of(MODULE))
                .toList();
    }

    /**
     * Compiles {@code content}, or decodes it when it is a module; it is not verified yet.
     *
     * @throws IllegalArgumentException with file, place and fault
     */
    public static Compiled compile(String fileName, Bytes content) {
        String ending = ending(fileName);
        try {
            if (ending.equals(MODULE)) {
                return new Compiled(CodeModule.decode(content), new SourceMap(""));
            }
            Optional<Compiler> compiler = Optional.ofNullable(COMPILERS.get(ending));
            if (compiler.isEmpty()) {
                throw new IllegalArgumentException(
                        "no language has the ending ." + ending + ", known are " + endings());
            }
            String text = text(content);
            SourceMap positions = new SourceMap(text);
            return new Compiled(compiler.get().compile(text, positions), positions);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(fileName + ": " + refused.getMessage(), refused);
        }
    }

    static String text(Bytes utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8.toArray()))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException("the text is not UTF-8", binary);
        }
    }

    private static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1);
    }
}
