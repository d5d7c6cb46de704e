package io.wormhole.benchmarks.channels;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.journal.Journal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system as a node has it, with a journal that is forced to disk. */
final class JournalSystem implements AutoCloseable {
    final ActorSystem<Void> system;
    private final Database database;

    JournalSystem(Path directory) {
        this.database = Database.open(DatabaseSettings.h2(directory.resolve("journal")));
        Config config =
                // Settings may be tried on the command line, with -D.
                ConfigFactory.defaultOverrides()
                        .withFallback(
                                ConfigFactory.parseString("pekko.remote.artery.transport = tcp"))
                        .withFallback(Journal.config(database))
                        .withFallback(ConfigFactory.parseResources("wormhole-node.conf"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve();
        this.system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "benchmark",
                        ActorSystemSetup.create(
                                BootstrapSetup.create(config), Journal.setup(database)));
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        database.close();
    }
}
