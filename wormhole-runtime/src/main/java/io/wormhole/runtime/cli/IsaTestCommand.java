package io.wormhole.runtime.cli;

import io.wormhole.isa.project.Example;
import io.wormhole.isa.project.IsaProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the table of examples of an ISA's folder. */
@Command(
        name = "test",
        description = "Runs the examples of examples.json; fails when one comes out otherwise.",
        mixinStandardHelpOptions = true)
final class IsaTestCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Folder of an ISA.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        List<Example.Result> results;
        try {
            IsaProject project = IsaProjects.read(folder);
            results = project.examples().stream().map(each -> each.run(project)).toList();
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Example.Result result : results) {
            out.println(
                    Printable.of(
                            result.isGood()
                                    ? "ok      " + result.name()
                                    : "FAILED  " + result.name() + ": " + result.detail()));
        }
        long good = results.stream().filter(Example.Result::isGood).count();
        out.println(good + " of " + results.size() + " examples are as written");
        out.flush();
        return good == results.size() ? 0 : CommandFailed.REFUSED;
    }
}
