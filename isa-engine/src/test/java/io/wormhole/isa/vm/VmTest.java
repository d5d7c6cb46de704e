package io.wormhole.isa.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution.OutOfGas;
import io.wormhole.isa.vm.Execution.Returned;
import io.wormhole.isa.vm.Execution.Trapped;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VmTest {
    private static final GasLimit PLENTY = new GasLimit(100_000_000, 100_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push 2 push 3 add | 5",
                "push 9223372036854775807 push 1 add | 9223372036854775808",
                "push -9223372036854775808 push -1 div | 9223372036854775808",
                "push -9223372036854775808 push -1 rem | 0",
                "push -9223372036854775808 push 1 sub | -9223372036854775809",
                "push 9223372036854775808 push 1 sub | 9223372036854775807",
                "push 4294967296 push 4294967296 mul | 18446744073709551616",
                "push -7 push 2 div | -3",
                "push -7 push 2 rem | -1",
                "push -7 push 2 fdiv | -4",
                "push -7 push 2 fmod | 1",
                "push 7 push -2 fmod | -1",
                "push 7 push -2 rem | 1",
                "push 0 push 0 pow | 1",
                "push 5 push 0 pow | 1",
                "push -1 push 1000000000001 pow | -1",
                "push 2 push 254 pow | "
                        + "28948022309329048855892746252171976963317496166410141009864396001978282409984",
                "push -2 push 255 pow | "
                        + "-57896044618658097711785492504343953926634992332820282019728792003956564819968",
                "push 1 push 100 shl | 1267650600228229401496703205376",
                "push -5 push 1 shr | -3",
                "push 12 push 10 band | 8",
                "push 1 push 2 lt | true",
                "push 2 push 2 le | true",
                "push 2 push 2 ge | true",
                "push 2 push 3 gt | false",
                "push 3 push 1.0 cmp | -1",
                "push [1, 2] push [1, 2] eq | true",
                "push [1, 2] push [1, 3] ne | true",
                "push true not | false",
                "push 1.5 push 2.0 rmul | 3.0",
                "push 1.0 push 0.0 rdiv | Infinity",
                "push NaN push NaN req | false",
                "push NaN push NaN eq | true",
                "push -0.0 push 0.0 req | true",
                "push 1.0E20 rtrunc | 100000000000000000000",
                "push -2.75 rtrunc | -2",
                "push 3 rfrom | 3.0",
                "push 2.0 rsqrt | 1.4142135623730951",
                "push 2.0 push 0.5 rpow | 1.4142135623730951",
                "push \"abc\" push \"de\" bcat | \"abcde\"",
                "push \"abcde\" push 1 push 3 bslice | \"bc\"",
                "push \"abc\" push 1 bat | 98",
                "push #0102 bint | 258",
                "push 258 push 4 bfrom | #00000102",
                "push -258 bdec | \"-258\"",
                "push 1 push 2 push 3 tuple 3 field 1 | 2",
                "push {1, 2} push 5 with 0 | {5, 2}",
                "push {1, 2} untuple 2 sub | -1",
                "push 1 push [2, 3] cons | [1, 2, 3]",
                "push [1, 2, 3] push 2 lnth | 3",
                "push [1, 2] push [3] lcat lrev | [3, 2, 1]",
                "push %{1: 2} push 3 push 4 mput push 1 mdel | %{3: 4}",
                "push %{2: 20, 1: 10} mkeys | [1, 2]",
                "push %{2: 20, 1: 10} mlist | [{1, 10}, {2, 20}]",
                "push %{2: 20} push 3 push 7 mgetor | 7",
                "push 1 push 2 push 3 slide 2 | 3",
                "push 1 push 2 over | 1",
                "push 1 push 2 swap | 1",
                "push %{} type | 6",
                "push \"abc\" sha256 | "
                        + "#ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "push \"abc\" blake2b | "
                        + "#bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
                "push 7 closure plus 1 push 5 apply 1 | 12",
                "push #d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a push #"
                        + " const #e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb"
                        + "8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b ed25519 | true"
            })
    void instructionComputes(String body, String expected) {
        Execution end = run("fn main() { " + body + " } fn plus(a, b) { get a get b add }", PLENTY);

        assertThat(end).isInstanceOf(Returned.class);
        assertThat(((Returned) end).value()).isEqualTo(ValueText.parse(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push 1 push 0 div | DIVISION_BY_ZERO",
                "push 1 push 0 rem | DIVISION_BY_ZERO",
                "push 1 push 0 fmod | DIVISION_BY_ZERO",
                "push 2 push 255 pow | OUT_OF_RANGE",
                "push 2 push -1 pow | OUT_OF_RANGE",
                "push -2 push 255 pow neg | OUT_OF_RANGE",
                "push 1 push 255 shl | OUT_OF_RANGE",
                "push 1 push 256 shl | OUT_OF_BOUNDS",
                "push 1 push true add | WRONG_TYPE",
                "push 1 push 1.0 lt | WRONG_TYPE",
                "push 1 if { push 1 } else { push 2 } | WRONG_TYPE",
                "push NaN rtrunc | OUT_OF_RANGE",
                "push \"abc\" push 3 bat | OUT_OF_BOUNDS",
                "push \"abc\" push -1 bat | OUT_OF_BOUNDS",
                "push \"abc\" push 2 push 1 bslice | OUT_OF_BOUNDS",
                "push 256 push 1 bfrom | OUT_OF_RANGE",
                "push -1 push 1 bfrom | OUT_OF_RANGE",
                "push {1} field 1 | OUT_OF_BOUNDS",
                "push {1} untuple 2 add | WRONG_COUNT",
                "push [] head | NOTHING_THERE",
                "push [1] push 1 lnth | OUT_OF_BOUNDS",
                "push %{} push 1 mget | NOTHING_THERE",
                "closure plus 1 push 5 apply 1 | WRONG_TYPE",
                "push 1 closure plus 1 apply 0 | WRONG_COUNT",
                "push \"no\" fail | FAILED"
            })
    void faultOfTheProgramTraps(String body, TrapReason reason) {
        String prefix = body.startsWith("closure") ? "push 1 push 2 " : "";
        String code = body.startsWith("closure") ? "push 5 apply 1" : body;

        Execution end =
                run(
                        "fn main() { " + prefix + code + " } fn plus(a, b) { get a get b add }",
                        PLENTY);

        assertThat(end).isInstanceOf(Trapped.class);
        assertThat(((Trapped) end).reason()).isEqualTo(reason);
    }

    @Test
    void loopByTailCallNeedsNoSpaceEvenInsideAChoice() {
        String loop =
                "fn count(n) { get n push 0 eq if { push 0 } else { get n push 1 sub call count } }";

        GasUsed few = returned(loop, new GasLimit(100_000_000, 100), Value.of(10)).gasUsed();
        GasUsed many = returned(loop, new GasLimit(100_000_000, 100), Value.of(100_000)).gasUsed();

        assertThat(many.space()).isEqualTo(few.space());
        assertThat(many.time()).isGreaterThan(few.time() * 1000);
    }

    @Test
    void deepRecursionEndsAsOutOfSpace() {
        String recursion = "fn down(n) { get n push 1 add call down push 1 add }";

        Execution end = run(recursion, new GasLimit(1L << 40, 1 << 22), Value.of(0));

        assertThat(end).isInstanceOf(OutOfGas.class);
        assertThat(((OutOfGas) end).resource()).isEqualTo(Resource.SPACE);
        assertThat(end.gasUsed().space()).isEqualTo(1 << 22);
    }

    @Test
    void endlessLoopEndsAsOutOfTime() {
        Execution end = run("fn spin() { call spin }", new GasLimit(1_000_000, 100));

        assertThat(end).isInstanceOf(OutOfGas.class);
        assertThat(((OutOfGas) end).resource()).isEqualTo(Resource.TIME);
        assertThat(end.gasUsed().time()).isEqualTo(1_000_000);
    }

    @Test
    void doublingAValueEndsAsOutOfSpace() {
        Execution end =
                run(
                        "fn grow(x) { get x get x tuple 2 call flat }"
                                + " fn flat(x) { get x untuple 2 cons call grow }",
                        PLENTY,
                        ValueText.parse("[1]"));

        assertThat(end).isInstanceOf(OutOfGas.class);
        assertThat(((OutOfGas) end).resource()).isEqualTo(Resource.SPACE);
    }

    @Test
    void nestingTooDeepTraps() {
        Execution end =
                run(
                        "fn nest(x) { get x tuple 1 call nest }",
                        new GasLimit(1 << 20, 1 << 20),
                        Value.of(1));

        assertThat(((Trapped) end).reason()).isEqualTo(TrapReason.TOO_DEEP);
    }

    @Test
    void limitExactlyUsedIsEnoughAndOneLessIsNot() {
        String code = "fn f(x) { get x get x bcat sha256 }";
        Value argument = Value.text("some bytes that are long enough");
        GasUsed used = returned(code, PLENTY, argument).gasUsed();

        Execution exact = run(code, new GasLimit(used.time(), used.space()), argument);
        Execution lessTime = run(code, new GasLimit(used.time() - 1, used.space()), argument);
        Execution lessSpace = run(code, new GasLimit(used.time(), used.space() - 1), argument);

        assertThat(exact).isEqualTo(returned(code, PLENTY, argument));
        assertThat(lessTime).isInstanceOf(OutOfGas.class);
        assertThat(lessSpace).isInstanceOf(OutOfGas.class);
    }

    @Test
    void hashlockWordOfThePaperOpensForItsPreimageAlone() {
        String script = "fn hashlock(h, s) { sha256 eq }";
        Value secret = Value.text("open sesame");
        Value hash = ((Returned) run("fn f(s) { sha256 }", PLENTY, secret)).value();

        assertThat(returned(script, PLENTY, hash, secret).value()).isEqualTo(Value.of(true));
        assertThat(returned(script, PLENTY, hash, Value.text("x")).value())
                .isEqualTo(Value.of(false));
    }

    @Test
    void runOfWhatDoesNotExistTraps() {
        Program program = Vm.load(Assembler.assemble("fn f(x) { get x }"));

        Stream.of(
                        Vm.run(program, "g", List.of(), PLENTY),
                        Vm.run(program, 1, List.of(), PLENTY),
                        Vm.run(program, -1, List.of(), PLENTY),
                        Vm.run(program, "f", List.of(), PLENTY))
                .forEach(
                        end ->
                                assertThat(((Trapped) end).reason())
                                        .isEqualTo(TrapReason.NO_SUCH_ENTRY));
    }

    private static Returned returned(String code, GasLimit limit, Value... arguments) {
        Execution end = run(code, limit, arguments);
        assertThat(end).isInstanceOf(Returned.class);
        return (Returned) end;
    }

    private static Execution run(String code, GasLimit limit, Value... arguments) {
        return Vm.run(Vm.load(Assembler.assemble(code)), 0, List.of(arguments), limit);
    }
}
