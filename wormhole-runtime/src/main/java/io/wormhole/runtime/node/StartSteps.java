package io.wormhole.runtime.node;

import com.typesafe.config.Config;
import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.data.DataRefused;
import io.wormhole.cluster.formation.ClusterNode;
import io.wormhole.cluster.formation.ClusterSettings;
import io.wormhole.cluster.formation.FormationRefused;
import io.wormhole.cluster.journal.Database;
import io.wormhole.settlement.genesis.Genesis;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Steps of a node's start; what hinders one is told in words that say what to do. */
final class StartSteps {
    private static final Duration STARTING = Duration.ofSeconds(60);

    private StartSteps() {}

    static DataDirectory openData(NodeConfig config, Genesis genesis) {
        try {
            return DataDirectory.open(config.dataDir(), genesis.networkId().toString());
        } catch (DataRefused refused) {
            throw new StartRefused(String.valueOf(refused.getMessage()));
        }
    }

    // Alone, so far: nobody else can join, because nobody else has the key that is made for it.
    static ActorSystem<Void> startSystem(Config hocon, Database database) {
        try {
            return ClusterNode.start(
                            Behaviors.<Void>empty(),
                            new ClusterSettings.Alone(),
                            Optional.of(database),
                            hocon)
                    .system();
        } catch (FormationRefused refused) {
            throw new StartRefused(String.valueOf(refused.getMessage()));
        }
    }

    /** Waits for a part to start; {@code portSetting} is named when its port cannot be had. */
    static <T> T await(CompletionStage<T> stage, String portSetting) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(STARTING.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StartRefused(inWords(cause, portSetting));
        }
    }

    static String inWords(Throwable cause, String portSetting) {
        if (cause instanceof TimeoutException) {
            return "the node did not start within " + STARTING.toSeconds() + " s";
        }
        String message = String.valueOf(cause.getMessage());
        return message.contains("cannot listen")
                ? "%s: is another node running? set %s to a free port"
                        .formatted(message, portSetting)
                : message;
    }
}
