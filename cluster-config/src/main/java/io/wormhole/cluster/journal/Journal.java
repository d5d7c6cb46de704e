package io.wormhole.cluster.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
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
        String profile =
                database.settings() instanceof DatabaseSettings.H2File
                        ? "slick.jdbc.H2Profile$"
                        : "slick.jdbc.PostgresProfile$";
        return ConfigFactory.parseString("wormhole-journal-profile = \"" + profile + "\"")
                .withFallback(ConfigFactory.parseResources("wormhole-journal.conf"))
                .resolve();
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

        Database database() {
            return database;
        }
    }
}
