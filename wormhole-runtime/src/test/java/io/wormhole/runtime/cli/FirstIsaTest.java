package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of {@code docs/contracts/first-isa.md}, in its order, in this process. */
final class FirstIsaTest {
    private static final Path PAGE = Path.of("../docs/contracts/first-isa.md");
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```(\\w+)(?: (\\S+))?\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ASSIGNED = Pattern.compile("([A-Z]+)=\\$\\((.*)\\)");
    private static final Pattern REPLACED = Pattern.compile("sed -i 's/(.*)/(.*)/' (\\S+)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern FILE =
            Pattern.compile("\\.|password|(?:bowl|saucer)(?:[./].*)?|\\w+\\.(?:wormhole|isa)");

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();
    private String printed = "";

    @Test
    void everyBlockOfThePageDoesWhatItSays() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        int count = 0;
        while (blocks.find()) {
            execute(blocks.group(1), blocks.group(2), blocks.group(3));
            count++;
        }

        assertThat(count).isGreaterThan(15);
    }

    private void execute(String kind, String name, String text) throws IOException {
        switch (kind) {
            case "bash" -> commands(text, "fails".equals(name));
            case "text" -> text.lines().forEach(line -> assertThat(printed).contains(line));
            default -> {
                assertThat(name).as("a block of kind %s:%n%s", kind, text).isNotNull();
                Files.writeString(folder.resolve(name), text);
            }
        }
    }

    private void commands(String text, boolean fails) throws IOException {
        printed = "";
        for (String line : text.lines().toList()) {
            Matcher assigned = ASSIGNED.matcher(line);
            if (assigned.matches()) {
                variables.put(assigned.group(1), command(assigned.group(2), fails).out().strip());
            } else if (line.startsWith("sed ")) {
                replace(line);
            } else if (line.startsWith("rm ")) {
                for (String file : line.substring(3).split(" ", -1)) {
                    Files.delete(folder.resolve(file));
                }
            } else {
                command(line, fails);
            }
        }
    }

    private void replace(String line) throws IOException {
        Matcher replaced = REPLACED.matcher(line);
        assertThat(replaced.matches()).as(line).isTrue();
        Path file = folder.resolve(replaced.group(3));
        String replacement = withVariables(replaced.group(2)).replace("'", "");
        Files.writeString(file, Files.readString(file).replace(replaced.group(1), replacement));
    }

    private Terminal.Outcome command(String line, boolean fails) {
        List<String> words = words(line);
        assertThat(words.remove(0)).as(line).isEqualTo("wormhole");
        Terminal.Outcome outcome = Terminal.run(words.toArray());
        assertThat(outcome.exitCode() != 0).as("%s%n%s", line, outcome).isEqualTo(fails);
        printed += (outcome.out() + outcome.err()).replace(folder + "/", "");
        return outcome;
    }

    // The reader stands in a folder; a test cannot, so words that name files are resolved here.
    private List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher found = WORD.matcher(line);
        while (found.find()) {
            if (found.group(1) != null) {
                words.add(found.group(1));
            } else {
                String word = withVariables(found.group(2));
                boolean file = !words.contains("new") && FILE.matcher(word).matches();
                boolean made = words.size() == 3 && words.contains("new");
                words.add(file || made ? folder.resolve(word).toString() : word);
            }
        }
        return words;
    }

    private String withVariables(String text) {
        String replaced = text;
        for (Map.Entry<String, String> each : variables.entrySet()) {
            replaced = replaced.replace("$" + each.getKey(), each.getValue());
        }
        return replaced;
    }
}
