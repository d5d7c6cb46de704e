package io.wormhole.channel.node;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;

/** How many channels are awake at once: those in use, up to a bound that memory can hold. */
final class Awake {
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int MOST = 20_000;

    private Awake() {}

    static ClusterShardingSettings few(ActorSystem<?> system) {
        ClusterShardingSettings settings = ClusterShardingSettings.create(system);
        return settings.withPassivationStrategy(
                settings.passivationStrategySettings()
                        .withActiveEntityLimit(MOST)
                        .withLeastRecentlyUsedReplacement()
                        .withIdleEntityPassivation(IDLE));
    }
}
