package io.wormhole.cluster.journal;

import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What one actor wants written at once, and its answers. An actor wants the next only when it has
 * the answer, so answers need no other order.
 */
record DirectWrite(JournalProtocol.WriteMessages wanted, AtomicWrite write, ActorRef journal) {
    /** The usual kind: one write of events; empty for any other. */
    static Optional<DirectWrite> of(JournalProtocol.WriteMessages wanted, ActorRef journal) {
        if (wanted.messages().size() != 1) {
            return Optional.empty();
        }
        PersistentEnvelope only = wanted.messages().head();
        return only instanceof AtomicWrite write
                ? Optional.of(new DirectWrite(wanted, write, journal))
                : Optional.empty();
    }

    /** Tells the actor what came of it. */
    void answer(@Nullable Object done, @Nullable Throwable failure) {
        ActorRef asker = wanted.persistentActor();
        int instance = wanted.actorInstanceId();
        asker.tell(
                failure == null
                        ? JournalProtocol.WriteMessagesSuccessful$.MODULE$
                        : new JournalProtocol.WriteMessagesFailed(failure, 1),
                journal);
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            asker.tell(
                    failure == null
                            ? new JournalProtocol.WriteMessageSuccess(event, instance)
                            : new JournalProtocol.WriteMessageFailure(event, failure, instance),
                    event.sender());
        }
    }
}
