package io.wormhole.runtime.cli;

import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.VerifiedCode;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.project.Sources;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.PlainMachine;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows every step of a run with its place in the source. */
@Command(
        name = "trace",
        description = "Runs step by step: place in the source, instruction, gas, and stack.",
        mixinStandardHelpOptions = true)
final class IsaTraceCommand implements Callable<Integer> {
    private static final int LONGEST_VALUE = 40;
    private static final int MANY_CHARACTERS = 1 << 16;

    /** Lines printed many at a time, which is quick; refuses to go on when nobody reads them. */
    private record Lines(PrintWriter out, StringBuilder pending) {
        void line(String text) {
            pending.append(Printable.of(text)).append(System.lineSeparator());
            if (pending.length() > MANY_CHARACTERS) {
                flush();
            }
        }

        void flush() {
            out.print(pending);
            pending.setLength(0);
            // The writer of a terminal does not hear of it: the stream behind it keeps it to
            // itself.
            if (out.checkError() || System.out.checkError()) {
                throw new CommandFailed(CommandFailed.REFUSED, "nobody reads the rest");
            }
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private IsaSource source = new IsaSource();

    @Option(
            names = "--steps",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description = "How many steps to show at most (default: ${DEFAULT-VALUE}).")
    private long steps = 10_000;

    @Override
    public Integer call() throws IOException {
        if (steps < 0) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "--steps " + steps + ": 0 or more expected");
        }
        IsaSource.Call call = source.resolve();
        Verification verification = Verifier.verify(call.source().module());
        if (!(verification instanceof Verification.Verified verified)) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    ((Verification.Refused) verification).faults().get(0).toString());
        }
        PrintWriter out = spec.commandLine().getOut();
        Lines shown = new Lines(out, new StringBuilder());
        Sources.Places places = call.source().places();
        Optional<Execution> followed =
                PlainMachine.follow(
                        verified.code(),
                        call.function(),
                        call.arguments(),
                        call.limit(),
                        steps,
                        step -> shown.line(line(step, places)));
        shown.flush();
        if (followed.isEmpty()) {
            out.println("… and more steps than " + steps + ": --steps COUNT shows more");
        }
        // What comes after the steps shown is the same on the machine that is quick.
        Execution end = followed.orElseGet(() -> run(verified.code(), call));
        out.println(Printable.of(end.toString()));
        out.flush();
        return end instanceof Execution.Returned ? 0 : CommandFailed.REFUSED;
    }

    private static Execution run(VerifiedCode code, IsaSource.Call call) {
        return Vm.run(Program.of(code), call.function(), call.arguments(), call.limit());
    }

    private static String line(PlainMachine.Step step, Sources.Places places) {
        String place =
                places.find(step.function(), step.instruction().offset())
                        .orElse("+" + step.instruction().offset());
        return String.format(
                Locale.ROOT,
                "%7d %5d  %-22s %s%-14s %s",
                step.used().time(),
                step.used().space(),
                step.function() + " " + place,
                "  ".repeat(Math.min(step.depth(), 20)),
                step.instruction().opcode().mnemonic(),
                stack(step.stack()));
    }

    private static String stack(List<Value> stack) {
        StringBuilder text = new StringBuilder();
        for (Value value : stack) {
            String shown = value.cells() > 1_000 ? "…" : value.toString();
            text.append(' ')
                    .append(
                            shown.length() <= LONGEST_VALUE
                                    ? shown
                                    : shown.substring(0, LONGEST_VALUE) + "…");
        }
        return text.toString();
    }
}
