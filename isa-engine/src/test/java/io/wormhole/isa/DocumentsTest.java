package io.wormhole.isa;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.InstructionReference;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents of {@code docs/contracts} say what the code does. */
final class DocumentsTest {
    private static final Path DOCS = Path.of("../docs/contracts");
    private static final GasLimit PLENTY = new GasLimit(100_000_000, 1_000_000);

    @Test
    void instructionReferenceIsTheTable() throws IOException {
        Path page = DOCS.resolve("instructions.md");
        if (Boolean.getBoolean("wormhole.docs.write")) {
            Files.writeString(page, InstructionReference.markdown());
        }

        assertThat(Files.readString(page)).isEqualTo(InstructionReference.markdown());
    }

    @Test
    void everyBlockOfTheTutorialRuns() throws IOException {
        CodeModule module = Assembler.assemble("fn none() { push 0 }");
        int calls = 0;
        for (Block block : blocks("tutorial.md")) {
            assertThat(block.kind()).as(block.text()).isIn("wha", "try");
            if (block.kind().equals("wha")) {
                module = Assembler.assemble(block.text());
            } else {
                for (String line : block.text().lines().toList()) {
                    check(module, line);
                    calls++;
                }
            }
        }
        assertThat(calls).isGreaterThan(15);
    }

    @Test
    void manifestOfTheDocumentIsOne() throws IOException {
        List<Block> json =
                blocks("isa-package.md").stream()
                        .filter(block -> block.kind().equals("json"))
                        .toList();

        assertThat(json).hasSize(1);
        assertThat(IsaManifest.parse(json.get(0).text()).name()).isEqualTo("cup");
    }

    private record Block(String kind, String text) {}

    private static List<Block> blocks(String page) throws IOException {
        Matcher fences =
                Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCS.resolve(page)));
        List<Block> blocks = new ArrayList<>();
        while (fences.find()) {
            blocks.add(new Block(fences.group(1), fences.group(2)));
        }
        return blocks;
    }

    private static void check(CodeModule module, String line) {
        Matcher call = Pattern.compile("(\\w+)\\((.*)\\) => (trap )?(.*)").matcher(line);
        assertThat(call.matches()).as(line).isTrue();
        ListValue arguments = (ListValue) ValueText.parse("[" + call.group(2) + "]");

        Execution end = Vm.run(Vm.load(module), call.group(1), arguments.elements(), PLENTY);

        if (call.group(3) == null) {
            assertThat(end).as(line).isInstanceOf(Execution.Returned.class);
            assertThat(((Execution.Returned) end).value())
                    .as(line)
                    .isEqualTo(ValueText.parse(call.group(4)));
        } else {
            assertThat(end).as(line).isInstanceOf(Execution.Trapped.class);
            assertThat(((Execution.Trapped) end).reason()).asString().isEqualTo(call.group(4));
        }
    }
}
