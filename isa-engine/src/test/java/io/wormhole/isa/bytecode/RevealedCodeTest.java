package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RevealedCodeTest {
    private final Arbitrary any = Arbitrary.forTest("RevealedCodeTest", 4);

    @Test
    void everyChoiceOfFunctionsHasTheModulesCodeHash() {
        for (int size = 1; size <= 17; size++) {
            CodeModule module = module(size);
            TreeSet<Integer> shown = new TreeSet<>(List.of(any.below(size)));
            IntStream.range(0, size).filter(i -> any.oneIn(2)).forEach(shown::add);

            RevealedCode revealed = RevealedCode.of(module, shown);
            FunctionTable read = RevealedCode.decodeAny(revealed.encoded());

            assertThat(read).isEqualTo(revealed);
            assertThat(read.commitment()).isEqualTo(module.commitment());
            for (int i = 0; i < size; i++) {
                assertThat(read.function(i).isPresent()).isEqualTo(shown.contains(i));
            }
        }
    }

    @Test
    void changedFunctionIsNotOfThisCode() {
        RevealedCode revealed = RevealedCode.of(module(5), new TreeSet<>(List.of(1, 3)));
        FunctionCode other = new FunctionCode("g", 0, List.of(), Bytes.ofHex("03"));
        List<RevealedCode.Part> parts = new ArrayList<>(revealed.parts());
        parts.set(1, new RevealedCode.Part(other, parts.get(1).proof()));

        assertThatThrownBy(() -> new RevealedCode(5, revealed.root(), parts))
                .hasMessage("the proof of g does not lead to the root");
    }

    @Test
    void flippedBitsAreMalformedOrOfAnotherHash() {
        CodeModule module = module(6);
        Bytes encoded = RevealedCode.of(module, new TreeSet<>(List.of(0, 2, 5))).encoded();

        for (int i = 0; i < 500; i++) {
            Bytes changed = any.withOneBitFlipped(encoded);
            try {
                assertThat(RevealedCode.decodeAny(changed).commitment())
                        .isNotEqualTo(module.commitment());
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageStartingWith("malformed at byte");
            }
        }
    }

    @Test
    void codeHashDependsOnTheOrderAndNumberOfFunctions() {
        CodeModule module = module(3);
        List<FunctionCode> swapped = new ArrayList<>(module.functions());
        Collections.swap(swapped, 0, 2);

        assertThat(new CodeModule(swapped).commitment()).isNotEqualTo(module.commitment());
        assertThat(module(4).commitment()).isNotEqualTo(module.commitment());
    }

    private static CodeModule module(int size) {
        return Assembler.assemble(
                IntStream.range(0, size)
                        .mapToObj(i -> "fn f" + i + "() { push " + i + " }")
                        .collect(Collectors.joining(" ")));
    }
}
