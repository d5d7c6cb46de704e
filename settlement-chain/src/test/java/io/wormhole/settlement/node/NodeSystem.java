package io.wormhole.settlement.node;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The actor system of all tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();
 * }</pre>
 */
public final class NodeSystem implements BeforeAllCallback, AfterAllCallback {
    private static final long STOPPING_SECONDS = 10;

    private @Nullable ActorSystem<Void> system;

    /** The running system. */
    public ActorSystem<Void> get() {
        return requireNonNull(system, "no test runs");
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        system =
                ActorSystem.create(
                        Behaviors.empty(),
                        test.getRequiredTestClass().getSimpleName(),
                        ConfigFactory.parseString("pekko.log-dead-letters = off")
                                .withFallback(ConfigFactory.load()));
    }

    @Override
    public void afterAll(ExtensionContext test) throws Exception {
        get().terminate();
        get().getWhenTerminated().toCompletableFuture().get(STOPPING_SECONDS, TimeUnit.SECONDS);
    }
}
