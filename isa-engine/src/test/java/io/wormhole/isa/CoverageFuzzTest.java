package io.wormhole.isa;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.AssemblyException;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.Disassembler;
import io.wormhole.isa.bytecode.FunctionTable;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.language.Compilation;
import io.wormhole.isa.language.Language;
import io.wormhole.isa.language.Languages;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * Doors that bytes of strangers come in by, under a fuzzer that is guided by coverage. In an
 * ordinary test run only the kept corpus is tried; {@code mvn -Pfuzz} searches on.
 */
final class CoverageFuzzTest {
    private static final GasLimit LITTLE = new GasLimit(20_000, 2_000);
    private static final NetworkId NETWORK = new NetworkId(Hash.ZERO);

    @FuzzTest(maxDuration = "2m")
    void codeIsMalformedRefusedOrRunsToAnEndTheSameInBothTiers(byte[] data) {
        FunctionTable code;
        try {
            code = RevealedCode.decodeAny(Bytes.of(data));
        } catch (MalformedBytesException malformed) {
            return;
        }
        if (!(Verifier.verify(code) instanceof Verification.Verified verified)) {
            return;
        }
        if (code instanceof CodeModule module) {
            require(module.equals(Assembler.assemble(Disassembler.disassemble(module))));
        }
        Program program = Program.of(verified.code());
        int arity = code.function(0).map(function -> function.arity()).orElse(0);
        List<Value> arguments = Collections.nCopies(arity, Value.of(data.length));
        Execution end = Vm.run(program, 0, arguments, LITTLE);
        require(end.equals(Vm.run(program.compiled(), 0, arguments, LITTLE)));
    }

    @FuzzTest(maxDuration = "1m")
    void valueIsMalformedOrHasThisOneEncoding(byte[] data) {
        try {
            Bytes encoded = Bytes.of(data);
            require(ValueCodec.encode(ValueCodec.decode(encoded)).equals(encoded));
        } catch (MalformedBytesException malformed) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void literalIsRefusedOrPrintsToItself(byte[] data) {
        try {
            Value value = ValueText.parse(new String(data, StandardCharsets.UTF_8));
            require(ValueText.parse(value.toString()).equals(value));
        } catch (IllegalArgumentException refused) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void assemblyIsRefusedWithItsPlaceOrBecomesAModule(byte[] data) {
        try {
            CodeModule module = Assembler.assemble(new String(data, StandardCharsets.UTF_8));
            require(CodeModule.decode(module.encoded()).equals(module));
        } catch (AssemblyException refused) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void packageIsFaultyOrValid(byte[] data) {
        require(IsaPackageCodec.decode(Bytes.of(data), NETWORK) != null);
    }

    @FuzzTest(maxDuration = "1m")
    void javaScriptIsRefusedOrBecomesAModule(byte[] data) {
        compiles(Language.JAVASCRIPT, data);
    }

    @FuzzTest(maxDuration = "1m")
    void pythonIsRefusedOrBecomesAModule(byte[] data) {
        compiles(Language.PYTHON, data);
    }

    @FuzzTest(maxDuration = "1m")
    void erlangIsRefusedOrBecomesAModule(byte[] data) {
        compiles(Language.ERLANG, data);
    }

    @FuzzTest(maxDuration = "1m")
    void rIsRefusedOrBecomesAModule(byte[] data) {
        compiles(Language.R, data);
    }

    /**
     * A source becomes a module that the verifier accepts, or is refused with every fault's place.
     */
    private static void compiles(Language language, byte[] data) {
        String source = new String(data, StandardCharsets.UTF_8);
        Compilation compilation = Languages.compile(language, "test", source);
        if (compilation instanceof Compilation.Compiled compiled) {
            require(Verifier.verify(compiled.module()) instanceof Verification.Verified);
        } else {
            require(!((Compilation.Refused) compilation).faults().isEmpty());
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("the rule is broken");
        }
    }
}
