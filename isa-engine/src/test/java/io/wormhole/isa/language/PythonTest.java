package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PythonTest {
    private static String run(String source, String function, String arguments) {
        return Programs.call(Language.PYTHON, source, function, arguments);
    }

    private static String refused(String source) {
        return Programs.faults(Language.PYTHON, source);
    }

    @Test
    void aPatternChangesWhatItNames() {
        String source =
                """
                def f(a, n):
                    x = 1
                    match n:
                        case 0:
                            a = 5
                        case x:
                            a = 6
                    return x * 10 + a
                """;
        assertThat(run(source, "f", "3, 0")).isEqualTo("15");
        assertThat(run(source, "f", "3, 4")).isEqualTo("46");
    }

    @Test
    void aPlaceIsOneOfAListOrOfATuple() {
        String source =
                """
                def f(x):
                    return x[1]
                def g(pairs):
                    total = 0
                    for a, b in pairs:
                        total = total + a * b
                    return total
                def contract(terms, state, message):
                    first, second = state
                    return message[3][0] + terms[0] + second
                """;
        assertThat(run(source, "f", "[5, 6]")).isEqualTo("6");
        assertThat(run(source, "f", "{5, 6}")).isEqualTo("6");
        assertThat(run(source, "f", "[5]")).startsWith("trap OUT_OF_BOUNDS");
        assertThat(run(source, "f", "7")).startsWith("trap WRONG_TYPE");
        assertThat(run(source, "g", "[[1, 2], {3, 4}]")).isEqualTo("14");
        assertThat(run(source, "contract", "{1}, [2, 3], {0, 0, 0, {4}}")).isEqualTo("8");
        assertThat(run(source, "contract", "{1}, {2, 3}, {0, 0, 0, {4}}")).isEqualTo("8");
        assertThat(run(source, "contract", "[1], {2, 3}, {0, 0, 0, {4}}"))
                .startsWith("trap WRONG_TYPE");
    }

    /** A part of a message is a number in one branch and something else in the next. */
    @Test
    void howAPartIsUsedInOneBranchDoesNotBindTheNext() {
        String source =
                """
                def f(message, price):
                    kind = message[0]
                    if kind == "mint":
                        sets = message[1]
                        return sets * price if sets > 0 else 0
                    if kind == "sides":
                        left, right = message[1]
                        return left - right
                    if kind == "all":
                        return sum(message[1])
                    return 0 - message[1]
                """;
        assertThat(run(source, "f", "{\"mint\", 4}, 3")).isEqualTo("12");
        assertThat(run(source, "f", "{\"sides\", {5, 3}}, 3")).isEqualTo("2");
        assertThat(run(source, "f", "{\"all\", [5, 3]}, 3")).isEqualTo("8");
        assertThat(run(source, "f", "{\"burn\", 4}, 3")).isEqualTo("-4");
        assertThat(refused("def f():\n    x = 5\n    return g(x)\ndef g(x):\n    return x[0]\n"))
                .contains("does not take an integer");
    }

    @Test
    void whatOnlySomeWaysGiveIsNotThereAfterwards() {
        String some =
                "def f(a, b):\n    if a > 0:\n        x = 1\n    elif b > 0:\n        x = 2\n";
        assertThat(refused(some + "    return x\n")).contains("x gets a value on some ways only");
        assertThat(run(some + "    return b\n", "f", "1, 2")).isEqualTo("2");
        assertThat(run(some + "    else:\n        x = 3\n    return x\n", "f", "0, 0"))
                .isEqualTo("3");
    }

    @Test
    void integersDivideTowardsMinusInfinity() {
        String source =
                """
                def f(a, b):
                    return a // b, a % b, -(a // b), 2 ** 10, -2 ** 2, 0 ** 0
                """;

        assertThat(run(source, "f", "-7, 2")).isEqualTo("{-4, 1, 4, 1024, -4, 1}");
        assertThat(run(source, "f", "7, -3")).isEqualTo("{-3, -2, 3, 1024, -4, 1}");
        assertThat(run(source, "f", "7, 0")).startsWith("trap DIVISION_BY_ZERO");
    }

    @Test
    void operatorsBindAsInPython() {
        String source =
                """
                def bits(a):
                    return a & 3 + 1, 1 | 2 ^ 3 & 4, 1 << 2 + 1, -5 >> 1, (a & 1) == 1
                def order(x):
                    return 1 < x < 5, not x == 4, True and not False or False
                def plain():
                    return 1 + 2 * 3 - 4 // 3 % 2, 2 * 3 % 4, 7 - 3 - 2, -3 % 5
                """;

        assertThat(run(source, "bits", "5")).isEqualTo("{4, 3, 8, -3, true}");
        assertThat(run(source, "order", "3")).isEqualTo("{true, true, true}");
        assertThat(run(source, "plain", "")).isEqualTo("{6, 2, 2, 2}");
    }

    @Test
    void patternsGoDeepAndGuardsPassOver() {
        String source =
                """
                def f(v):
                    match v:
                        case (1, (x, [y, *_])) if x > y:
                            return x * 100 + y
                        case (1, (x, _)):
                            return x
                        case (2, _) | (3, _):
                            return -1
                        case _:
                            return -2
                def g(n):
                    match n:
                        case -1:
                            return 5
                        case n if n > 100:
                            return n
                        case other:
                            return other - 1
                def zero(x):
                    match x:
                        case 0.0:
                            return True
                        case _:
                            return False
                """;

        assertThat(run(source, "f", "{1, {5, [3, 4]}}")).isEqualTo("503");
        assertThat(run(source, "f", "{1, {2, [3]}}")).isEqualTo("2");
        assertThat(run(source, "f", "{3, {0, [0]}}")).isEqualTo("-1");
        assertThat(run(source, "f", "{9, {0, [0]}}")).isEqualTo("-2");
        assertThat(run(source, "g", "-1")).isEqualTo("5");
        assertThat(run(source, "g", "101")).isEqualTo("101");
        assertThat(run(source, "g", "7")).isEqualTo("6");
        assertThat(run(source, "zero", "-0.0")).isEqualTo("true");
    }

    @Test
    void comprehensionsNestAndKeepTheirNamesToThemselves() {
        String source =
                """
                def f(n):
                    x = 10
                    pairs = [(x, y) for x in range(n) for y in range(x) if (x + y) % 2 == 1]
                    return pairs, x
                def g(xs):
                    return [[y + 1 for y in x] for x in xs]
                """;

        assertThat(run(source, "f", "4")).isEqualTo("{[{1, 0}, {2, 1}, {3, 0}, {3, 2}], 10}");
        assertThat(run(source, "g", "[[1], [], [2, 3]]")).isEqualTo("[[2], [], [3, 4]]");
    }

    @Test
    void functionsThatWouldSeeALoopVariableChangeAreRefused() {
        assertThat(refused("def f():\n    return [lambda: i for i in range(3)]\n"))
                .contains("i changes here");
        assertThat(
                        refused(
                                """
                                def f():
                                    fs = []
                                    for i in range(3):
                                        fs = [*fs, lambda: i]
                                    return fs
                                """))
                .contains("i changes here");
        assertThat(
                        run(
                                "def f(xs):\n    return [g(1) for g in map(lambda x: lambda y: x + y, xs)]\n",
                                "f",
                                "[1, 2]"))
                .isEqualTo("[2, 3]");
    }

    @Test
    void loopVariableThatWouldChangeAnotherIsRefused() {
        assertThat(refused("def f(xs):\n    x = 0\n    for x in xs:\n        pass\n    return x\n"))
                .contains("test:3:9")
                .contains("a name of its own");
        assertThat(
                        refused(
                                """
                                def f(xs):
                                    x = 0
                                    for x, y in xs:
                                        pass
                                    return x
                                """))
                .contains("a name of its own");
        assertThat(
                        run(
                                """
                                def f(xs):
                                    s = 0
                                    for x in xs:
                                        s += x
                                    for x in xs:
                                        s += 10 * x
                                    return s
                                """,
                                "f",
                                "[1, 2]"))
                .isEqualTo("33");
    }

    @Test
    void textsAreComparedByTheirBytesWhichIsByCodePoints() {
        String source =
                "def f():\n    return \"Z\" < \"a\", \"é\" < \"z\", \"😀\" < \"\\ufffd\", \"ab\" < \"abc\"\n";

        assertThat(run(source, "f", "")).isEqualTo("{true, false, false, true}");
    }

    @Test
    void whatIsOutsideIsRefusedWithWhatToWrite() {
        assertThat(refused("def f():\n    return \"abc\"[1]\n")).contains("no positions");
        assertThat(refused("def f():\n    return -7.5 % 2.0\n")).contains("math.floor");
        assertThat(refused("def f():\n    return [1, 2] * 3\n")).contains("'*'");
        assertThat(refused("def f():\n    return True + 1\n")).contains("boolean");
        assertThat(refused("def f():\n    return 010\n")).contains("test:2:12");
        assertThat(refused("def f(a, b=[a]):\n    return a\n")).contains("no literal");
        assertThat(refused("def f():\n    return f\"a{1}}\"\n")).contains("closes nothing");
        assertThat(refused("def f():\n    return f\"a{}\"\n")).contains("no value");
        assertThat(refused("def f():\n    return f\"a{1!r}\"\n")).contains("a format");
        assertThat(refused("def f():\n    return f\"a{1\"\n")).contains("inside of a value");
        assertThat(refused("def f(x):\n    return f\"{x})\"\n}")).contains("test:3:1");
        assertThat(refused("def f(x):\n    return f\"{(x}\" + f\"{x)}\"\n")).contains("test:2");
        assertThat(refused("def f():\n    return last\n")).contains("not known");
        assertThat(refused("def f():\n    return b\"a\" \"\"\n")).contains("not joined");
        assertThat(refused("def f():\n    return \"\" b\"a\"\n")).contains("not joined");
    }

    @Test
    void sequencesAreTakenApartWhereverTheyStand() {
        String source =
                """
                def f(xs):
                    a, *b, c = xs
                    (d, [e, *g]), h = (1, [2, 3, 4]), 5
                    x = y = a
                    return a, b, c, d, e, g, h, x + y
                def g(p):
                    match p:
                        case ("a", x) | ["b", (x, _)]:
                            return x
                        case {"k": 1 | 2 as n, **rest}:
                            return n * 100 + len(rest)
                        case [1, *mid, 9]:
                            return len(mid)
                    return -1
                def h(p):
                    a, b = p
                    return a + b
                """;

        assertThat(run(source, "f", "[1, 2, 3, 4]"))
                .isEqualTo("{1, [2, 3], 4, 1, 2, [3, 4], 5, 2}");
        assertThat(run(source, "g", "{\"a\", 1}")).isEqualTo("1");
        assertThat(run(source, "g", "[\"b\", {2, 3}]")).isEqualTo("2");
        assertThat(run(source, "g", "%{\"k\": 2, \"z\": 1}")).isEqualTo("201");
        assertThat(run(source, "g", "[1, 5, 5, 9]")).isEqualTo("2");
        assertThat(run(source, "h", "[1, 2]")).isEqualTo("3");
        assertThat(run(source, "h", "{1, 2}")).isEqualTo("3");
        assertThat(run(source, "h", "[1, 2, 3]")).startsWith("trap FAILED");
    }

    @Test
    void functionsThatWouldSeeAnotherRoundOrAnotherFunctionAreRefused() {
        assertThat(
                        refused(
                                "def f():\n  gs = []\n  for x in [1, 2]:\n    y = x\n"
                                        + "    gs = gs + [lambda: y]\n  return gs"))
                .contains("y changes here");
        assertThat(
                        refused(
                                "def f():\n  def g(): return 1\n  h = lambda: g()\n"
                                        + "  def g(): return 2\n  return h()"))
                .contains("test:4:3:")
                .contains("there is a function g already");
    }

    @Test
    void numbersOfBothTypesMatchWhatTheyAre() {
        String source =
                """
                def f(x):
                  match x:
                    case 2: return 1
                    case -1 | 0.0: return 2
                    case _: return 3
                """;

        assertThat(run(source, "f", "2.0")).isEqualTo("1");
        assertThat(run(source, "f", "0")).isEqualTo("2");
        assertThat(run(source, "f", "-1.0")).isEqualTo("2");
        assertThat(run(source, "f", "{2}")).isEqualTo("3");
    }

    @Test
    void whileGoesOnUntilBreakOrReturn() {
        String source =
                """
                def f(n):
                    i, s = 0, 0
                    while True:
                        i += 1
                        if i % 2 == 0: continue
                        if i > n: break
                        s += i; s *= 1
                    return i, s
                def g(n):
                    while True:
                        if n > 10:
                            return n
                        n *= 2
                """;

        assertThat(run(source, "f", "6")).isEqualTo("{7, 9}");
        assertThat(run(source, "g", "3")).isEqualTo("12");
    }
}
