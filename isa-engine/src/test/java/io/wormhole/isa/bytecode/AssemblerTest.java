package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssemblerTest {
    @ParameterizedTest
    @ValueSource(strings = {"cup-order", "hash-time-lock", "pay-per-call"})
    void disassemblyAssemblesToTheSameModule(String contract) {
        CodeModule module = ContractLibrary.module(contract);

        String text = Disassembler.disassemble(module);

        assertThat(Assembler.assemble(text)).isEqualTo(module);
        assertThat(Disassembler.disassemble(Assembler.assemble(text))).isEqualTo(text);
    }

    @Test
    void poolsThatNoAssemblerWouldMakeRoundTripToo() {
        Bytes secondThenFirst = Bytes.of((byte) 0x02, (byte) 0, (byte) 1);
        CodeModule odd =
                new CodeModule(
                        List.of(
                                new FunctionCode(
                                        "f",
                                        0,
                                        List.of(Value.text("unused \n"), Value.of(7)),
                                        secondThenFirst)));

        assertThat(Assembler.assemble(Disassembler.disassemble(odd))).isEqualTo(odd);
    }

    @Test
    void everyInstructionHasAWordOfItsOwnAndReadsBack() {
        for (Opcode opcode : Opcode.values()) {
            assertThat(Opcode.ofCode(opcode.code())).contains(opcode);
            assertThat(Opcode.ofMnemonic(opcode.mnemonic())).contains(opcode);
            assertThat(opcode.summary()).endsWith(".");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fn f() { nonsense } | line 1, column 10: no instruction is called 'nonsense'",
                "fn f() { push } | line 1, column 15: a value expected, found '}'",
                "fn f() { call g } | line 1, column 15: no function is called 'g'",
                "fn f() { get x } | line 1, column 14: no value is called 'x' here",
                "fn f( { push 1 } | line 1, column 9: ',' expected, found 'push'",
                "fn f() { push 1 | line 1, column 16: more expected, found the end",
                "fn f() { push \"abc } | line 1, column 15: closing quote expected",
                "fn f() { push #abc } | line 1, column 15: an even number of hexadecimal digits"
                        + " expected",
                "fn f() { push 1 tuple 256 } | line 1, column 23: a number from 0 to 255 expected,"
                        + " found '256'",
                "fn F() { push 1 } | line 1, column 17: function name must match"
                        + " [a-z][a-z0-9_]{0,63}, found 'F'",
                "fn f() { push 1 } fn f() { push 2 } | line 1, column 24: two functions are called f",
                "fn f() { as x } | line 1, column 13: no value to be called x",
                "fn f() { else } | line 1, column 10: no instruction is called 'else'"
            })
    void faultNamesLineAndColumn(String text, String message) {
        assertThatThrownBy(() -> Assembler.assemble(text))
                .isInstanceOf(AssemblyException.class)
                .hasMessage(message);
    }

    @Test
    void nameDiesWithItsValue() {
        assertThatThrownBy(() -> Assembler.assemble("fn f() { push 1 as x drop push 2 get x }"))
                .hasMessageContaining("no value is called 'x' here");
    }

    @Test
    void hugeOrDeepTextIsRefusedQuickly() {
        assertThatThrownBy(() -> Assembler.assemble("x".repeat(2_000_000)))
                .hasMessageContaining("allowed 1048576");
        assertThatThrownBy(() -> Assembler.assemble("fn f() { push " + "[".repeat(100_000)))
                .hasMessageContaining("nest at most 128 deep");
        assertThatThrownBy(
                        () -> Assembler.assemble("fn f() { " + "true if { ".repeat(10_000) + "}"))
                .hasMessageContaining("choices nest at most 64 deep");
    }
}
