package io.wormhole.runtime.cli;

import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.project.IsaProject;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an ISA's folder as a line would check its package. */
@Command(
        name = "check",
        description = "Checks manifest, files, modules and units of an ISA's folder.",
        mixinStandardHelpOptions = true)
final class IsaCheckCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Folder of an ISA.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        IsaProject project = IsaProjects.read(folder);
        KeyPair nobody = KeyPair.ofSeed(Bytes.of(new byte[Hash.SIZE]));
        try {
            IsaPackage isa = project.build(nobody, new NetworkId(Hash.ZERO));
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "%s %s: %d files, modules %s, %d examples%n",
                    isa.manifest().name(),
                    isa.manifest().version(),
                    isa.attachmentNames().size(),
                    project.modules().keySet(),
                    project.examples().size());
            out.flush();
            return 0;
        } catch (IsaFaultsException faulty) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.join("\n", faulty.faults()));
        }
    }
}
