package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.project.ValueJson;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.Vm;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a contract or formula here, and says what it costs. */
@Command(
        name = "run",
        description = "Runs a contract or formula locally; prints result, both gases and price.",
        mixinStandardHelpOptions = true)
final class IsaRunCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private IsaSource source = new IsaSource();

    @Option(
            names = "--gas-price",
            paramLabel = "UNITS",
            defaultValue = "1",
            description = "Base units for each unit of gas (default: ${DEFAULT-VALUE}).")
    private long gasPrice = 1;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (gasPrice < 0) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "--gas-price " + gasPrice + ": 0 or more expected");
        }
        IsaSource.Call call = source.resolve();
        Execution end;
        try {
            end =
                    Vm.run(
                            Vm.load(call.source().module()),
                            call.function(),
                            call.arguments(),
                            call.limit());
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Printable.of(json ? Json.text(view(end)) : text(end)));
        out.flush();
        return end instanceof Execution.Returned ? 0 : CommandFailed.REFUSED;
    }

    private String price(Execution end) {
        BigInteger gas =
                BigInteger.valueOf(end.gasUsed().time())
                        .add(BigInteger.valueOf(end.gasUsed().space()));
        return gas.multiply(BigInteger.valueOf(gasPrice)).toString();
    }

    private String text(Execution end) {
        return String.join(
                System.lineSeparator(),
                outcome(end),
                "time   " + end.gasUsed().time() + " gas",
                "space  " + end.gasUsed().space() + " cells",
                "price  " + price(end) + " base units at " + gasPrice + " for each unit of gas");
    }

    private static String outcome(Execution end) {
        if (end instanceof Execution.Returned returned) {
            return "result " + ValueJson.write(returned.value());
        } else if (end instanceof Execution.Trapped trapped) {
            return "trap   %s in %s: %s"
                    .formatted(trapped.reason(), trapped.function(), trapped.detail());
        }
        return "out of " + ((Execution.OutOfGas) end).resource();
    }

    private ObjectNode view(Execution end) {
        ObjectNode view = Json.object();
        if (end instanceof Execution.Returned returned) {
            view.put("outcome", "returned").put("literal", returned.value().toString());
            view.set("result", ValueJson.write(returned.value()));
        } else if (end instanceof Execution.Trapped trapped) {
            view.put("outcome", "trapped").put("reason", trapped.reason().name());
            view.put("function", trapped.function()).put("detail", trapped.detail());
        } else {
            view.put("outcome", "out of " + ((Execution.OutOfGas) end).resource());
        }
        return view.put("time", end.gasUsed().time())
                .put("space", end.gasUsed().space())
                .put("price", price(end));
    }
}
