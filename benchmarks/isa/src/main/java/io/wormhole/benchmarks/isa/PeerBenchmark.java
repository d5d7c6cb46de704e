package io.wormhole.benchmarks.isa;

import io.wormhole.isa.value.IntValue;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The same integer programs in both tiers of the machine, with both gases metered, in both tiers of
 * Chicory (WebAssembly on the JVM, no metering), and in plain Java, in one run.
 */
final class PeerBenchmark {
    private static final GasLimit PLENTY = new GasLimit(1L << 40, 1 << 24);
    private static final String FIB =
            "fn fib(n) { get n push 2 lt if { get n } else {"
                    + " get n push 1 sub call fib get n push 2 sub call fib add } }";
    private static final String SUM =
            "fn main(n) { get n push 0 call sum }"
                    + " fn sum(n, total) { get n push 0 eq if { get total } else {"
                    + " get n push 1 sub get total get n add call sum } }";
    private static final String PRIMES =
            "fn main(n) { push 2 get n push 0 call from }"
                    + " fn from(i, n, count) { get i get n ge if { get count } else {"
                    + " get i push 1 add get n get count get i push 2 call prime add call from } }"
                    + " fn prime(i, d) { get d get d mul get i gt if { push 1 } else {"
                    + " get i get d rem push 0 eq if { push 0 } else {"
                    + " get i get d push 1 add call prime } } }";

    private static final String SIEVE =
            "fn main(n) { push 0 get n push 0 call words }"
                    + " fn words(base, n, count) { get base get n ge if { get count } else {"
                    + " get base push 60 add get n"
                    + " get base get base push 0 eq if { push 3 } else { push 0 } push 2"
                    + " call divisors"
                    + " push 0 get n get base sub push 60 call least get count call zeros"
                    + " call words } }"
                    + " fn divisors(base, word, d) { get d get d mul get base push 60 add ge"
                    + " if { get word } else { get base get word"
                    + " get base get d add push 1 sub get d div get d mul get d get d mul call most"
                    + " get base sub get d call strike get d push 1 add call divisors } }"
                    + " fn strike(word, j, d) { get j push 60 ge if { get word } else {"
                    + " get word push 1 get j shl bor get j get d add get d call strike } }"
                    + " fn zeros(word, j, end, count) { get j get end ge if { get count } else {"
                    + " get word get j push 1 add get end"
                    + " get count push 1 add get word get j shr push 1 band sub call zeros } }"
                    + " fn least(a, b) { get a get b lt if { get a } else { get b } }"
                    + " fn most(a, b) { get a get b gt if { get a } else { get b } }";

    private PeerBenchmark() {}

    static void run() {
        System.out.println(
                "program, ms                interpreter   compiled   Chicory interp.   Chicory comp.   Java");
        compare("fib(27)", "fib", FIB, 27, PeerBenchmark::fib);
        compare("sum to 1 000 000", "sum", SUM, 1_000_000, PeerBenchmark::sum);
        compare("primes below 20 000", "primes", PRIMES, 20_000, PeerBenchmark::primes);
        compare("sieve below 100 000", "sieve", SIEVE, 100_000, PeerBenchmark::sieve);
    }

    private static void compare(
            String title, String name, String text, long argument, LongUnaryOperator java) {
        Program program = Vm.load(Assembler.assemble(text));
        Program compiled = program.compiled();
        WasmModule wasm = Parser.parse(WasmPrograms.module());
        ExportFunction interpreted = Instance.builder(wasm).build().export(name);
        ExportFunction translated =
                Instance.builder(wasm)
                        .withMachineFactory(MachineFactoryCompiler.compile(wasm))
                        .build()
                        .export(name);
        List<Value> arguments = List.of(Value.of(argument));
        long expected = java.applyAsLong(argument);
        requireSame(title, expected, number(Vm.run(program, 0, arguments, PLENTY)));
        requireSame(title, expected, number(Vm.run(compiled, 0, arguments, PLENTY)));
        requireSame(title, expected, interpreted.apply(argument)[0]);
        requireSame(title, expected, translated.apply(argument)[0]);
        System.out.printf(
                Locale.ROOT,
                "%-26s %11.2f %10.2f %17.2f %15.2f %6.2f%n",
                title,
                millis(() -> Vm.run(program, 0, arguments, PLENTY)),
                millis(() -> Vm.run(compiled, 0, arguments, PLENTY)),
                millis(() -> interpreted.apply(argument)),
                millis(() -> translated.apply(argument)),
                millis(() -> java.applyAsLong(argument)));
    }

    private static double millis(Supplier<?> work) {
        return Clock.median(1_000, 15, work) / 1_000_000;
    }

    private static long number(Execution end) {
        if (end instanceof Execution.Returned returned
                && returned.value() instanceof IntValue integer) {
            return integer.longValue();
        }
        throw new IllegalStateException(String.valueOf(end));
    }

    private static void requireSame(String title, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(title + ": " + found + " instead of " + expected);
        }
    }

    private static long fib(long n) {
        return n < 2 ? n : Math.addExact(fib(n - 1), fib(n - 2));
    }

    private static long sum(long n) {
        long total = 0;
        for (long i = n; i != 0; i--) {
            total = Math.addExact(total, i);
        }
        return total;
    }

    private static long primes(long n) {
        long count = 0;
        for (long i = 2; i < n; i++) {
            count += prime(i);
        }
        return count;
    }

    private static long prime(long i) {
        for (long d = 2; Math.multiplyExact(d, d) <= i; d++) {
            if (i % d == 0) {
                return 0;
            }
        }
        return 1;
    }

    private static long sieve(long n) {
        long count = 0;
        for (long base = 0; base < n; base += 60) {
            long word = base == 0 ? 3 : 0;
            for (long d = 2; Math.multiplyExact(d, d) < base + 60; d++) {
                long first = Math.multiplyExact(Math.addExact(base, d - 1) / d, d);
                for (long j = Math.max(first, d * d) - base; j < 60; j = Math.addExact(j, d)) {
                    word |= 1L << j;
                }
            }
            for (long j = 0; j < Math.min(60, n - base); j++) {
                count = Math.addExact(count, 1 - (word >> j & 1));
            }
        }
        return count;
    }
}
