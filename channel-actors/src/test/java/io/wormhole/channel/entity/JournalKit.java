package io.wormhole.channel.entity;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** Actor systems whose journal and snapshots are in memory, where a test can look. */
public final class JournalKit {
    private JournalKit() {}

    /** A new one; whoever asked for it shuts it down. */
    public static ActorTestKit create() {
        return ActorTestKit.create(
                PersistenceTestKitPlugin.getInstance()
                        .config()
                        .withFallback(PersistenceTestKitSnapshotPlugin.config())
                        .withFallback(ConfigFactory.load()));
    }
}
