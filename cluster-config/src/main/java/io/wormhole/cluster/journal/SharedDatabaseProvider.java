package io.wormhole.cluster.journal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;
import scala.Some;
import slick.jdbc.H2Profile$;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor;
import slick.util.AsyncExecutor$;

/** Gives every persistence plugin the one database of the process; named in the settings. */
public final class SharedDatabaseProvider implements SlickDatabaseProvider {
    private static final int QUEUED_ACTIONS = 10_000;

    private final SlickDatabase shared;

    /**
     * Called by Pekko Persistence.
     *
     * @throws IllegalStateException when the actor system was made without {@link Journal#setup}
     */
    public SharedDatabaseProvider(ActorSystem system) {
        Database database = Journal.DatabaseSetup.of(system);
        Shared view = new Shared(database);
        system.registerOnTermination(view.executor::close);
        this.shared = view;
    }

    @Override
    public SlickDatabase database(Config config) {
        return shared;
    }

    /** A Slick view of the pool with a thread for all but one of its connections. */
    private static final class Shared implements SlickDatabase {
        private final JdbcProfile profile;
        private final AsyncExecutor executor;
        private final JdbcBackend.JdbcDatabaseDef slick;

        Shared(Database database) {
            this.profile =
                    database.settings() instanceof DatabaseSettings.H2File
                            ? H2Profile$.MODULE$
                            : PostgresProfile$.MODULE$;
            int threads = database.settings().connections() - 1;
            this.executor =
                    AsyncExecutor$.MODULE$.apply(
                            "journal", threads, threads, QUEUED_ACTIONS, threads);
            this.slick =
                    JdbcBackend$.MODULE$
                            .Database()
                            .forDataSource(
                                    database.dataSource(), Some.apply(threads), executor, false);
        }

        @Override
        public JdbcBackend.JdbcDatabaseDef database() {
            return slick;
        }

        @Override
        public JdbcProfile profile() {
            return profile;
        }

        @Override
        public boolean allowShutdown() {
            return false;
        }
    }
}
