package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sorting, searching and cutting lists whose elements nobody knows before they are there. */
final class ListFormsTest {
    private static final String SORTED = "def f(xs):\n    return sorted(xs)\n";

    private static String python(String source, String arguments) {
        return Programs.call(Language.PYTHON, source, "f", arguments);
    }

    private static String javaScript(String source, String arguments) {
        return Programs.call(Language.JAVASCRIPT, source, "f", arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[3, 1, 2]; [1, 2, 3]",
                "[\"b\", \"a\", \"B\"]; [\"B\", \"a\", \"b\"]",
                "[2.5, -1.5]; [-1.5, 2.5]",
                "[]; []",
                "[{1, 2}]; [{1, 2}]"
            })
    void elementsOfOneTypeAreSortedWhateverTheyAre(String list, String sorted) {
        assertThat(python(SORTED, list)).isEqualTo(sorted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1, 2.5]",
                "[1, \"a\"]",
                "[NaN, 1.0]",
                "[1.0, NaN]",
                "[{1}, {2}]",
                "[[1], [2]]",
                "[true, false]",
                "[%{}, %{}]"
            })
    void elementsWithoutAnOrderTrap(String list) {
        assertThat(python(SORTED, list)).startsWith("trap FAILED");
        assertThat(python("def f(xs):\n    return max(xs)\n", list)).startsWith("trap FAILED");
    }

    @Test
    void manyElementsAreSortedStablyAndForLittleGas() {
        String source =
                "function f(xs) { return xs.toSorted((a, b) => a[0] - b[0]).map((p) => p[1]); }";
        Random random = new Random(20_261_129);
        List<Value> pairs = new ArrayList<>();
        List<int[]> plain = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            int key = random.nextInt(50);
            plain.add(new int[] {key, i});
            pairs.add(Value.tuple(Value.of(key), Value.of(i)));
        }
        plain.sort((a, b) -> Integer.compare(a[0], b[0]));
        List<Value> sorted = plain.stream().<Value>map(pair -> Value.of(pair[1])).toList();

        Execution end =
                Vm.run(
                        Vm.load(Programs.module(Language.JAVASCRIPT, source)),
                        "f",
                        List.of(ListValue.of(pairs)),
                        new GasLimit(30_000_000, 200_000));

        assertThat(end).isInstanceOf(Execution.Returned.class);
        assertThat(((Execution.Returned) end).value()).isEqualTo(ListValue.of(sorted));
    }

    @Test
    void aListThatIsTooLongEndsForWantOfGas() {
        Execution end =
                Vm.run(
                        Vm.load(Programs.module(Language.PYTHON, SORTED)),
                        "f",
                        List.of(ListValue.of(List.of(Value.of(2), Value.of(1), Value.of(3)))),
                        new GasLimit(200, 200_000));

        assertThat(end).isInstanceOf(Execution.OutOfGas.class);
    }

    @Test
    void aProgramMayHaveFunctionsOfItsOwnUnderTheseNames() {
        assertThat(
                        python(
                                """
                                def sorted(xs): return 1
                                def zip(a, b): return a - b
                                def enumerate(xs): return 2
                                def any(x): return 3
                                def f():
                                    pair = zip(9, 5)
                                    return sorted([2]), pair, enumerate([]), any([])
                                """,
                                ""))
                .isEqualTo("{1, 4, 2, 3}");
        assertThat(
                        python(
                                """
                                def f(xs):
                                    all = lambda n: n + 1
                                    max = min(xs)
                                    return all(max)
                                """,
                                "[4, 2]"))
                .isEqualTo("3");
        assertThat(
                        python(
                                """
                                def g(sorted, any): return sorted(4) + any(5)
                                def f(): return g(lambda n: n + 1, lambda n: n * 2)
                                """,
                                ""))
                .isEqualTo("15");
        assertThat(javaScript("const join = (a) => a; function f(x) { return join(x); }", "5"))
                .isEqualTo("5");
    }

    @Test
    void partsBeyondTheEndsTrap() {
        String source = "function f(xs, i) { return xs.at(i); }";

        assertThat(javaScript(source, "[1, 2], -2")).isEqualTo("1");
        assertThat(javaScript(source, "[1, 2], -3")).startsWith("trap");
        assertThat(javaScript(source, "[1, 2], 2")).startsWith("trap");
        assertThat(python("def f(xs):\n    return xs[-1]\n", "[]")).startsWith("trap");
    }

    @Test
    void valuesOfOtherTypesInATextTrap() {
        String source = "function f(x) { return `<${x}>`; }";

        assertThat(javaScript(source, "7")).isEqualTo("\"<7>\"");
        assertThat(javaScript(source, "\"a\"")).isEqualTo("\"<a>\"");
        assertThat(javaScript(source, "1.5")).startsWith("trap FAILED");
        assertThat(javaScript(source, "true")).startsWith("trap FAILED");
        assertThat(python("def f(x): return f\"{x}\"\n", "[1]")).startsWith("trap FAILED");
        assertThat(python("def f(xs): return \",\".join(xs)\n", "[1]")).startsWith("trap");
        assertThat(python("def f(xs): return \",\".join(xs)\n", "[\"a\", 1]")).startsWith("trap");
        String text = "def f(x, c):\n    return x + \"a\" if c else f\"{x}\"\n";
        assertThat(python(text, "7, false")).startsWith("trap WRONG_TYPE");
        assertThat(python(text, "\"b\", false")).isEqualTo("\"b\"");
    }

    @Test
    void defaultsCallNothingAndAreShort() {
        String twice = "function f1(a, b = f0(a) + f0(a)) { return b; }";
        String source = "function f0(a, b = a) { return b; } " + twice;
        String many = "function f(a, b = " + "a + ".repeat(40) + "a) { return b; }";

        assertThat(Programs.faults(Language.JAVASCRIPT, source)).contains("a default is");
        assertThat(Programs.faults(Language.JAVASCRIPT, many)).contains("a default is");
    }
}
