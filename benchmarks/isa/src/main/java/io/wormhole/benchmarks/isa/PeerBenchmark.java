package io.wormhole.benchmarks.isa;

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

    private PeerBenchmark() {}

    static void run() {
        System.out.println(
                "program, ms                interpreter   compiled   Chicory interp.   Chicory comp.   Java");
        compare("fib(27)", "fib", FIB, 27, PeerBenchmark::fib);
        compare("sum to 1 000 000", "sum", SUM, 1_000_000, PeerBenchmark::sum);
        compare("primes below 20 000", "primes", PRIMES, 20_000, PeerBenchmark::primes);
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
                && returned.value() instanceof io.wormhole.isa.value.IntValue integer) {
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
}
