package io.wormhole.isa.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.bytecode.ModuleInterface.Kind;
import io.wormhole.isa.value.ValueText;
import org.junit.jupiter.api.Test;

final class ModuleInterfaceTest {
    private static final String TEXT =
            """
            fn contract(terms, state, message) { push 0 }
            interface {
              terms { buyer: int, keys: list(bytes) }
              state map(text, tuple(int, bool))
              message call { units: int }
              message stop { }
              function speed { c: real } real
            }
            """;

    @Test
    void descriptionIsPartOfTheModuleAndItsHash() {
        CodeModule module = Assembler.assemble(TEXT);
        ModuleInterface described = ModuleInterface.of(module).orElseThrow();

        assertThat(described.find(Kind.STATE).orElseThrow().result())
                .hasToString("map(text, tuple(int, bool))");
        assertThat(described.find(Kind.MESSAGE, "call").orElseThrow())
                .hasToString("message call { units: int }");
        assertThat(described.find(Kind.TERMS).orElseThrow())
                .hasToString("terms { buyer: int, keys: list(bytes) }");
        assertThat(described.find(Kind.FUNCTION, "speed").orElseThrow())
                .hasToString("function speed { c: real } real");
        assertThat(Assembler.assemble(TEXT.replace("units", "cups")).commitment())
                .isNotEqualTo(module.commitment());
        assertThat(CodeModule.decode(module.encoded())).isEqualTo(module);
        assertThat(Assembler.assemble(Disassembler.disassemble(module))).isEqualTo(module);
    }

    @Test
    void typesAcceptTheirValuesOnly() {
        InterfaceType type = InterfaceType.parse("list(tuple(int, map(text, real)))").orElseThrow();

        assertThat(type.accepts(ValueText.parse("[{1, %{\"a\": 1.5}}]"))).isTrue();
        assertThat(type.accepts(ValueText.parse("[{1, %{\"a\": 1}}]"))).isFalse();
        assertThat(type.accepts(ValueText.parse("[{1}]"))).isFalse();
        assertThat(type.accepts(ValueText.parse("{}"))).isFalse();
    }

    @Test
    void whatIsNoTypeIsRefusedWithItsPlace() {
        for (String bad : new String[] {"number", "list", "list(int, int)", "tuple(", "int(int)"}) {
            assertThat(InterfaceType.parse(bad)).as(bad).isEmpty();
        }
        assertThat(InterfaceType.parse("list(".repeat(100))).isEmpty();
        assertThatThrownBy(() -> Assembler.assemble("interface { state number }"))
                .hasMessage("line 1, column 26: no type is written 'number'");
    }

    @Test
    void moduleWithoutDescriptionHasNone() {
        assertThat(ModuleInterface.of(Assembler.assemble("fn f() { push 0 }"))).isEmpty();
        assertThat(ModuleInterface.of(Assembler.assemble("fn interface() { push \"x\" }")))
                .isEmpty();
    }
}
