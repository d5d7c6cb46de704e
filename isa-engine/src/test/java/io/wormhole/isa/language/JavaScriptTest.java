package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JavaScriptTest {
    private static String run(String source, String function, String arguments) {
        return Programs.call(Language.JAVASCRIPT, source, function, arguments);
    }

    private static String refused(String source) {
        return Programs.faults(Language.JAVASCRIPT, source);
    }

    @Test
    void aPlaceIsOneOfAListOrOfATuple() {
        String source =
                """
                function f(x) { return x[0]; }
                function g([a, [b, c]], xs) { let sum = a; for (const [d, e] of xs) sum += d * e; return sum + b - c; }
                """;
        assertThat(run(source, "f", "[5, 6]")).isEqualTo("5");
        assertThat(run(source, "f", "{5, 6}")).isEqualTo("5");
        assertThat(run(source, "g", "[1, {2, 3}], [[4, 5], {6, 7}]")).isEqualTo("62");
        assertThat(run(source, "g", "{1, [2, 3]}, []")).isEqualTo("0");
    }

    @Test
    void functionsCallThemselvesAndEachOther() {
        String source =
                """
                const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2)
                function even(n) { return n === 0 ? true : odd(n - 1) }
                function odd(n) { return n === 0 ? false : even(n - 1) }
                """;

        assertThat(run(source, "fib", "20")).isEqualTo("6765");
        assertThat(run(source, "even", "100001")).isEqualTo("false");
    }

    @Test
    void loopsAndAssignmentsOfTheSameFunctionBecomeFolds() {
        String source =
                """
                function sums(xs) {
                  let even = 0;
                  let odd = 0;
                  for (const x of xs) {
                    if (x < 0) continue;
                    if (x > 99) break;
                    if (x % 2 === 0) { even += x; } else { odd += x; }
                  }
                  return tuple(even, odd);
                }
                function first(xs) {
                  for (const x of xs) { if (x > 10) return x; }
                  return -1;
                }
                function count(n) { let s = 0; for (const i of range(n)) { s += i; } return s; }
                """;

        assertThat(run(source, "sums", "[1, 2, -7, 3, 4, 100, 5]")).isEqualTo("{6, 4}");
        assertThat(run(source, "first", "[1, 20, 30]")).isEqualTo("20");
        assertThat(run(source, "first", "[]")).isEqualTo("-1");
        assertThat(run(source, "count", "100000")).isEqualTo("4999950000");
    }

    @Test
    void listsAreMappedFilteredAndFolded() {
        String source =
                """
                function work(xs, k) {
                  const add = (y) => y + k;
                  return xs.filter(x => x > 1).map(add).map(x => x * 2).reduce((a, b) => a + b, 0);
                }
                function pairs(xs) { return xs.map(([a, b]) => a * b); }
                function any(xs, y) { return tuple(xs.some(x => x === y), xs.every(x => x > 0), xs.includes(y)); }
                function spread(xs, x) { return [x, ...xs, x, x, ...xs]; }
                function rest(xs) { const [a, ...more] = xs; return tuple(a, more); }
                function compose(f, g) { return x => g(f(x)); }
                function twice(x) { const inc = y => y + 1; return compose(inc, compose(inc, z => z * 10))(x); }
                """;

        assertThat(run(source, "work", "[1, 2, 3], 5")).isEqualTo("30");
        assertThat(run(source, "pairs", "[{2, 3}, {4, 5}]")).isEqualTo("[6, 20]");
        assertThat(run(source, "any", "[1, 2], 2")).isEqualTo("{true, true, true}");
        assertThat(run(source, "spread", "[1], 7")).isEqualTo("[7, 1, 7, 7, 1]");
        assertThat(run(source, "rest", "[1, 2, 3]")).isEqualTo("{1, [2, 3]}");
        assertThat(run(source, "twice", "1")).isEqualTo("30");
    }

    @Test
    void objectsAreMapsAndNothingThereNeedsADefault() {
        String source =
                """
                function make(n) { return { name: "cup", n, ["k" + "1"]: 2 }; }
                function change(m) { return { ...m, n: m.n + 1 }; }
                function look(m, k) { return m[k] ?? 7; }
                function sum(m) { let s = 0; for (const [k, v] of entries(m)) { s += v; } return s; }
                function open({ n, name: who }) { return tuple(n, who, "n" in { n }); }
                """;

        assertThat(run(source, "make", "3")).contains("n").contains("3");
        assertThat(run(source, "change", "%{\"n\": 1}")).isEqualTo("%{\"n\": 2}");
        assertThat(run(source, "look", "%{\"a\": 1}, \"b\"")).isEqualTo("7");
        assertThat(run(source, "sum", "%{\"a\": 1, \"b\": 5}")).isEqualTo("6");
        assertThat(run(source, "open", "%{\"n\": 1, \"name\": 2}")).startsWith("{1, 2, true");
    }

    @Test
    void kindsDecideWhatOperatorsMean() {
        String source =
                """
                function mean(a, b) { return (a + b) / 2.0; }
                function area(r) { return Math.PI * r ** 2; }
                function greet(name) { return "hi " + name; }
                function halves(n) { return Math.floor(n / 2) * 10 + Math.trunc(n / 2) + n % 2; }
                function spin(v, d) { return Math.floor(1000 * v / (Math.PI * d)); }
                """;

        assertThat(run(source, "mean", "1.0, 2.0")).isEqualTo("1.5");
        assertThat(run(source, "area", "2.0")).isEqualTo("12.566370614359172");
        assertThat(run(source, "greet", "\"bob\"")).isEqualTo("\"hi bob\"");
        assertThat(run(source, "halves", "-7")).isEqualTo("-44");
        assertThat(run(source, "spin", "100.0, 50.0")).isEqualTo("636");
    }

    @Test
    void switchTakesTheCaseThatIsTheSame() {
        String source =
                """
                function price(kind) {
                  switch (kind) {
                    case "cup": case "mug": return 5;
                    case "plate": { return 7; }
                    default: fail("unknown kind");
                  }
                }
                function step(n) {
                  let r = 0;
                  switch (n) { case 1: r = 10; break; case 2: r = 20; break; }
                  return r + 1;
                }
                """;

        assertThat(run(source, "price", "\"mug\"")).isEqualTo("5");
        assertThat(run(source, "price", "\"pot\"")).startsWith("trap FAILED");
        assertThat(run(source, "step", "2")).isEqualTo("21");
        assertThat(run(source, "step", "3")).isEqualTo("1");
    }

    @Test
    void zerosAreOneInSwitchAndComparison() {
        String source =
                """
                function f(x) { switch (x) { case 0.0: return "zero"; default: return "other"; } }
                function g(x) { return tuple(x === 0.0, [0.0].includes(x)); }
                """;

        assertThat(run(source, "f", "-0.0")).isEqualTo("\"zero\"");
        assertThat(run(source, "f", "1.0")).isEqualTo("\"other\"");
        assertThat(run(source, "g", "-0.0")).isEqualTo("{true, true}");
    }

    @Test
    void functionsCaptureTheValueOfTheirRound() {
        String source =
                """
                function f() {
                  let fs = [];
                  for (const i of range(3)) { fs = [...fs, () => i * 10]; }
                  return fs.map((f) => f());
                }
                function g() { const x = 1; let y = 0; if (x === 1) { const x = 5; y = x; } return tuple(x, y); }
                """;

        assertThat(run(source, "f", "")).isEqualTo("[0, 10, 20]");
        assertThat(run(source, "g", "")).isEqualTo("{1, 5}");
    }

    @Test
    void numbersThatBeginWithZeroAreRefused() {
        assertThat(refused("function f() { return 010; }")).contains("octal");
    }

    @Test
    void bigIntegersDivideAsBigIntegersDo() {
        String source = "function f(a, b) { return a / b + (a & 12n) - 2n ** 100n * 0n; }";

        assertThat(run(source, "f", "-7, 2")).isEqualTo("5");
    }

    @Test
    void whatAnInnerBlockHidesIsThereAgainBehindIt() {
        String source =
                """
                function f(n) {
                  let t = 0;
                  for (const x of range(n)) {
                    t = t + x;
                    if (x > 1) { const t = 100; if (t > n) { const y = t; } }
                  }
                  if (n > 2) { t = t * 2; if (n > 3) { const t = (k) => k; } } else { t = 7; }
                  return t;
                }""";
        assertThat(run(source, "f", "5")).isEqualTo("20");
        assertThat(run(source, "f", "3")).isEqualTo("6");
        assertThat(run(source, "f", "1")).isEqualTo("7");
    }

    @Test
    void aLoopCountsWithAVariableOfItsOwn() {
        String source =
                """
                function f(n) {
                  const i = 7;
                  let best = 0;
                  let count = 0;
                  for (let i = n; i > 0; i -= 1) {
                    if (i % 3 === 0) continue;
                    for (let j = 0; j < i; j++) {
                      if (j * i > 6) break;
                      best = best + j;
                      if (best > 50) return -best;
                    }
                    const i2 = i;
                    count += i2 - i + 1;
                  }
                  return best * 100 + count * 10 + i;
                }""";
        assertThat(run(source, "f", "0")).isEqualTo("7");
        assertThat(run(source, "f", "2")).isEqualTo("127");
        assertThat(run(source, "f", "30")).isEqualTo("507");
    }

    @Test
    void anObjectHasValuesOfManyKinds() {
        String source =
                """
                function next(s) { return { ...s, n: s.n + 1, log: [...s.log, s.name + "!"], r: s.r * 2 }; }
                function f() { return next({ n: 1, log: [], name: "a", r: 0.5 }); }
                function g() { const [n, [s, t]] = [1, ["a", 2.5]]; return tuple(n + 1, s + "b", t * 2); }
                """;

        assertThat(run(source, "f", ""))
                .isEqualTo("%{\"log\": [\"a!\"], \"n\": 2, \"name\": \"a\", \"r\": 1.0}");
        assertThat(run(source, "g", "")).isEqualTo("{2, \"ab\", 5.0}");
    }

    @Test
    void whatIsAskedForAPartShowsWhenItRuns() {
        String source =
                """
                function at(xs, i) { return xs[i]; }
                """;

        assertThat(run(source, "at", "[5, 6], 1")).isEqualTo("6");
        assertThat(run(source, "at", "%{\"a\": 7}, \"a\"")).isEqualTo("7");
    }

    @Test
    void caseOfANumberTakesIntegersAndReals() {
        String source =
                "function f(x) { switch (x) { case 2: return 1; case 2.5: return 2; default: return"
                        + " 3; } }";

        assertThat(run(source, "f", "2")).isEqualTo("1");
        assertThat(run(source, "f", "2.0")).isEqualTo("1");
        assertThat(run(source, "f", "2.5")).isEqualTo("2");
        assertThat(run(source, "f", "\"2\"")).isEqualTo("3");
        assertThat(
                        run(
                                "function g() { const x = 4.0 / 2.0; switch (x) { case 2: return 1; } return 0; }",
                                "g",
                                ""))
                .isEqualTo("1");
    }

    @Test
    void aVariableGetsItsValueOnEveryWay() {
        String source =
                """
                function f(n) {
                  let x;
                  let y;
                  if (n > 1) { x = 1; { let x = 9; x += n; } y = x; }
                  else if (n > 0) { y = 4; x = y; }
                  else return -1;
                  return x * 10 + y;
                }
                """;

        assertThat(run(source, "f", "2")).isEqualTo("11");
        assertThat(run(source, "f", "1")).isEqualTo("44");
        assertThat(run(source, "f", "0")).isEqualTo("-1");
        assertThat(refused("function f(n) { let x; if (n > 0) x = 1; return x; }"))
                .contains("test:1:49: 'x; }' x gets a value on some ways only");
    }

    @Test
    void aFunctionSeesWhatDoesNotChangeAnyMore() {
        String source =
                """
                function f(xs) { let s = 0; for (const x of xs) s += x; const g = (y) => y * s; return g(2); }
                function g() { return up(3); function up(n) { return more(n) + 1; } function more(n) { return n * 2; } }
                function h() {
                  const even = (n) => n === 0 || odd(n - 1);
                  const step = 1;
                  const odd = (n) => n !== 0 && even(n - step);
                  return even(10);
                }
                """;

        assertThat(run(source, "f", "[1, 2]")).isEqualTo("6");
        assertThat(run(source, "g", "")).isEqualTo("7");
        assertThat(run(source, "h", "")).isEqualTo("true");
        assertThat(
                        refused(
                                "function f() { let k = 2; const a = g(); k = 3; function g() {"
                                        + " return k; } return a; }"))
                .contains("k changes here");
        assertThat(
                        refused(
                                "function f() { let gs = []; let k = 0; while (k < 2) { k++; gs ="
                                        + " [...gs, () => k]; } return gs; }"))
                .contains("k changes here");
    }

    @Test
    void aLoopInABranchMayDoNothingButFail() {
        String source =
                """
                function f(xs, strict) {
                  if (strict) { for (const x of xs) { if (x < 0) fail("below zero"); } }
                  return xs.length;
                }
                """;

        assertThat(run(source, "f", "[1, -2], false")).isEqualTo("2");
        assertThat(run(source, "f", "[1, 2], true")).isEqualTo("2");
        assertThat(run(source, "f", "[1, -2], true")).startsWith("trap FAILED");
    }

    @Test
    void partsHaveDefaultsAndTheRestANameAnywhere() {
        String source =
                """
                function f({ a = 1, b: { c = 2, d } = { d: 5 }, ...rest }) { return tuple(a, c, d, rest); }
                function g(xs) { const [, b, ...rest] = xs; return tuple(b, rest); }
                function h(a, b) { return { x: 0, ...a, y: 1, ...b }; }
                """;

        assertThat(run(source, "f", "%{\"z\": 7}")).isEqualTo("{1, 2, 5, %{\"z\": 7}}");
        assertThat(run(source, "g", "[1, 2, 3, 4]")).isEqualTo("{2, [3, 4]}");
        assertThat(run(source, "h", "%{\"x\": 5, \"y\": 6}, %{\"z\": 7}"))
                .isEqualTo("%{\"x\": 5, \"y\": 1, \"z\": 7}");
    }

    @Test
    void whatIsOutsideIsRefusedWithItsPlaceAndWhatToWrite() {
        assertThat(refused("function f(a) {\n  return 7 / 2;\n}"))
                .contains("test:2:12: '/ 2;'")
                .contains("idiv");
        assertThat(refused("function f(a) { return a / 2; }")).contains("idiv");
        assertThat(refused("let t = 0;\nfunction f(x) { t = x; return t; }"))
                .contains("test:2:17: 't = x")
                .contains("does not change");
        assertThat(
                        refused(
                                "function f(xs) { let s = 0; xs.map(x => { s += x; return s; }); return s; }"))
                .contains("belongs to an outer function");
        assertThat(refused("class A {}")).contains("1:1").contains("write functions");
        assertThat(refused("function f(n) { const g = () => k; let k = n; return g(); }"))
                .contains("k is not known here");
        assertThat(refused("function f() { return Math.random(); }")).contains("no chance");
        assertThat(refused("function f() { return Date.now(); }")).contains("no clock");
        assertThat(refused("function f() { console.log(1); return 1; }")).contains("no output");
        assertThat(refused("function f() { return eval('1'); }")).contains("eval");
        assertThat(refused("function f() { try { return 1; } catch (e) { return 2; } }"))
                .contains("try");
        assertThat(refused("function f(x) { return x == 1; }")).contains("write ===");
        assertThat(refused("function f(x) { return g(x); }")).contains("g is not known");
        assertThat(refused("function f(x) { return f(x, 1); }")).contains("takes 1 arguments");
        assertThat(refused("function f(x) { if (x) { return 1; } }")).contains("without a value");
        assertThat(refused("function f(x) { return x + 1.5 + \"a\"; }")).contains("'+'");
        assertThat(refused("function f(xs) { xs[0] = 1; return xs; }")).contains("do not change");
        assertThat(refused("function f() { return 9007199254740993; }")).contains("BigInt");
        assertThat(refused("function f() {\n return\n 1; }")).contains("same line");
        assertThat(refused("function f( {")).contains("1:");
    }
}
