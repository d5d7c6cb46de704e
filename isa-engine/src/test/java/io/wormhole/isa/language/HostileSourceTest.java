package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.language.Compilation.Compiled;
import io.wormhole.isa.language.Compilation.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No source, however wrong or hostile, does more than to be refused, soon and with its place. */
final class HostileSourceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SMALL_STACK_BYTES = 512 * 1024;

    private static String function(Language language, String value) {
        return switch (language) {
            case JAVASCRIPT -> "function f(a) { return " + value + "; }";
            case PYTHON -> "def f(a):\n    return " + value + "\n";
            case ERLANG -> "f(A) -> " + value + ".";
            case R -> "f <- function(a) " + value + "\n";
            case ASSEMBLY -> "fn f(a) { " + value + " }";
        };
    }

    /** Compiles on a thread with a small stack; what it throws, if anything, fails the test. */
    private static Compilation compile(Language language, String source) {
        AtomicReference<Compilation> result = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable work = () -> result.set(Languages.compile(language, "test", source));
        Thread thread = new Thread(null, work, "compile", SMALL_STACK_BYTES);
        thread.setUncaughtExceptionHandler((which, error) -> thrown.set(error));
        Assertions.assertTimeoutPreemptively(
                SOON,
                () -> {
                    thread.start();
                    thread.join();
                });
        if (thrown.get() != null) {
            String shown = source.substring(0, Math.min(200, source.length()));
            throw new AssertionError(language + ": " + shown, thrown.get());
        }
        return Objects.requireNonNull(result.get());
    }

    @Test
    void moreSortingThanAModuleTakesIsRefusedSoon() {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            source.append("def f").append(i).append("(xs): return sorted(xs)\n");
        }
        assertRefused(Language.PYTHON, source.toString());
        assertRefused(
                Language.PYTHON, "def f(xs): return [" + "sorted(xs), ".repeat(6_000) + "]\n");
        assertRefused(
                Language.PYTHON,
                "def f(xs): return [" + "sorted(xs), ".repeat(260) + "sorted(xs)]\n");
    }

    @Test
    void defaultsOfMissingKeysInsideEachOtherCostNoMoreThanTheirLength() {
        String nested = "a";
        for (int i = 0; i < 40; i++) {
            nested = "(a[" + nested + "] ?? f(1))";
        }
        assertThat(compile(Language.JAVASCRIPT, function(Language.JAVASCRIPT, nested))).isNotNull();
    }

    private static void assertRefused(Language language, String source) {
        Compilation compilation = compile(language, source);
        String shown = source.substring(0, Math.min(200, source.length()));
        assertThat(compilation).as("%s: %s", language, shown).isInstanceOf(Refused.class);
        assertThat(((Refused) compilation).faults()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Language.class, mode = EnumSource.Mode.EXCLUDE, names = "ASSEMBLY")
    void nestingIsBounded(Language language) {
        for (String open : List.of("(", "[", "f(", "-(", "{", "[[", "if (")) {
            assertRefused(language, function(language, open.repeat(20_000)));
            assertRefused(language, open.repeat(90_000));
        }
        String brackets = "(".repeat(3_000) + "1" + ")".repeat(3_000);
        assertRefused(language, function(language, brackets));
        assertRefused(language, function(language, "1" + " + 1".repeat(5_000)));
        assertRefused(language, function(language, "- ".repeat(5_000) + "1"));
        assertRefused(language, function(language, "f" + "(1)".repeat(5_000)));
    }

    @Test
    void textsWithManyValuesAreBounded() {
        for (int values : List.of(5_000, 40_000, 250_000)) {
            assertRefused(
                    Language.JAVASCRIPT,
                    function(Language.JAVASCRIPT, "`" + "${a}".repeat(values) + "`"));
            assertRefused(
                    Language.PYTHON, function(Language.PYTHON, "f'" + "{a}".repeat(values) + "'"));
        }
        assertRefused(
                Language.JAVASCRIPT,
                function(Language.JAVASCRIPT, "`" + "${".repeat(300_000) + "`"));
        assertRefused(
                Language.PYTHON, function(Language.PYTHON, "f'{" + "=".repeat(900_000) + "a}'"));
        assertRefused(
                Language.PYTHON,
                function(Language.PYTHON, "f\"\"\"{" + "\n".repeat(900_000) + "}\"\"\""));
    }

    @Test
    void chainsOfChoicesAndStepsAreBounded() {
        assertRefused(
                Language.JAVASCRIPT,
                "function f(a) { " + "if (a === 1) { return 1; } else ".repeat(3_000) + "{} }");
        assertRefused(
                Language.JAVASCRIPT,
                "function f(a) { return " + "a === 1 ? 1 : ".repeat(3_000) + "1; }");
        assertRefused(
                Language.JAVASCRIPT, "function f(a) { return " + "a => ".repeat(3_000) + "1; }");
        StringBuilder steps = new StringBuilder("def f(a):\n");
        for (int i = 0; i < 10_000; i++) {
            steps.append("    x").append(i).append(" = a + 1\n");
        }
        assertRefused(Language.PYTHON, steps + "    return 1\n");
        assertRefused(Language.PYTHON, "def f(a):\n    return a\n" + "if a:\n".repeat(3_000));
        StringBuilder indented = new StringBuilder("def f(a):\n");
        for (int i = 1; i < 500; i++) {
            indented.append(" ".repeat(i)).append("if a:\n");
        }
        assertRefused(Language.PYTHON, indented.toString());
    }

    @Test
    void nestingThatIsAcceptedAlsoFitsASmallStack() {
        for (int depth = 10; depth <= 600; depth += 10) {
            compile(Language.JAVASCRIPT, "function f(a) { return a" + " + a".repeat(depth) + "; }");
            compile(
                    Language.JAVASCRIPT,
                    "function f(a) { return " + "[".repeat(depth) + "]".repeat(depth) + "; }");
            StringBuilder steps = new StringBuilder("def f(a):\n");
            for (int i = 0; i < depth; i++) {
                steps.append("    a = a + 1\n    if a == ").append(i).append(":\n");
                steps.append("        fail(\"no\")\n");
            }
            compile(Language.PYTHON, steps + "    return a\n");
        }
        Compilation some =
                compile(
                        Language.JAVASCRIPT,
                        "function f(a) { return a" + " + a".repeat(90) + "; }");
        assertThat(some).isInstanceOf(Compiled.class);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void sizeIsBounded(Language language) {
        assertRefused(language, "x".repeat(Languages.MAX_SOURCE_CHARACTERS + 1));
        assertRefused(language, "1 ".repeat(500_000));
        assertRefused(language, "\"".repeat(1_000_001));
        assertRefused(language, "/*".repeat(500_000));
        assertRefused(language, "9".repeat(1_000_000));
        assertRefused(language, function(language, "9".repeat(500_000)));
        assertRefused(language, "\n".repeat(1_000_000));
        assertRefused(language, "");
        assertRefused(language, "\0\uffff\ud800");
    }

    @Test
    void pathologicalProgramsTakeLittleTime() {
        StringBuilder unknown = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            unknown.append("function f").append(i).append("(a, b) { return f");
            unknown.append((i + 1) % 300).append("(a + b, b + a) + (a + b); }\n");
        }
        compile(Language.JAVASCRIPT, unknown.toString());

        StringBuilder lists = new StringBuilder("function f(x) { return ");
        lists.append("[x, ".repeat(60)).append("x").append("]".repeat(60)).append("; }");
        compile(Language.JAVASCRIPT, lists.toString());

        StringBuilder loops = new StringBuilder("def f(xs):\n    n = 0\n");
        for (int i = 1; i <= 18; i++) {
            loops.append("    ".repeat(i)).append("for x").append(i).append(" in xs:\n");
        }
        loops.append("    ".repeat(19)).append("n += 1\n    return n\n");
        compile(Language.PYTHON, loops.toString());
    }

    @ParameterizedTest
    @EnumSource(value = Language.class, mode = EnumSource.Mode.EXCLUDE, names = "ASSEMBLY")
    void damagedProgramsAreRefusedOrStillPrograms(Language language) {
        String ending =
                switch (language) {
                    case JAVASCRIPT -> "js";
                    case PYTHON -> "py";
                    case ERLANG -> "erl";
                    default -> "R";
                };
        String source = Engine.resource("corpus." + ending);
        Random random = new Random(7);
        int damaged = Integer.getInteger("wormhole.language.damaged", 60);
        List<String> pieces =
                new ArrayList<>(List.of("(", ")", "{", "}", "=", "\n", "\"", "0", " "));
        for (int i = 0; i < damaged; i++) {
            int at = random.nextInt(source.length());
            int end = Math.min(source.length(), at + random.nextInt(6));
            String piece = pieces.get(random.nextInt(pieces.size()));
            String other = source.substring(0, at) + piece + source.substring(end);
            assertThat(compile(language, other)).isNotNull();
        }
    }

    @Test
    void sourcesWithoutFunctionsOrWithTooManyAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_100; i++) {
            many.append("const f").append(i).append(" = (x) => x + ").append(i).append(";\n");
        }

        assertThat(Programs.faults(Language.JAVASCRIPT, "const TAG = hex(\"00\");"))
                .contains("there is no function");
        assertThat(Programs.faults(Language.PYTHON, "TAG = b\"a\"\n")).contains("no function");
        assertThat(Programs.faults(Language.R, "tag <- 5L\n")).contains("no function");
        assertThat(Programs.faults(Language.JAVASCRIPT, many.toString())).contains("1024");
    }
}
