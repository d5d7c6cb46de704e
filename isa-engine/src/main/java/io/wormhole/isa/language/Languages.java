package io.wormhole.isa.language;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.AssemblyException;
import io.wormhole.isa.bytecode.CodeFault;
import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.language.Compilation.Compiled;
import io.wormhole.isa.language.Compilation.Refused;
import io.wormhole.isa.language.core.CoreCompiler;
import io.wormhole.isa.language.core.CoreModule;
import io.wormhole.isa.language.core.KindCheck;
import io.wormhole.isa.language.core.LanguageFault;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.SourceMap;
import io.wormhole.isa.language.erlang.Erlang;
import io.wormhole.isa.language.javascript.JavaScript;
import io.wormhole.isa.language.python.Python;
import io.wormhole.isa.language.r.RLanguage;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Lowering;
import io.wormhole.isa.language.surface.SourceModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Compiles sources; never throws, whatever the source is. */
public final class Languages {
    /** Length of a source, in characters. */
    public static final int MAX_SOURCE_CHARACTERS = 1024 * 1024;

    private Languages() {}

    /** Compiles {@code source} in the language that the end of {@code fileName} says. */
    public static Compilation compile(String fileName, String source) {
        Optional<Language> language = Language.ofFile(fileName);
        if (language.isEmpty()) {
            return refused(
                    fileName,
                    Position.START,
                    "no language has files of this name",
                    "end it with .js, .py, .erl, .R or .wha");
        }
        return compile(language.get(), fileName, source);
    }

    /** Compiles {@code source}; {@code fileName} stands in faults. */
    public static Compilation compile(Language language, String fileName, String source) {
        if (source.length() > MAX_SOURCE_CHARACTERS) {
            return refused(
                    fileName,
                    Position.START,
                    "a source has at most " + MAX_SOURCE_CHARACTERS + " characters",
                    "");
        }
        if (language == Language.ASSEMBLY) {
            return assemble(fileName, source);
        }
        String[] lines = source.split("\n", -1);
        List<LanguageFault> faults = new ArrayList<>();
        try {
            CoreModule core = core(language, fileName, source, faults);
            if (faults.isEmpty()) {
                return verified(fileName, CoreCompiler.compile(core, KindCheck.check(core)));
            }
        } catch (RefusedSource refused) {
            faults.add(Lowering.fault(fileName, lines, refused));
        }
        faults.sort(
                Comparator.comparingInt((LanguageFault fault) -> fault.at().line())
                        .thenComparingInt(fault -> fault.at().column()));
        return new Refused(faults);
    }

    private static CoreModule core(
            Language language, String fileName, String source, List<LanguageFault> faults) {
        String[] lines = source.split("\n", -1);
        SourceModule module = read(language, source);
        if (module.tops().isEmpty()) {
            throw new RefusedSource(
                    Position.START, "there is no function in this file", "write one");
        }
        return Lowering.lower(
                module,
                dialect(language),
                refused -> faults.add(Lowering.fault(fileName, lines, refused)));
    }

    private static SourceModule read(Language language, String source) {
        return switch (language) {
            case JAVASCRIPT -> JavaScript.read(source);
            case PYTHON -> Python.read(source);
            case ERLANG -> Erlang.read(source);
            case R -> RLanguage.read(source);
            case ASSEMBLY -> throw new IllegalStateException("assembly is not read here");
        };
    }

    private static Dialect dialect(Language language) {
        return switch (language) {
            case JAVASCRIPT -> JavaScript.dialect();
            case PYTHON -> Python.dialect();
            case ERLANG -> Erlang.dialect();
            case R -> RLanguage.dialect();
            case ASSEMBLY -> throw new IllegalStateException("assembly has no dialect");
        };
    }

    private static Compilation verified(String fileName, CoreCompiler.Result result) {
        if (result.module().encoded().size() > CodeLimits.MAX_MODULE_BYTES) {
            return refused(
                    fileName,
                    Position.START,
                    "the program is too long for the machine",
                    "make the contract smaller");
        }
        SourceMap positions = new SourceMap(fileName, result.positions());
        return verified(fileName, result.module(), positions);
    }

    private static Compilation verified(String fileName, CodeModule module, SourceMap positions) {
        Verification verification = Verifier.verify(module);
        if (verification instanceof Verification.Refused refused) {
            CodeFault fault = refused.faults().get(0);
            return refused(fileName, Position.START, fault.toString(), "");
        }
        return new Compiled(module, positions);
    }

    private static Compilation assemble(String fileName, String source) {
        try {
            CodeModule module = Assembler.assemble(source);
            List<NavigableMap<Integer, Position>> none = new ArrayList<>();
            module.functions().forEach(function -> none.add(new TreeMap<>()));
            return verified(fileName, module, new SourceMap(fileName, none));
        } catch (AssemblyException malformed) {
            return refused(fileName, Position.START, String.valueOf(malformed.getMessage()), "");
        }
    }

    private static Refused refused(String file, Position at, String what, String instead) {
        return new Refused(List.of(new LanguageFault(file, at, "", what, instead)));
    }
}
