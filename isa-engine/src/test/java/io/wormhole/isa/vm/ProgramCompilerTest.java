package io.wormhole.isa.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution.OutOfGas;
import io.wormhole.isa.vm.Execution.Returned;
import io.wormhole.isa.vm.Execution.Trapped;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramCompilerTest {
    private static final GasLimit PLENTY = new GasLimit(1L << 40, 1 << 20);
    private static final String SUM =
            "fn sum(n, total) { get n push 0 eq if { get total } else {"
                    + " get n push 1 sub get total get n add call sum } }";
    private static final String FIB =
            "fn fib(n) { get n push 2 lt if { get n } else {"
                    + " get n push 1 sub call fib get n push 2 sub call fib add } }";

    @Test
    void loopsAndRecursionGiveTheSameValueAndGas() {
        assertThat(((Returned) same(SUM, PLENTY, "100000", "0")).value())
                .isEqualTo(Value.of(5_000_050_000L));
        assertThat(((Returned) same(FIB, PLENTY, "20")).value()).isEqualTo(Value.of(6_765));
    }

    @Test
    void integersThatOutgrow64BitsGoOnInTheInterpreter() {
        Execution end = same(SUM, PLENTY, "100", "9223372036854775800");

        assertThat(((Returned) end).value()).isEqualTo(ValueText.parse("9223372036854780850"));
    }

    @Test
    void valuesOfOtherTypesTrapAlike() {
        assertThat(((Trapped) same(SUM, PLENTY, "10", "true")).reason())
                .isEqualTo(TrapReason.WRONG_TYPE);
        assertThat(((Trapped) same(FIB, PLENTY, "\"ten\"")).reason())
                .isEqualTo(TrapReason.WRONG_TYPE);
    }

    @Test
    void everyTimeLimitEndsAtTheSamePlace() {
        for (int time = 0; time < 700; time++) {
            same(FIB, new GasLimit(time, 1_000), "4");
            same(SUM, new GasLimit(time, 1_000), "9", "9223372036854775800");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get a get n add get b",
                "get a get n push 3 mul add get b get a sub",
                "get b get a get b add",
                "get a get b add push -4 mul get b push 7 add",
                "get n get a add get n get b sub get n add",
                "get a get b get n push 5 lt if { push 2 mul } else { get n add } add get a"
            })
    void whatRoundsOnlyCarryOnIsAddedUpAsRoundByRound(String next) {
        String loop =
                "fn f(n, a, b) { get n push 0 le if { get a get b push 3 mul sub } else {"
                        + " get n push 1 sub "
                        + next
                        + " call f } }";
        for (int rounds = 0; rounds < 70; rounds++) {
            same(loop, PLENTY, String.valueOf(rounds), "3", "-5");
            same(loop, new GasLimit(40L * rounds, 1_000), "60", "1", "2");
        }
        for (int bits = 50; bits < 64; bits++) {
            String large = String.valueOf((1L << bits) - 1);
            same(loop, PLENTY, "40", large, "1");
            same(loop, PLENTY, "40", "-1", large);
        }
    }

    @Test
    void whatIsKnownOfOneRoundIsNotTakenForTheNext() {
        String mixed =
                "fn f(a, b) { get b push 1 eq if { get a push 4611686018427387904 mul } else {"
                        + " get a push 0 le if { get a } else {"
                        + " get a push 1 sub get a call f } } }";

        for (int a = 0; a < 12; a++) {
            same(mixed, PLENTY, "" + a, "7");
            same(mixed, PLENTY, "" + a, "1");
        }
    }

    @Test
    void sumsThatGrowTooLargeWithinUncheckedRoundsAreNoticed() {
        String doubling =
                "fn f(n, a) { get n push 0 eq if { get a } else {"
                        + " get n push 1 sub get a get a add call f } }";

        for (int n = 55; n < 75; n++) {
            same(doubling, PLENTY, "" + n, "1");
            same(doubling, PLENTY, "" + n, "-1");
        }
    }

    @Test
    void whatHoldsWhileArgumentsAreSmallIsNotTakenForRoundsInWhichTheyAreNot() {
        String lagging =
                "fn main(n) { get n push 144115188075855872 push 0 push 0 call f push 1 add } "
                        + "fn f(n, a, x, y) { get n push 0 le if { get y } else {"
                        + " get n push 1 sub"
                        + " get n push 3 band push 0 eq"
                        + " if { push 144115188075855872 } else { get a push 2 mul }"
                        + " get a push 10 shr"
                        + " get n push 3 band push 3 eq"
                        + " if { get x push 16384 mul } else { get y }"
                        + " call f } }";

        for (int n = 0; n < 40; n++) {
            same(lagging, PLENTY, "" + n);
        }
    }

    @Test
    void divisionsThatAreWrittenForSmallNumbersAreRightForAll() {
        String digits =
                "fn f(n, d, total) { get n push 0 eq if { get total } else {"
                        + " get n get d div get d get total push 31 mul get n get d %s add"
                        + " call f } }";
        List<String> numbers =
                List.of("-1", "7", "1073741823", "1073741824", "-2147483648", "2147483648");

        for (String rest : List.of("rem", "fmod", "fdiv")) {
            for (String number : numbers) {
                for (String divisor : List.of("0", "2", "-2", "1073741824", "-1073741824")) {
                    same(digits.formatted(rest), PLENTY, number, divisor, "0");
                }
            }
            same(digits.formatted(rest), PLENTY, "-9223372036854775808", "3", "0");
            same(
                    digits.formatted(rest),
                    new GasLimit(9_000, 100),
                    "-9223372036854775808",
                    "-1",
                    "0");
        }
    }

    @Test
    void onlyFunctionsThatRunTakeSpace() {
        String some =
                "fn f(n, a) { get n push 0 eq if { get a } else { get n push 1 sub"
                        + " get n push 5 eq if { get a get n call g } else { get a push 1 add }"
                        + " call f } } fn g(a, b) { get a get b get a get b get a add add mul sub }";

        for (int space = 0; space < 30; space++) {
            same(some, new GasLimit(100_000, space), "4", "3");
            same(some, new GasLimit(100_000, space), "40", "3");
        }
    }

    @Test
    void deepRecursionEndsAsOutOfSpace() {
        Execution end =
                same(
                        "fn down(n) { get n push 1 add call down push 1 add }",
                        new GasLimit(1L << 40, 1 << 20),
                        "0");

        assertThat(((OutOfGas) end).resource()).isEqualTo(Resource.SPACE);
    }

    @Test
    void valuesOnTheStackAreMeteredAlike() {
        String copies =
                "fn f(x, n) { get n push 0 eq if { get x get x bcat blen } else {"
                        + " get x dup swap over drop drop get n push 1 sub call f } }";

        for (int space = 0; space < 120; space += 3) {
            same(copies, new GasLimit(100_000, space), "\"a text of some length, eight\"", "5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cup-order", "hash-time-lock", "pay-per-call"})
    void shippedContractsCompile(String contract) {
        Program program = Vm.load(ContractLibrary.module(contract));

        assertThat(program.compiled().compiled).hasSize(program.arities.length);
    }

    @Test
    void functionsTooLargeForTheJvmStayInTheInterpreter() {
        String large = "fn f(x) { get x " + "push 3 mul push 7 rem ".repeat(1_000) + "}";
        Program compiled = Vm.load(Assembler.assemble(large)).compiled();

        assertThat(compiled.compiled).isEmpty();
        same(large, PLENTY, "5");
    }

    @Test
    void functionThatWasNotRevealedIsMissedAlike() {
        CodeModule module =
                Assembler.assemble("fn f(x) { get x call g push 1 add } fn g(x) { get x }");
        Program part = Vm.load(RevealedCode.of(module, new TreeSet<>(List.of(0))));
        List<Value> arguments = List.of(Value.of(1));

        Execution end = Vm.run(part.compiled(), 0, arguments, PLENTY);

        assertThat(end).isEqualTo(Vm.run(part, 0, arguments, PLENTY));
        assertThat(((Trapped) end).reason()).isEqualTo(TrapReason.FUNCTION_NOT_REVEALED);
    }

    /** Runs both ways and compares everything, the words for people included. */
    private static Execution same(String text, GasLimit limit, String... literals) {
        Program program = Vm.load(Assembler.assemble(text));
        List<Value> arguments = List.of(literals).stream().map(ValueText::parse).toList();
        Execution interpreted = Vm.run(program, 0, arguments, limit);
        assertThat(Vm.run(program.compiled(), 0, arguments, limit)).isEqualTo(interpreted);
        return interpreted;
    }
}
