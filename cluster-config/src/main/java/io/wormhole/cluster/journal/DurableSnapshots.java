package io.wormhole.cluster.journal;

import com.typesafe.config.Config;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.snapshot.JdbcSnapshotStore;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/**
 * Stores a snapshot when the events that it holds are on the disk. One that outlived its events in
 * a loss of power would leave its actor with a number that the journal does not know, and with what
 * other actors have forgotten.
 */
public final class DurableSnapshots extends JdbcSnapshotStore {
    /** Called by Pekko Persistence. */
    public DurableSnapshots(Config config) {
        super(config);
    }

    @Override
    public Future<BoxedUnit> saveAsync(SnapshotMetadata metadata, Object snapshot) {
        ExecutionContext threads = context().dispatcher();
        return FutureConverters.asScala(Journal.durable(system()))
                .flatMap(durable -> super.saveAsync(metadata, snapshot), threads);
    }
}
