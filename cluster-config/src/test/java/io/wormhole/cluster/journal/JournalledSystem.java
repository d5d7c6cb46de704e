package io.wormhole.cluster.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** A diary on a database, with everything that belongs to it. */
final class JournalledSystem implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<Diary.Command> system;

    JournalledSystem(Database database) {
        Config config =
                Journal.config(database)
                        .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING"))
                        .withFallback(ConfigFactory.load());
        this.system =
                ActorSystem.create(
                        Diary.create("diary"),
                        "journal-test",
                        ActorSystemSetup.create(
                                BootstrapSetup.create(config), Journal.setup(database)));
    }

    CompletionStage<Done> write(String word) {
        return AskPattern.ask(
                system, replyTo -> new Diary.Write(word, replyTo), PATIENCE, system.scheduler());
    }

    String read() throws Exception {
        return AskPattern.<Diary.Command, String>ask(
                        system, Diary.Read::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
