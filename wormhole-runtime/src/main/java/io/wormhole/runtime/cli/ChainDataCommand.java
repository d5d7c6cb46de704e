package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeConfig;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.archive.ArchiveRefused;
import io.wormhole.settlement.archive.BlockFile;
import io.wormhole.settlement.archive.ChainArchive;
import io.wormhole.settlement.archive.DatabaseBackup;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done with the data of a node that is stopped. */
abstract class ChainDataCommand implements Callable<Integer> {
    @Mixin private StoppedNode node = new StoppedNode();

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Which node, and how to print. */
    static final class StoppedNode {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "Settings of the node, as for `wormhole up`; it must be stopped.")
        private Path config = Path.of("wormhole.conf");

        @Option(names = "--json", description = "Print JSON for programs.")
        private boolean json;

        NodeConfig settings() {
            return NodeConfig.load(config);
        }
    }

    /** Does the work and says what was done. */
    abstract Done run(NodeConfig config) throws IOException, ArchiveRefused;

    /** What was done, for programs and for people. */
    record Done(ObjectNode view, String line) {}

    @Override
    public Integer call() throws IOException {
        try {
            Done done = run(node.settings());
            spec.commandLine().getOut().println(node.json ? Json.text(done.view()) : done.line());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (SettingsRefused bad) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(bad.getMessage()));
        } catch (ArchiveRefused | StoreException | StartRefused refused) {
            throw new CommandFailed(CommandFailed.REFUSED, String.valueOf(refused.getMessage()));
        }
    }

    /** The network in a file. */
    static Genesis genesis(Path file) {
        try {
            return WormholeNode.genesis(file);
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private static ChainArchive open(NodeConfig config) {
        return ChainArchive.open(
                genesis(config.genesis()),
                config.chain().database(config.dataDir().resolve("chain")),
                config.chain().history());
    }

    @Command(
            name = "verify",
            description = "Verifies every block, and that the state is whole.",
            mixinStandardHelpOptions = true)
    static final class Verify extends ChainDataCommand {
        @Override
        Done run(NodeConfig config) throws ArchiveRefused {
            try (ChainArchive archive = open(config)) {
                ChainArchive.Verified verified =
                        archive.verify(Runtime.getRuntime().availableProcessors());
                return new Done(
                        Json.object()
                                .put("blocks", verified.blocks())
                                .put("entries", verified.entries())
                                .put("held", verified.supply().held().toString()),
                        "%d blocks and %d entries are valid; %s DSD are held"
                                .formatted(
                                        verified.blocks(),
                                        verified.entries(),
                                        verified.supply().held()));
            }
        }
    }

    @Command(
            name = "export",
            description = "Writes the blocks of the chain into a file.",
            mixinStandardHelpOptions = true)
    static final class Export extends ChainDataCommand {
        @Parameters(paramLabel = "FILE", description = "File to write.")
        private Path file = Path.of("blocks");

        @Option(
                names = "--from",
                paramLabel = "HEIGHT",
                defaultValue = "1",
                description = "First block (default: ${DEFAULT-VALUE}).")
        private long from = 1;

        @Override
        Done run(NodeConfig config) throws IOException, ArchiveRefused {
            try (ChainArchive archive = open(config)) {
                BlockFile.Range range = archive.exportTo(file, from);
                return new Done(
                        Json.object().put("from", range.firstHeight()).put("blocks", range.count()),
                        "%d blocks from height %d written to %s"
                                .formatted(range.count(), range.firstHeight(), file));
            }
        }
    }

    @Command(
            name = "import",
            description = "Imports blocks that `chain export` wrote, each verified.",
            mixinStandardHelpOptions = true)
    static final class Import extends ChainDataCommand {
        @Parameters(paramLabel = "FILE", description = "File to read.")
        private Path file = Path.of("blocks");

        @Override
        Done run(NodeConfig config) throws IOException, ArchiveRefused {
            Files.createDirectories(config.dataDir());
            try (ChainArchive archive = open(config)) {
                ChainArchive.Imported done = archive.importFrom(file);
                return new Done(
                        Json.object()
                                .put("added", done.added())
                                .put("known", done.known())
                                .put("height", done.height()),
                        "%d blocks imported, %d known before; the head is at height %d"
                                .formatted(done.added(), done.known(), done.height()));
            }
        }
    }

    @Command(
            name = "prune",
            description = "Removes old states and gives their space back to the disk.",
            mixinStandardHelpOptions = true)
    static final class Prune extends ChainDataCommand {
        @Override
        Done run(NodeConfig config) {
            try (ChainArchive archive = open(config)) {
                long removed = archive.sweep(config.chain().pruned());
                archive.compact();
                return new Done(
                        Json.object().put("removed", removed),
                        "%d nodes of old states removed".formatted(removed));
            }
        }
    }

    @Command(
            name = "backup",
            description = "Writes a copy of the chain's database, votes included.",
            mixinStandardHelpOptions = true)
    static final class BackUp extends ChainDataCommand {
        @Parameters(paramLabel = "FILE", description = "File to write.")
        private Path file = Path.of("backup");

        @Override
        Done run(NodeConfig config) throws ArchiveRefused {
            if (Files.exists(file)) {
                throw new ArchiveRefused(file + " exists already");
            }
            try (ChainArchive archive = open(config)) {
                archive.backUp(file);
                return new Done(
                        Json.object().put("height", archive.height()),
                        "the chain up to height %d is in %s".formatted(archive.height(), file));
            }
        }
    }

    @Command(
            name = "restore",
            description =
                    "Puts a backup in the place of a chain that is gone. A validator must not vote"
                            + " with it before its head is newer than its last vote.",
            mixinStandardHelpOptions = true)
    static final class Restore extends ChainDataCommand {
        @Parameters(paramLabel = "FILE", description = "File that `chain backup` wrote.")
        private Path file = Path.of("backup");

        @Override
        Done run(NodeConfig config) throws IOException, ArchiveRefused {
            if (config.chain().server().isPresent()) {
                throw new ArchiveRefused(
                        "the chain is on a database server: use that server's own tools");
            }
            Genesis genesis = genesis(config.genesis());
            long height =
                    DatabaseBackup.restore(
                            file, config.dataDir().resolve("chain"), at -> look(genesis, at));
            return new Done(
                    Json.object().put("height", height),
                    "the chain is restored up to height %d".formatted(height));
        }

        private static long look(Genesis genesis, Path database) {
            try (ChainArchive archive =
                    ChainArchive.open(genesis, DatabaseSettings.h2(database), History.FULL)) {
                return archive.height();
            }
        }
    }
}
