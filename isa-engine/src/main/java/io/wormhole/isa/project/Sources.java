package io.wormhole.isa.project;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.SourceMap;
import io.wormhole.isa.language.Compilation;
import io.wormhole.isa.language.Language;
import io.wormhole.isa.language.Languages;
import io.wormhole.protocol.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Source text to module, by the ending of the file's name. */
public final class Sources {
    /** The ending of modules that are compiled already. */
    public static final String MODULE = "whm";

    private static final String ASSEMBLY = ".wha";
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Sources() {}

    /** A module and where its instructions come from. */
    public record Compiled(CodeModule module, Places places) {}

    /** The place in the source, {@code line:column}, of an instruction. */
    public interface Places {
        /** The place of the instruction at {@code offset} of {@code function}, if it is known. */
        Optional<String> find(String function, int offset);
    }

    /** Whether files of this name are compiled. */
    public static boolean isSource(String fileName) {
        return Language.ofFile(fileName).isPresent();
    }

    /** The largest file of this name that is compiled or decoded, in bytes. */
    public static int mostBytes(String fileName) {
        return fileName.endsWith("." + MODULE)
                ? CodeLimits.MAX_MODULE_BYTES
                : Languages.MAX_SOURCE_CHARACTERS;
    }

    /**
     * Compiles {@code content}, or decodes it when it is a module; it is not verified yet.
     *
     * @throws IllegalArgumentException with file, place and fault
     */
    public static Compiled compile(String fileName, Bytes content) {
        if (fileName.endsWith("." + MODULE)) {
            CodeModule module = named(fileName, () -> CodeModule.decode(content));
            return new Compiled(module, (function, offset) -> Optional.empty());
        }
        if (!isSource(fileName)) {
            throw new IllegalArgumentException(
                    fileName
                            + ": no language has files of this name, end it with .js, .py, .erl,"
                            + " .r, .wha or ."
                            + MODULE);
        }
        String text = named(fileName, () -> text(content));
        return fileName.endsWith(ASSEMBLY)
                ? named(fileName, () -> assemble(text))
                : translate(fileName, text);
    }

    private static <T> T named(String fileName, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(fileName + ": " + refused.getMessage(), refused);
        }
    }

    private static Compiled assemble(String text) {
        SourceMap positions = new SourceMap(text);
        CodeModule module = Assembler.assemble(text, positions);
        return new Compiled(
                module,
                (function, offset) ->
                        positions.find(function, offset).map(SourceMap.Position::toString));
    }

    private static Compiled translate(String fileName, String text) {
        Compilation compilation = Languages.compile(fileName, text);
        if (compilation instanceof Compilation.Compiled compiled) {
            CodeModule module = compiled.module();
            return new Compiled(
                    module,
                    (function, offset) ->
                            module.indexOf(function)
                                    .flatMap(index -> compiled.positions().at(index, offset))
                                    .map(at -> at.line() + ":" + at.column()));
        }
        throw new IllegalArgumentException(
                ((Compilation.Refused) compilation)
                        .faults().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }

    /**
     * The text of a file.
     *
     * @throws IllegalArgumentException with the line that is no UTF-8, or when a byte order mark
     *     begins it, which no language here has
     */
    static String text(Bytes utf8) {
        ByteBuffer bytes = ByteBuffer.wrap(utf8.toArray());
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            throw new IllegalArgumentException(
                    "line "
                            + (1 + text.flip().chars().filter(c -> c == '\n').count())
                            + ": the text is not UTF-8");
        }
        if (text.position() > 0 && text.get(0) == BYTE_ORDER_MARK) {
            throw new IllegalArgumentException(
                    "line 1: a byte order mark begins the text, save it as UTF-8 without one");
        }
        return text.flip().toString();
    }
}
