package io.wormhole.isa.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.Disassembler;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.VerifiedCode;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution.OutOfGas;
import io.wormhole.isa.vm.Execution.Returned;
import io.wormhole.isa.vm.Execution.Trapped;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class MachineFuzzTest {
    private static final int PROGRAMS = Integer.getInteger("wormhole.fuzz.programs", 1_200);

    /** How often each program is run, from any of its functions. */
    private static final int RUNS = 3;

    private final Arbitrary any = Arbitrary.forTest("MachineFuzzTest", 19);

    @Test
    void interpreterAndCompiledCodeAgreeWithThePlainRules() {
        Map<String, Integer> ends =
                agreed(
                        () -> RandomPrograms.module(any),
                        arity -> RandomPrograms.arguments(any, arity));

        System.out.println("MachineFuzzTest: " + ends);
        assertThat(ends).containsKeys("Returned", "SPACE", "TIME", "WRONG_TYPE", "FAILED");
        assertThat(ends.get("Returned")).isGreaterThan(PROGRAMS / 20);
    }

    @Test
    void numericCodeAgreesWithThePlainRules() {
        Map<String, Integer> ends =
                agreed(
                        () -> RandomPrograms.numericModule(any),
                        arity -> RandomPrograms.numbers(any, arity));

        System.out.println("MachineFuzzTest, numeric: " + ends);
        assertThat(ends).containsKeys("Returned", "SPACE", "TIME", "DIVISION_BY_ZERO");
        assertThat(ends.get("Returned")).isGreaterThan(PROGRAMS / 20);
    }

    @Test
    void loopsOfNumbersAgreeWithThePlainRules() {
        Map<String, Integer> ends =
                agreed(() -> RandomLoops.module(any), arity -> RandomLoops.arguments(any));

        System.out.println("MachineFuzzTest, loops: " + ends);
        assertThat(ends).containsKeys("Returned", "TIME", "OUT_OF_RANGE", "DIVISION_BY_ZERO");
        assertThat(ends.get("Returned")).isGreaterThan(PROGRAMS / 20);
    }

    /** Runs programs on all machines and compares; gives how many runs ended in which way. */
    private Map<String, Integer> agreed(
            Supplier<CodeModule> modules, IntFunction<List<Value>> arguments) {
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < PROGRAMS; i++) {
            CodeModule module = modules.get();
            VerifiedCode code = verified(module);
            Program program = Program.of(code);
            Program compiled = program.compiled();
            for (int run = 0; run < RUNS; run++) {
                int entry = run == 0 ? 0 : any.below(module.functions().size());
                List<Value> given = arguments.apply(module.functions().get(entry).arity());
                GasLimit limit = limit();
                Execution expected = PlainMachine.run(code, entry, given, limit);
                Execution found = Vm.run(program, entry, given, limit);
                Execution faster = Vm.run(compiled, entry, given, limit);
                if (!plain(found).equals(plain(expected)) || !faster.equals(found)) {
                    String what = "program %d of seed %d, entry %d, limits %s, arguments %s%n%s";
                    String where = what.formatted(i, any.seed(), entry, limit, given, text(module));
                    assertThat(plain(found)).as(where).isEqualTo(plain(expected));
                    assertThat(faster).as(where).isEqualTo(found);
                }
                ends.merge(kind(found), 1, Integer::sum);
            }
        }
        return ends;
    }

    /** Now and then one that lets loops go on for long. */
    private GasLimit limit() {
        int time = any.oneIn(100) ? 1_000_000 : 20_000;
        return new GasLimit(any.below(time), any.below(3_000));
    }

    @Test
    void gasThatWasUsedIsEnoughAndLessIsNot() {
        for (int i = 0; i < PROGRAMS / 10; i++) {
            CodeModule module = RandomPrograms.module(any);
            Program program = Program.of(verified(module));
            List<Value> arguments =
                    RandomPrograms.arguments(any, module.functions().get(0).arity());
            Execution first = Vm.run(program, 0, arguments, new GasLimit(50_000, 10_000));
            if (!(first instanceof Returned)) {
                continue;
            }
            GasUsed used = first.gasUsed();

            GasLimit exact = new GasLimit(used.time(), used.space());
            assertThat(Vm.run(program, 0, arguments, exact)).isEqualTo(first);
            if (used.time() > 0) {
                GasLimit lessTime = new GasLimit(used.time() - 1, used.space());
                assertThat(Vm.run(program, 0, arguments, lessTime)).isInstanceOf(OutOfGas.class);
            }
            GasLimit lessSpace = new GasLimit(used.time(), used.space() - 1);
            assertThat(Vm.run(program, 0, arguments, lessSpace)).isInstanceOf(OutOfGas.class);
        }
    }

    @Test
    void modulesComeBackFromBytesAndFromText() {
        for (int i = 0; i < PROGRAMS / 20; i++) {
            CodeModule module = RandomPrograms.module(any);

            assertThat(CodeModule.decode(module.encoded())).isEqualTo(module);
            assertThat(Assembler.assemble(text(module))).isEqualTo(module);
        }
    }

    @Test
    void damagedModulesAreMalformedRefusedOrRunToAnEnd() {
        int ran = 0;
        for (int i = 0; i < PROGRAMS / 4; i++) {
            Bytes damaged = RandomPrograms.module(any).encoded();
            for (int flips = 1 + any.below(4); flips > 0; flips--) {
                damaged = any.withOneBitFlipped(damaged);
            }
            try {
                CodeModule module = CodeModule.decode(damaged);
                if (Verifier.verify(module) instanceof Verification.Verified verified) {
                    List<Value> arguments =
                            RandomPrograms.arguments(any, module.functions().get(0).arity());
                    Execution end =
                            Vm.run(
                                    Program.of(verified.code()),
                                    0,
                                    arguments,
                                    new GasLimit(20_000, 2_000));
                    assertThat(end).isNotNull();
                    ran++;
                }
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageStartingWith("malformed at byte");
            }
        }
        assertThat(ran).isGreaterThan(PROGRAMS / 100);
    }

    private static VerifiedCode verified(CodeModule module) {
        Verification verification = Verifier.verify(module);
        assertThat(verification).as("%s", verification).isInstanceOf(Verification.Verified.class);
        return ((Verification.Verified) verification).code();
    }

    private static String text(CodeModule module) {
        return Disassembler.disassemble(module);
    }

    /** What must agree: details of traps are for people. */
    private static Execution plain(Execution end) {
        return end instanceof Trapped trapped
                ? new Trapped(trapped.reason(), "", trapped.function(), trapped.gasUsed())
                : end;
    }

    private static String kind(Execution end) {
        if (end instanceof Trapped trapped) {
            return trapped.reason().name();
        }
        return end instanceof OutOfGas out ? out.resource().name() : end.getClass().getSimpleName();
    }
}
