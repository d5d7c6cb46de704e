package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifierTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0 | f at byte 0: the function ends without a value",
                "10 | 1 | f at byte 0: 'add' takes 2 values, the frame holds 1",
                "0901 | 1 | f at byte 0: no slot 1, the frame holds 1",
                "020000 | 0 | f at byte 0: no constant 0",
                "90000100 | 0 | f at byte 0: no function 1",
                "90000000 | 1 | f at byte 0: f takes 1, given 0",
                "0691000002 | 2 | f at byte 1: 'closure' takes 2 values, the frame holds 1",
                "ff | 0 | f at byte 0: malformed at byte 1: no instruction has code 255",
                "01000000 | 0 | f at byte 0: malformed at byte 1: truncated: 64-bit integer"
                        + " expected, 3 bytes left",
                "0393 | 0 | f at byte 2: a choice has no end",
                "95 | 1 | f at byte 0: end without if",
                "94 | 1 | f at byte 0: else without if",
                "039395 | 0 | f at byte 2: end without else",
                "0393949495 | 0 | f at byte 3: a second else",
                "0393039495 | 0 | f at byte 4: the branches leave 1 and 0 values",
                "0393030394039503 | 0 | f at byte 6: the branches leave 2 and 1 values",
                "0396 03 | 0 | f at byte 2: nothing can reach 'true'",
                "039303960494039604950303 | 0 | f at byte 4: nothing can reach 'false'"
            })
    void codeThatCouldMisbehaveIsRefused(String hex, int arity, String fault) {
        Bytes code = Bytes.ofHex(hex.replace(" ", ""));
        FunctionCode function = new FunctionCode("f", arity, List.of(), code);

        assertThat(refusal(function)).isEqualTo(fault);
    }

    @Test
    void branchThatFailsNeedsNoValues() {
        assertThat(verify("fn f(x) { get x if { push 1 } else { push \"no\" fail } }"))
                .isInstanceOf(Verification.Verified.class);
        assertThat(verify("fn f(x) { get x if { push 1 fail } else { push \"no\" fail } }"))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void branchesInLastPlaceMayLeaveDifferentlyManyValues() {
        String inner = "get x if { push 1 push 2 } else { push 3 }";

        assertThat(verify("fn f(x) { " + inner + " }")).isInstanceOf(Verification.Verified.class);
        assertThat(verify("fn f(x) { get x if { " + inner + " } else { push 1 } }"))
                .isInstanceOf(Verification.Verified.class);
        assertThat(verify("fn f(x) { get x if { " + inner + " drop } else { push 1 } }"))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void frameAndNestingHaveLimits() {
        String tall = "fn f() { " + "push 1 ".repeat(256) + "}";
        FunctionCode deep =
                new FunctionCode(
                        "f", 0, List.of(), Bytes.ofHex("0393".repeat(65) + "9495".repeat(65)));

        assertThat(((Verification.Refused) verify(tall)).faults().get(0).what())
                .isEqualTo("a frame holds at most 255");
        assertThat(refusal(deep)).contains("choices nest at most 64 deep");
    }

    @Test
    void everyFunctionWithAFaultIsNamed() {
        Bytes bad = Bytes.ofHex("10");
        CodeModule module =
                new CodeModule(
                        List.of(
                                new FunctionCode("f", 0, List.of(), bad),
                                new FunctionCode("g", 0, List.of(Value.of(1)), bad)));

        assertThat(((Verification.Refused) Verifier.verify(module)).faults())
                .extracting(CodeFault::function)
                .containsExactly("f", "g");
    }

    @Test
    void timeIsLinearInTheCode() {
        String body = "push 1 add ".repeat(3_000);

        assertThat(verify("fn f(x) { get x " + body + "}"))
                .isInstanceOf(Verification.Verified.class);
    }

    private static Verification verify(String text) {
        return Verifier.verify(Assembler.assemble(text));
    }

    private static String refusal(FunctionCode function) {
        Verification verdict = Verifier.verify(new CodeModule(List.of(function)));
        assertThat(verdict).isInstanceOf(Verification.Refused.class);
        return ((Verification.Refused) verdict).faults().get(0).toString();
    }
}
