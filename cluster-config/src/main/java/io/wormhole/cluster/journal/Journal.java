package io.wormhole.cluster.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/**
 * Makes an opened {@link Database} the journal and snapshot store of an actor system.
 *
 * <pre>{@code
 * ActorSystemSetup setup = ActorSystemSetup.create(
 *         BootstrapSetup.create(Journal.config(database).withFallback(config)),
 *         Journal.setup(database));
 * }</pre>
 */
public final class Journal {
    private Journal() {}

    /** The settings of Pekko Persistence that go with the database. */
    public static Config config(Database database) {
        boolean embedded = database.settings() instanceof DatabaseSettings.H2File;
        Map<String, String> chosen =
                Map.of(
                        "wormhole-journal-profile",
                        embedded ? "slick.jdbc.H2Profile$" : "slick.jdbc.PostgresProfile$",
                        "wormhole-journal-plugin",
                        embedded ? "logged-journal" : "jdbc-journal",
                        "wormhole-journal-snapshots",
                        embedded ? "logged-snapshots" : "jdbc-snapshot-store");
        return ConfigFactory.parseMap(chosen)
                .withFallback(ConfigFactory.parseResources("wormhole-journal.conf"))
                .resolve();
    }

    /**
     * The manifest with which an event adapter marks an event that need not be on the disk before
     * its effects: it is durable before whatever is stored after it, and a moment later in any
     * case. A database server takes no notice and is always on the disk first.
     */
    public static final String SOON = "soon";

    /** Complete when all that was stored before with an actor system's journal is durable. */
    public static CompletionStage<Done> durable(ActorSystem system) {
        Optional<DatabaseSetup> setup = system.settings().setup().get(DatabaseSetup.class);
        boolean embedded =
                setup.isPresent()
                        && setup.get().database.settings() instanceof DatabaseSettings.H2File;
        return embedded
                ? setup.get().database.log().durable().thenApply(forced -> Done.done())
                : CompletableFuture.completedFuture(Done.done());
    }

    /** Hands the database over to the actor system; the system never closes it. */
    public static Setup setup(Database database) {
        return new DatabaseSetup(database);
    }

    /** How {@link SharedDatabaseProvider} finds the database of its actor system. */
    static final class DatabaseSetup extends Setup {
        private final Database database;

        private DatabaseSetup(Database database) {
            this.database = database;
        }

        static Database of(ActorSystem system) {
            return system.settings()
                    .setup()
                    .get(DatabaseSetup.class)
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "the actor system lacks Journal.setup(database)"))
                    .database;
        }
    }
}
