package io.wormhole.isa.project;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.SourceMap;
import io.wormhole.isa.language.Compilation;
import io.wormhole.isa.language.Language;
import io.wormhole.isa.language.Languages;
import io.wormhole.protocol.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Source text to module, by the ending of the file's name. */
public final class Sources {
    /** The ending of modules that are compiled already. */
    public static final String MODULE = "whm";

    private static final String ASSEMBLY = ".wha";

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

    /**
     * Compiles {@code content}, or decodes it when it is a module; it is not verified yet.
     *
     * @throws IllegalArgumentException with file, place and fault
     */
    public static Compiled compile(String fileName, Bytes content) {
        if (isSource(fileName) && !fileName.endsWith(ASSEMBLY)) {
            return translate(fileName, content);
        }
        try {
            if (fileName.endsWith("." + MODULE)) {
                return new Compiled(
                        CodeModule.decode(content), (function, offset) -> Optional.empty());
            }
            if (!fileName.endsWith(ASSEMBLY)) {
                throw new IllegalArgumentException(
                        "no language has files of this name, end it with .js, .py, .erl, .R, .wha"
                                + " or ."
                                + MODULE);
            }
            String text = text(content);
            SourceMap positions = new SourceMap(text);
            CodeModule module = Assembler.assemble(text, positions);
            return new Compiled(
                    module,
                    (function, offset) ->
                            positions.find(function, offset).map(SourceMap.Position::toString));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(fileName + ": " + refused.getMessage(), refused);
        }
    }

    private static Compiled translate(String fileName, Bytes content) {
        Compilation compilation = Languages.compile(fileName, text(content));
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
}
