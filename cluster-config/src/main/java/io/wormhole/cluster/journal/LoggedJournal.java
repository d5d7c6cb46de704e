package io.wormhole.cluster.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/** The journal of an embedded database: events go into its log first; named in the settings. */
public final class LoggedJournal extends AsyncWriteJournal {
    private static final int NUMBERS_KEPT = 200_000;

    private final EventLog log;
    private final EventTable table;
    private final Serialization serialization;
    private final TableReaders readers = new TableReaders("journal-reader");
    // The newest number of each id, so that two writers of one id are found out.
    private final Map<String, Long> newest =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > NUMBERS_KEPT;
                }
            };

    /** Called by Pekko Persistence. */
    public LoggedJournal() {
        Database database = Journal.DatabaseSetup.of(context().system());
        this.log = database.log();
        this.table = database.events();
        this.serialization = SerializationExtension.get(context().system());
    }

    @Override
    public void postStop() {
        readers.close();
    }

    // The plugin's own way passes an answer through two more actors, for orders that the log keeps
    // itself: with few events at a time they take longer than the writing.
    @Override
    public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object message) {
        Optional<DirectWrite> direct =
                message instanceof JournalProtocol.WriteMessages wanted
                        ? DirectWrite.of(wanted, self())
                        : Optional.empty();
        if (direct.isPresent()) {
            CompletionStage<Optional<Exception>> written = write(direct.get().write());
            written.whenComplete(direct.get()::answer);
        } else {
            super.aroundReceive(receive, message);
        }
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
            Iterable<AtomicWrite> writes) {
        List<CompletableFuture<Optional<Exception>>> results = new ArrayList<>();
        for (AtomicWrite write : writes) {
            results.add(write(write));
        }
        CompletableFuture<?>[] all = results.toArray(CompletableFuture<?>[]::new);
        CompletionStage<Iterable<Optional<Exception>>> written =
                CompletableFuture.allOf(all)
                        .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
        return FutureConverters.asScala(written);
    }

    private CompletableFuture<Optional<Exception>> write(AtomicWrite write) {
        List<StoredEvent> events = new ArrayList<>();
        try {
            checkNumber(write.persistenceId(), write.lowestSequenceNr());
            for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
                events.add(stored(event));
            }
        } catch (SQLException | RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
        newest.put(write.persistenceId(), write.highestSequenceNr());
        boolean soon =
                CollectionConverters.asJava(write.payload()).stream()
                        .allMatch(event -> event.manifest().equals(Journal.SOON));
        return (soon ? log.appendSoon(events) : log.append(events))
                .thenApply(done -> Optional.<Exception>empty())
                .toCompletableFuture();
    }

    private void checkNumber(String id, long number) throws SQLException {
        Long known = newest.get(id);
        long before = known != null ? known : highest(id, 0);
        if (number != before + 1) {
            throw new IllegalStateException(
                    "event %d of %s, but %d was the last: is there a second writer?"
                            .formatted(number, id, before));
        }
    }

    private StoredEvent stored(PersistentRepr event) {
        Object payload = event.payload();
        Serializer serializer = serialization.findSerializerFor(payload);
        return new StoredEvent(
                event.persistenceId(),
                event.sequenceNr(),
                event.writerUuid(),
                event.timestamp(),
                // The mark is for the writing alone.
                event.manifest().equals(Journal.SOON) ? "" : event.manifest(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, payload),
                serialization.serialize(payload).get());
    }

    private PersistentRepr event(StoredEvent stored) {
        Object payload =
                serialization
                        .deserialize(
                                stored.payload(),
                                stored.serializerId(),
                                stored.serializerManifest())
                        .get();
        return PersistentRepr.apply(
                        payload,
                        stored.sequenceNumber(),
                        stored.persistenceId(),
                        stored.adapterManifest(),
                        false,
                        ActorRef.noSender(),
                        stored.writer())
                .withTimestamp(stored.timestamp());
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String id, long to) {
        return FutureConverters.asScala(log.delete(id, to));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String id, long from, long to, long most, Consumer<PersistentRepr> each) {
        return FutureConverters.asScala(readers.run(() -> replay(id, from, to, most, each)));
    }

    // The tail first: what leaves it meanwhile is in the table.
    private void replay(String id, long from, long to, long most, Consumer<PersistentRepr> each)
            throws SQLException {
        List<StoredEvent> tail = log.tail().events(id);
        long[] last = {from - 1, most};
        Consumer<StoredEvent> next =
                stored -> {
                    boolean due =
                            stored.sequenceNumber() > last[0] && stored.sequenceNumber() <= to;
                    if (due && last[1] > 0) {
                        each.accept(event(stored));
                        last[0] = stored.sequenceNumber();
                        last[1]--;
                    }
                };
        table.replay(id, from, to, most, next);
        tail.forEach(next);
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
        return FutureConverters.asScala(readers.read(() -> highest(id, from)));
    }

    private long highest(String id, long atLeast) throws SQLException {
        long tail = log.tail().highest(id);
        return Math.max(tail, table.highest(id, Math.max(tail, atLeast)));
    }
}
