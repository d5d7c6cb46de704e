package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.Execution.Returned;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

final class StandardLibraryTest {
    private static final GasLimit PLENTY = new GasLimit(10_000_000, 100_000);
    private static final String SQUARES =
            "fn main(n) { closure square 0 push 0 get n call list_range call list_map"
                    + " call list_sum }\n"
                    + "import list_map from std\nimport list_range from std\n"
                    + "import list_sum from std\nfn square(x) { get x dup mul }";

    @Test
    void functionsOfTheLibraryAreCalledByName() {
        Program program = Vm.load(Assembler.assemble(SQUARES));

        assertThat(value(program, Value.of(10))).isEqualTo(Value.of(285));
        assertThat(value(program.compiled(), Value.of(10))).isEqualTo(Value.of(285));
    }

    @Test
    void importIsOfTheModulesHashAndTakesNoCode() {
        CodeModule module = Assembler.assemble(SQUARES);

        assertThat(module.size()).isEqualTo(5);
        assertThat(module.encoded().size()).isLessThan(400);
        assertThat(CodeModule.decode(module.encoded())).isEqualTo(module);
        assertThat(Assembler.assemble(Disassembler.disassemble(module))).isEqualTo(module);
    }

    @Test
    void disputeShowsTheImportAndNotTheLibrary() {
        CodeModule module = Assembler.assemble(SQUARES);
        List<Value> arguments = List.of(Value.of(4));
        SortedSet<Integer> needed = Vm.functionsThatRun(Vm.load(module), 0, arguments, PLENTY);

        RevealedCode revealed = RevealedCode.of(module, needed);

        assertThat(needed).containsExactly(0, 1, 2, 3, 4);
        assertThat(
                        Vm.run(
                                Vm.load(RevealedCode.decodeAny(revealed.encoded())),
                                0,
                                arguments,
                                PLENTY))
                .isEqualTo(Vm.run(Vm.load(module), 0, arguments, PLENTY));
    }

    @Test
    void unknownLibraryIsRefused() {
        FunctionCode stub =
                new FunctionCode(
                        "list_sum",
                        1,
                        List.of(Value.of(Bytes.of(new byte[32])), Value.of(0)),
                        Bytes.ofHex("98"));

        assertThatThrownBy(() -> Vm.load(new CodeModule(List.of(stub))))
                .hasMessageContaining("no such function in a library that is known here");
        assertThatThrownBy(() -> Assembler.assemble("import nothing from std"))
                .hasMessageContaining("the library has no function 'nothing'");
    }

    @Test
    void libraryWordAmongOthersIsRefused() {
        FunctionCode function = new FunctionCode("f", 0, List.of(), Bytes.ofHex("0398"));

        assertThatThrownBy(() -> Vm.load(new CodeModule(List.of(function))))
                .hasMessageContaining("'library' stands alone");
    }

    @Test
    void onlyTheLibraryCallsItsHelpers() {
        CodeModule module =
                Assembler.assemble("fn main(l) { get l call list_sum }\nimport list_sum from std");
        FunctionCode reaching = new FunctionCode("main", 1, List.of(), Bytes.ofHex("090090000202"));

        assertThatThrownBy(
                        () -> Vm.load(new CodeModule(List.of(reaching, module.functions().get(1)))))
                .hasMessageContaining("no function 2");
    }

    @Test
    void everyFunctionOfTheLibraryDoesWhatItsNameSays() {
        library("list_filter", "closure positive 0 push [3, -1, 0, 2]", "[3, 2]");
        library("list_fold", "closure minus 0 push 10 push [1, 2]", "7");
        library("list_contains", "push [1, \"a\"] push \"a\"", "true");
        library("list_contains", "push [1, \"a\"] push 2", "false");
        library("min", "push 3 push -4", "-4");
        library("max", "push 3 push -4", "3");
        library("mul_div", "push 9000000000000000000 push 10 push 9", "10000000000000000000");
        library("pay", "push 1 push 7", "[0, 7]");
        library("list_range", "push 2 push 5", "[2, 3, 4]");
    }

    private static Value library(String function, String arguments, String expected) {
        String text =
                "fn main() { "
                        + arguments
                        + " call "
                        + function
                        + " }\nimport "
                        + function
                        + " from std\nfn positive(x) { get x push 0 gt }"
                        + " fn minus(x, y) { get x get y sub }";
        Value found = value(Vm.load(Assembler.assemble(text)));
        assertThat(found).as(function).isEqualTo(ValueText.parse(expected));
        return found;
    }

    private static Value value(Program program, Value... arguments) {
        Execution end = Vm.run(program, 0, List.of(arguments), PLENTY);
        assertThat(end).isInstanceOf(Returned.class);
        return ((Returned) end).value();
    }
}
