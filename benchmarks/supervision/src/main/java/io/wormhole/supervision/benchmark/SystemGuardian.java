package io.wormhole.supervision.benchmark;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The guardian of the measured actor system: spawns what it is asked to. */
final class SystemGuardian {

    private SystemGuardian() {}

    static Behavior<SpawnProtocol.Command> create() {
        return SpawnProtocol.create();
    }

    static <T> ActorRef<T> spawn(ActorSystem<SpawnProtocol.Command> system, Behavior<T> behavior) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
                        system,
                        replyTo -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), replyTo),
                        Duration.ofSeconds(60),
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }
}
