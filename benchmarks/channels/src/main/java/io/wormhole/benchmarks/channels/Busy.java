package io.wormhole.benchmarks.channels;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/** Processor time of this process, which other work on the machine hardly changes. */
final class Busy {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private double micros;

    /** Measures while something runs; the last measurement counts. */
    double during(DoubleSupplier work) {
        long start = System.nanoTime();
        long before = PROCESS.getProcessCpuTime();
        double result = work.getAsDouble();
        micros = (PROCESS.getProcessCpuTime() - before) * 1e6 / (System.nanoTime() - start);
        return result;
    }

    /** Microseconds of processor time in each second of the last measurement. */
    double micros() {
        return micros;
    }
}
