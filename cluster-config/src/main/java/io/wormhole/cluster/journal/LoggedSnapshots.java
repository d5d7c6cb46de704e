package io.wormhole.cluster.journal;

import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * The snapshots of an embedded database. Nobody waits for the disk: a snapshot is taken at once,
 * and comes into its table when the events that it holds are on the disk. So it never outlives them
 * in a loss of power, and they are deleted only with it or after it.
 */
public final class LoggedSnapshots extends SnapshotStore {
    private final EventLog log;
    private final SnapshotTable table;
    private final Serialization serialization;
    private final TableReaders readers = new TableReaders("snapshot-reader");

    /** Called by Pekko Persistence. */
    public LoggedSnapshots() {
        Database database = Journal.DatabaseSetup.of(context().system());
        this.log = database.log();
        this.table = new SnapshotTable(database.dataSource());
        this.serialization = SerializationExtension.get(context().system());
    }

    @Override
    public void postStop() throws Exception {
        readers.close();
        super.postStop();
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(
            String id, SnapshotSelectionCriteria which) {
        // The tail first: what leaves it meanwhile is in the table.
        Optional<StoredSnapshot> waiting = log.tail().snapshot(id, which);
        return FutureConverters.asScala(
                readers.read(
                        () ->
                                (waiting.isPresent() ? waiting : table.newest(id, which))
                                        .map(this::selected)));
    }

    private SelectedSnapshot selected(StoredSnapshot stored) {
        Object snapshot =
                serialization
                        .deserialize(
                                stored.payload(),
                                stored.serializerId(),
                                stored.serializerManifest())
                        .get();
        return SelectedSnapshot.create(stored.metadata(), snapshot);
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        Serializer serializer = serialization.findSerializerFor(snapshot);
        log.tail()
                .store(
                        new StoredSnapshot(
                                metadata.persistenceId(),
                                metadata.sequenceNr(),
                                metadata.timestamp(),
                                serializer.identifier(),
                                Serializers.manifestFor(serializer, snapshot),
                                serialization.serialize(snapshot).get()));
        return Future.successful(null);
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        long number = metadata.sequenceNr();
        return doDeleteAsync(
                metadata.persistenceId(),
                SnapshotSelectionCriteria.create(number, Long.MAX_VALUE, number, 0));
    }

    @Override
    public Future<Void> doDeleteAsync(String id, SnapshotSelectionCriteria which) {
        return FutureConverters.asScala(log.tail().delete(id, which));
    }
}
