package io.wormhole.benchmarks.isa;

import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Real time per unit of time gas, instruction by instruction. A case repeats its instruction with
 * operands at hand and drops the results. What the same without the instruction takes is taken off,
 * from the time and from the gas, unless the instruction is too quick to be told from that: then
 * the figure is for the whole, fetching and dropping included.
 */
final class PriceBenchmark {
    private static final GasLimit PLENTY = new GasLimit(1L << 40, 1 << 24);
    private static final int COPIES = 60;
    private static final double CHEAP_NANOS = 100;

    private PriceBenchmark() {}

    /** An instruction with its operands: literals by name {@code a, b, c} of the arguments. */
    private record Case(Opcode opcode, String label, String word, List<String> operands) {}

    private record Figure(Case measured, double nanos, double gas) {
        double nanosPerGas() {
            return nanos / gas;
        }
    }

    /** Measures the instructions called {@code only}, or all where that is empty. */
    static void run(Set<String> only) {
        List<Case> cases = new ArrayList<>(cases());
        cases.removeIf(
                each -> !only.isEmpty() && !only.contains(each.opcode().mnemonic()));
        List<Figure> figures = new ArrayList<>();
        Set<Opcode> seen = EnumSet.noneOf(Opcode.class);
        // The first round only shows the compiler every instruction: its figures do not count.
        cases.forEach(PriceBenchmark::measure);
        for (Case each : cases) {
            seen.add(each.opcode());
            figures.add(middle(measure(each), measure(each), measure(each)));
        }
        figures.sort(Comparator.comparingDouble(Figure::nanosPerGas));
        System.out.println();
        System.out.println("instruction                     ns      gas   ns per gas");
        for (Figure figure : figures) {
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %9.1f %8.0f %12.2f%n",
                    figure.measured().opcode().mnemonic() + " " + figure.measured().label(),
                    figure.nanos(),
                    figure.gas(),
                    figure.nanosPerGas());
        }
        double middle = figures.get(figures.size() / 2).nanosPerGas();
        System.out.printf(
                Locale.ROOT,
                "%d cases, %d instructions; ns per gas: median %.2f, from %.2f to %.2f (× %.1f)%n",
                figures.size(),
                seen.size(),
                middle,
                figures.get(0).nanosPerGas(),
                figures.get(figures.size() - 1).nanosPerGas(),
                figures.get(figures.size() - 1).nanosPerGas() / figures.get(0).nanosPerGas());
    }

    /** Of three, because one may have been stalled by other work on the machine. */
    private static Figure middle(Figure... figures) {
        List<Figure> sorted = new ArrayList<>(List.of(figures));
        sorted.sort(Comparator.comparingDouble(Figure::nanosPerGas));
        return sorted.get(1);
    }

    private static Figure measure(Case each) {
        StringBuilder with = new StringBuilder();
        StringBuilder without = new StringBuilder();
        for (int i = 0; i < COPIES; i++) {
            String operands = String.join(" ", gets(each)) + " ";
            String word = each.word() + " ";
            with.append(operands).append(word).append("drop ".repeat(results(each)));
            without.append(operands).append("drop ".repeat(each.operands().size()));
        }
        Program full = program(each, with.toString());
        Program empty = program(each, without.toString());
        List<Value> arguments =
                each.operands().stream().map(ValueText::parse).toList();
        double nanos = nanos(full, arguments);
        double gas = gas(full, arguments);
        double net = nanos - nanos(empty, arguments);
        double netGas = gas - gas(empty, arguments);
        return net / COPIES < CHEAP_NANOS
                ? new Figure(each, nanos / COPIES, gas / COPIES)
                : new Figure(each, net / COPIES, netGas / COPIES);
    }

    private static int results(Case each) {
        return each.opcode().pushes().total(digits(each.word()));
    }

    private static int digits(String word) {
        String last = word.substring(word.lastIndexOf(' ') + 1);
        return last.matches("[0-9]+") ? Integer.parseInt(last) : 0;
    }

    private static List<String> gets(Case each) {
        List<String> gets = new ArrayList<>();
        for (int i = 0; i < each.operands().size(); i++) {
            gets.add("get a" + i);
        }
        return gets;
    }

    private static Program program(Case each, String body) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < each.operands().size(); i++) {
            names.add("a" + i);
        }
        CodeModule module =
                Assembler.assemble(
                        "fn main("
                                + String.join(", ", names)
                                + ") { "
                                + body
                                + " push 0 } fn same(x) { get x } fn two(x, y) { get x }");
        return Vm.load(module);
    }

    private static double nanos(Program program, List<Value> arguments) {
        int runs = 40;
        return Clock.least(
                        40,
                        25,
                        () -> {
                            Object last = "";
                            for (int i = 0; i < runs; i++) {
                                last = Vm.run(program, 0, arguments, PLENTY);
                            }
                            return last;
                        })
                / runs;
    }

    private static double gas(Program program, List<Value> arguments) {
        Execution end = Vm.run(program, 0, arguments, PLENTY);
        if (!(end instanceof Execution.Returned)) {
            throw new IllegalStateException(String.valueOf(end));
        }
        return end.gasUsed().time();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        String big = "1" + "234567890".repeat(8);
        String half = "1" + "234567890".repeat(4);
        for (String word :
                List.of("add", "sub", "mul", "div", "rem", "fdiv", "fmod", "band", "bor", "bxor")) {
            add(cases, "small", word, "123456", "789");
            add(cases, "big", word, word.equals("mul") ? half : big, half);
        }
        add(cases, "small", "pow", "3", "30");
        add(cases, "big", "pow", "123456789", "9");
        add(cases, "small", "shl", "3", "30");
        add(cases, "big", "shr", big, "30");
        for (String word : List.of("neg", "abs")) {
            add(cases, "small", word, "-5");
            add(cases, "big", word, big);
        }
        for (String word : List.of("eq", "ne", "lt", "le", "gt", "ge", "cmp")) {
            add(cases, "small", word, "5", "7");
        }
        add(cases, "bytes 1000", "eq", hex(1000), hex(1000));
        add(cases, "list 100", "cmp", ints(100), ints(100));
        add(cases, "tuples 100", "cmp", tuples(100), tuples(100));
        add(cases, "", "not", "true");
        add(cases, "", "and", "true", "false");
        add(cases, "", "or", "true", "false");
        add(cases, "", "type", "[]");
        for (String word : List.of("radd", "rsub", "rmul", "rdiv", "req", "rlt", "rle", "rpow")) {
            add(cases, "", word, "1.25", "3.5");
        }
        for (String word :
                List.of(
                        "rneg", "rabs", "rsqrt", "rfloor", "rceil", "rtrunc", "rexp", "rln", "rsin",
                        "rcos")) {
            add(cases, "", word, "3.75");
        }
        add(cases, "small", "rfrom", "42");
        add(cases, "big", "rfrom", big);
        bytes(cases);
        collections(cases);
        add(cases, "", "dup", "1");
        add(cases, "", "drop", "1");
        add(cases, "", "swap", "1", "2");
        add(cases, "", "over", "1", "2");
        add(cases, "", "push 7");
        add(cases, "", "const 7");
        add(cases, "", "slide 2", "1", "2", "3");
        cases.add(new Case(Opcode.CALL, "", "call same", List.of("1")));
        cases.add(new Case(Opcode.CLOSURE, "", "closure two 1", List.of("1")));
        cases.add(
                new Case(Opcode.APPLY, "+ closure", "closure two 1 get a0 apply 1", List.of("1")));
        cases.add(
                new Case(
                        Opcode.WITHIN,
                        "+ closure",
                        "closure two 1 push 900 push 90 get a0 within 1",
                        List.of("1")));
        cases.add(new Case(Opcode.IF, "", "if { push 1 } else { push 1 } drop", List.of("true")));
        return cases;
    }

    private static void bytes(List<Case> cases) {
        add(cases, "", "blen", hex(32));
        add(cases, "32", "bcat", hex(32), hex(32));
        add(cases, "1000", "bcat", hex(1000), hex(1000));
        add(cases, "32", "bslice", hex(64), "8", "40");
        add(cases, "1000", "bslice", hex(2000), "8", "1008");
        add(cases, "", "bat", hex(32), "9");
        add(cases, "8", "bint", hex(8));
        add(cases, "31", "bint", hex(31));
        add(cases, "4", "bfrom", "77", "4");
        add(cases, "32", "bfrom", "77", "32");
        add(cases, "small", "bdec", "123456");
        add(cases, "big", "bdec", "1" + "234567890".repeat(8));
        for (String word : List.of("sha256", "blake2b")) {
            add(cases, "32", word, hex(32));
            add(cases, "1000", word, hex(1000));
        }
        // One that is not valid: of those that are, the machine remembers the last few thousand.
        add(
                cases,
                "invalid",
                "ed25519",
                "#d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "#",
                "#e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100c");
    }

    private static void collections(List<Case> cases) {
        add(cases, "3", "tuple 3", "1", "2", "3");
        add(cases, "3", "untuple 3", "{1, 2, 3}");
        add(cases, "", "field 1", "{1, 2, 3}");
        add(cases, "3", "with 1", "{1, 2, 3}", "5");
        add(cases, "30", "with 1", "{" + ints(30).substring(1, ints(30).length() - 1) + "}", "5");
        add(cases, "", "tsize", "{1, 2, 3}");
        add(cases, "", "nil");
        add(cases, "", "cons", "1", ints(100));
        add(cases, "", "head", ints(100));
        add(cases, "", "tail", ints(100));
        add(cases, "", "empty", ints(100));
        add(cases, "", "llen", ints(100));
        add(cases, "50", "lnth", ints(100), "50");
        add(cases, "100", "lcat", ints(100), ints(100));
        add(cases, "100", "lrev", ints(100));
        add(cases, "3", "list 3", "1", "2", "3");
        add(cases, "", "mnew");
        for (int size : List.of(10, 1000)) {
            add(cases, "" + size, "mget", map(size), "5");
            add(cases, "" + size, "mgetor", map(size), "-5", "7");
            add(cases, "" + size, "mhas", map(size), "5");
            add(cases, "" + size, "mput", map(size), "5", "6");
            add(cases, "" + size, "mdel", map(size), "5");
            add(cases, "" + size, "mkeys", map(size));
            add(cases, "" + size, "mlist", map(size));
        }
        add(cases, "", "msize", map(10));
    }

    private static void add(List<Case> cases, String label, String word, String... operands) {
        String mnemonic = word.replaceFirst(" .*", "");
        Opcode opcode =
                mnemonic.equals("push") ? Opcode.INT : Opcode.ofMnemonic(mnemonic).orElseThrow();
        cases.add(new Case(opcode, label, word, List.of(operands)));
    }

    private static String hex(int length) {
        return "#" + "5a".repeat(length);
    }

    private static String ints(int count) {
        StringBuilder text = new StringBuilder("[0");
        for (int i = 1; i < count; i++) {
            text.append(", ").append(i);
        }
        return text.append(']').toString();
    }

    private static String tuples(int count) {
        return "[" + "{7}, ".repeat(count - 1) + "{7}]";
    }

    private static String map(int count) {
        StringBuilder text = new StringBuilder("%{0: 0");
        for (int i = 1; i < count; i++) {
            text.append(", ").append(i).append(": ").append(i);
        }
        return text.append('}').toString();
    }
}
