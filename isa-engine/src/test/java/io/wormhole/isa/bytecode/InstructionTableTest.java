package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InstructionTableTest {
    private static final List<Opcode> ALL = List.of(Opcode.values());

    @Test
    void everyInstructionHasALineAndEveryLineAnInstruction() {
        assertThat(InstructionTable.names())
                .containsExactlyElementsOf(Arrays.stream(Opcode.values()).map(Enum::name).toList());
    }

    @Test
    void bytesRiseAndWordsAreTheirOwn() {
        assertThat(ALL).extracting(Opcode::code).isSorted().doesNotHaveDuplicates();
        assertThat(ALL).extracting(Opcode::mnemonic).doesNotHaveDuplicates();
        for (Opcode opcode : ALL) {
            assertThat(Opcode.ofCode(opcode.code())).contains(opcode);
            assertThat(Opcode.ofMnemonic(opcode.mnemonic())).contains(opcode);
            assertThat(opcode.summary()).endsWith(".");
            boolean grows = opcode.cost().growth() != Growth.NONE;
            assertThat(opcode.cost().rate() > 0).as("%s", opcode).isEqualTo(grows);
        }
    }

    @Test
    void operandCountsWhereTheStackDependsOnIt() {
        for (Opcode opcode : ALL) {
            boolean isCounted = opcode.pops().counted() || opcode.pushes().counted();
            boolean counts =
                    opcode.operand() == OperandKind.COUNT
                            || opcode.operand() == OperandKind.FUNCTION;
            assertThat(!isCounted || counts).as("%s", opcode).isTrue();
        }
    }

    @Test
    void lineThatIsWrongIsNamed() {
        String good = "ADD 0x10 add NONE 2 1 6 8 BIG_CELLS Sum.";

        assertThat(InstructionTable.parse("# a comment\n\n" + good)).containsOnlyKeys("ADD");
        assertThatThrownBy(() -> InstructionTable.parse(good + "\nADD 0x11 add"))
                .hasMessageContaining("line 2: 3 columns of 10");
        assertThatThrownBy(() -> InstructionTable.parse(good + "\n" + good))
                .hasMessageContaining("a second line for ADD");
        assertThatThrownBy(() -> InstructionTable.parse(good.replace("NONE", "SOME")))
                .hasMessageContaining("SOME");
        assertThatThrownBy(() -> InstructionTable.parse(good.replace(" 8 ", " many ")))
                .hasMessageContaining("many");
    }
}
