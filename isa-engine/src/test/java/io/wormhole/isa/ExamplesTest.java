package io.wormhole.isa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.Execution.Returned;
import io.wormhole.isa.vm.Execution.Trapped;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.TrapReason;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.fixtures.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs of {@code examples/contracts} do what their comments say. */
final class ExamplesTest {
    private static final Path FOLDER = Path.of("../examples/contracts");
    private static final GasLimit LITTLE = new GasLimit(2_000, 100);

    @Test
    void everyExampleVerifies() throws IOException {
        try (var files = Files.list(FOLDER)) {
            List<Path> programs =
                    files.filter(file -> file.toString().endsWith(".wha")).sorted().toList();
            assertThat(programs).isNotEmpty();
            for (Path program : programs) {
                assertThat(Vm.load(Assembler.assemble(Files.readString(program)))).isNotNull();
            }
        }
    }

    @Test
    void flowEngineFollowsTheRuleOfThePaperAndNamesItsGap() throws IOException {
        for (JsonNode row : Vectors.cases("mechanisms/flow_engine_rule.json")) {
            assertThat(run("flow-engine", Value.of(row.get("temperature").asLong())))
                    .isEqualTo(Value.text(row.get("expect").asText()));
        }
        assertThat(run("flow-engine", Value.of(30))).isEqualTo(Value.text("NO_MATCH"));
    }

    @Test
    void spindleSpeedFollowsTaylorAndStopsAtTheMost() throws IOException {
        Value c = Value.real(200.0);
        Value n = Value.real(0.25);
        Value life = Value.real(16.0);

        // 16^0.25 = 2, so 100 m/min; on 50 mm that is 100 000 / (50 π) = 636.6 turns.
        assertThat(run("cutting-speed", c, n, life, Value.real(50.0), Value.real(3000.0)))
                .isEqualTo(Value.of(636));
        assertThat(run("cutting-speed", c, n, life, Value.real(5.0), Value.real(3000.0)))
                .isEqualTo(Value.of(3000));
    }

    @Test
    void formulaDoesNotTakeIntegersForReals() throws IOException {
        Execution end =
                execute(
                        "cutting-speed",
                        Value.of(200),
                        Value.of(1),
                        Value.of(1),
                        Value.of(1),
                        Value.of(1));

        assertThat(((Trapped) end).reason()).isEqualTo(TrapReason.WRONG_TYPE);
    }

    private static Value run(String example, Value... arguments) throws IOException {
        Execution end = execute(example, arguments);
        assertThat(end).isInstanceOf(Returned.class);
        return ((Returned) end).value();
    }

    private static Execution execute(String example, Value... arguments) throws IOException {
        String text = Files.readString(FOLDER.resolve(example + ".wha"));
        return Vm.run(Vm.load(Assembler.assemble(text)), 0, List.of(arguments), LITTLE);
    }
}
