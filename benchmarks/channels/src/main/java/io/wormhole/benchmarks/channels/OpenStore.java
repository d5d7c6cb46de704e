package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.proto.ChannelListed;
import io.wormhole.channel.proto.DirectoryEvent;
import io.wormhole.channel.wire.EventCodec;
import io.wormhole.channel.wire.Fields;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.PublicKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.typed.PersistenceId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Puts channels into the store of a node that does not run, through its journal and with its codec,
 * since to open very many over a network would take long.
 */
final class OpenStore implements AutoCloseable {
    private static final int WRITES_AT_ONCE = 500;
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int EVENTS_LISTED_AT_ONCE = 1_000;

    private final JournalSystem system;
    private final Address owner;
    private final ActorRef journal;
    private final ActorRef answers;
    private final Semaphore stored = new Semaphore(0);
    private final String writer = UUID.randomUUID().toString();
    private final List<PersistentEnvelope> waiting = new ArrayList<>();
    private final List<DirectoryEvent> listed = new ArrayList<>();
    private long directoryEvents;

    OpenStore(Path directory, Address owner) {
        this.owner = owner;
        this.system = new JournalSystem(directory);
        Persistence persistence = Persistence.get(system.system.classicSystem());
        this.journal = persistence.journalFor("", persistence.journalFor$default$2());
        this.answers =
                Adapter.toClassic(
                        system.system.systemActorOf(
                                answers(stored), "answers", Props.empty()));
    }

    /** Counts what is stored; whatever fails stops the benchmark. */
    private static Behavior<Object> answers(Semaphore stored) {
        return Behaviors.receive(Object.class)
                .onMessage(
                        JournalProtocol.WriteMessageSuccess.class,
                        success -> {
                            stored.release();
                            return Behaviors.same();
                        })
                .onMessage(JournalProtocol.WriteMessageFailure.class, OpenStore::fail)
                .onMessage(JournalProtocol.WriteMessagesFailed.class, OpenStore::fail)
                .onAnyMessage(other -> Behaviors.same())
                .build();
    }

    private static Behavior<Object> fail(Object failure) {
        System.err.println("not stored: " + failure);
        Runtime.getRuntime().halt(1);
        return Behaviors.stopped();
    }

    void add(ChannelId channel, PublicKey partner, List<ChannelEvent> events)
            throws InterruptedException {
        String id = PersistenceId.of("channel", channel + "~" + owner).id();
        write(id, 0, events.stream().map(EventCodec::encode).toList());
        list(channel, partner);
    }

    private void list(ChannelId channel, PublicKey partner) throws InterruptedException {
        listed.add(
                DirectoryEvent.newBuilder()
                        .setListed(
                                ChannelListed.newBuilder()
                                        .setChannel(Fields.bytes(channel))
                                        .setPartner(Fields.bytes(partner.bytes())))
                        .build());
        if (listed.size() == EVENTS_LISTED_AT_ONCE) {
            list();
        }
    }

    private void list() throws InterruptedException {
        String id = PersistenceId.of("channel-directory", owner.toString()).id();
        write(id, directoryEvents, listed);
        directoryEvents += listed.size();
        listed.clear();
    }

    private void write(String id, long before, List<?> events) throws InterruptedException {
        List<PersistentRepr> all = new ArrayList<>();
        long number = before;
        for (Object event : events) {
            number++;
            all.add(
                    PersistentRepr.apply(
                            event, number, id, "", false, ActorRef.noSender(), writer));
        }
        if (all.isEmpty()) {
            return;
        }
        waiting.add(new AtomicWrite(CollectionConverters.asScala(all).toList()));
        if (waiting.size() == WRITES_AT_ONCE || events.size() >= EVENTS_AT_ONCE) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        int events = waiting.stream().mapToInt(PersistentEnvelope::size).sum();
        journal.tell(
                new JournalProtocol.WriteMessages(
                        CollectionConverters.asScala(waiting).toList(), answers, 1),
                answers);
        stored.acquire(events);
        waiting.clear();
    }

    /** Stores the rest. */
    void finish() throws InterruptedException {
        list();
        flush();
    }

    @Override
    public void close() {
        system.close();
    }
}
