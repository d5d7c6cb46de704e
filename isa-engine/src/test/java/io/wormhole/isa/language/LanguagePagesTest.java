package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every block of the pages on languages does what the page says. */
final class LanguagePagesTest {
    private static final Path DOCS = Path.of("../docs/contracts");
    private static final Pattern FENCE = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) => (trap )?(.*)");

    @ParameterizedTest
    @CsvSource({
        "javascript, js, JAVASCRIPT",
        "python, py, PYTHON",
        "erlang, erl, ERLANG",
        "r, r, R"
    })
    void everyBlockIsCompiledAndEveryCallGivesItsResult(String page, String kind, Language language)
            throws IOException {
        Matcher blocks = FENCE.matcher(Files.readString(DOCS.resolve(page + ".md")));
        CodeModule module = Assembler.assemble("fn none() { push 0 }");
        int calls = 0;
        int refusals = 0;
        while (blocks.find()) {
            String text = blocks.group(2);
            if (blocks.group(1).equals(kind)) {
                module = Programs.module(language, text);
            } else if (blocks.group(1).equals("try")) {
                for (String line : text.lines().toList()) {
                    check(module, line);
                    calls++;
                }
            } else {
                assertThat(blocks.group(1)).isEqualTo("refused");
                for (String line : text.lines().toList()) {
                    refused(language, line);
                    refusals++;
                }
            }
        }
        assertThat(calls).isGreaterThan(9);
        assertThat(refusals).isGreaterThan(9);
    }

    private static void check(CodeModule module, String line) {
        Matcher call = CALL.matcher(line);
        assertThat(call.matches()).as(line).isTrue();
        ListValue arguments = (ListValue) ValueText.parse("[" + call.group(2) + "]");

        Execution end = Programs.run(module, call.group(1), arguments.elements());

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

    /** The last arrow separates a program from what its fault must say. */
    private static void refused(Language language, String line) {
        int arrow = line.lastIndexOf(" => ");
        String source = line.substring(0, arrow).replace("\\n", "\n") + "\n";

        assertThat(Programs.faults(language, source))
                .as(line)
                .contains(line.substring(arrow + 4))
                .containsPattern("test:\\d+:\\d+: '");
    }
}
