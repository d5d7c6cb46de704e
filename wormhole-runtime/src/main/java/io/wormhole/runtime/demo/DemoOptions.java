package io.wormhole.runtime.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be shown.
 *
 * @param count cups to order
 * @param gcode what to print
 * @param data where everything is stored; empty: a temporary directory, removed at the end
 * @param json whether to print the receipt as JSON alone
 * @param killWorker cup at which the printing worker crashes; 0: never
 * @param killNode whose process is killed in mid-order: acme, bob; empty: nobody's
 * @param cheat whether the customer publishes an old state
 * @param silent whether the customer stops answering
 * @param latePrinter whether the printer loses its line and asks for resends
 */
public record DemoOptions(
        int count,
        Path gcode,
        Optional<Path> data,
        boolean json,
        int killWorker,
        Optional<String> killNode,
        boolean cheat,
        boolean silent,
        boolean latePrinter) {}
