package io.wormhole.cluster.serial;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Base of a module's serializer: a table from domain type to manifest, message and back.
 *
 * <pre>{@code
 * public final class CounterSerializer extends ProtobufSerializer {
 *     public CounterSerializer(ExtendedActorSystem system) {
 *         super(system, 7001);
 *         bind("Grown", Grown.class, GrownMessage.parser(), Codec::toMessage, Codec::fromMessage);
 *     }
 * }
 * }</pre>
 *
 * <p>with, in the module's {@code reference.conf},
 *
 * <pre>{@code
 * pekko.actor {
 *   serializers.counter = "io.wormhole.counter.CounterSerializer"
 *   serialization-bindings."io.wormhole.counter.CounterEvent" = counter
 * }
 * }</pre>
 */
public abstract class ProtobufSerializer extends SerializerWithStringManifest {
    /** Largest message that is read or written, in bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ExtendedActorSystem system;
    private final int identifier;
    private final Map<Class<?>, Writer<?>> writers = new HashMap<>();
    private final Map<String, Reader<?>> readers = new HashMap<>();

    /**
     * Called by the subclass, whose own constructor with one {@link ExtendedActorSystem} is called
     * by Pekko.
     *
     * @param identifier unique among all serializers and stored with every event: never changed.
     *     Below 100 are Pekko's own
     */
    protected ProtobufSerializer(ExtendedActorSystem system, int identifier) {
        if (identifier < 100) {
            throw new IllegalArgumentException(
                    "serializer identifier " + identifier + ", allowed is 100 or more");
        }
        this.system = system;
        this.identifier = identifier;
    }

    /**
     * Adds a type.
     *
     * @param manifest its name in storage and on the wire: short, stable, never used again for
     *     something else
     * @param type the concrete class; its subclasses are not included
     */
    protected final <D, M extends MessageLite> void bind(
            String manifest,
            Class<D> type,
            Parser<M> parser,
            Function<D, M> toMessage,
            Function<M, D> fromMessage) {
        bindOld(manifest, parser, fromMessage);
        if (writers.put(type, new Writer<>(manifest, type, toMessage)) != null) {
            throw new IllegalArgumentException(type + " is bound twice");
        }
    }

    /** Adds a type that has no content, such as an enum-like record. */
    protected final <D> void bindEmpty(String manifest, D value) {
        @SuppressWarnings("unchecked")
        Class<D> type = (Class<D>) value.getClass();
        bind(
                manifest,
                type,
                Empty.parser(),
                ignored -> Empty.getDefaultInstance(),
                ignored -> value);
    }

    /** Adds a manifest that is still read but no longer written. */
    protected final <M extends MessageLite> void bindOld(
            String manifest, Parser<M> parser, Function<M, ?> fromMessage) {
        if (readers.put(manifest, new Reader<>(parser, fromMessage)) != null) {
            throw new IllegalArgumentException("manifest " + manifest + " is bound twice");
        }
    }

    /** The text by which another node can reach an actor. */
    protected final String textOf(ActorRef<?> actor) {
        return resolver().toSerializationFormat(actor);
    }

    /** The actor that a text of {@link #textOf} stands for. */
    protected final <T> ActorRef<T> actorOf(String text) {
        return resolver().resolveActorRef(text);
    }

    private ActorRefResolver resolver() {
        // Not in the constructor: serializers are made before the system is ready.
        return ActorRefResolver.get(Adapter.toTyped(system));
    }

    /** Whether a concrete class can be written. */
    public final boolean writes(Class<?> type) {
        return writers.containsKey(type);
    }

    @Override
    public final int identifier() {
        return identifier;
    }

    @Override
    public final String manifest(Object value) {
        return writerOf(value).manifest();
    }

    @Override
    public final byte[] toBinary(Object value) {
        byte[] bytes = writerOf(value).write(value);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    value.getClass().getName()
                            + " takes "
                            + bytes.length
                            + " bytes, allowed are "
                            + MAX_BYTES);
        }
        return bytes;
    }

    /**
     * Reads a value.
     *
     * @throws NotSerializableException when the manifest is unknown, the bytes are too many or no
     *     such message, or the domain type refuses the content
     */
    @Override
    public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Reader<?> reader = readers.get(manifest);
        if (reader == null) {
            throw new NotSerializableException(
                    getClass().getName()
                            + " does not know \""
                            + manifest
                            + "\", allowed are "
                            + new TreeSet<>(readers.keySet()));
        }
        if (bytes.length > MAX_BYTES) {
            throw new NotSerializableException(
                    manifest + " has " + bytes.length + " bytes, allowed are " + MAX_BYTES);
        }
        try {
            return reader.read(bytes);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw refused(manifest, e);
        }
    }

    private static NotSerializableException refused(String manifest, Exception cause) {
        var refused = new NotSerializableException(manifest + " is damaged: " + cause.getMessage());
        refused.initCause(cause);
        return refused;
    }

    private Writer<?> writerOf(Object value) {
        Writer<?> writer = writers.get(value.getClass());
        if (writer == null) {
            throw new IllegalArgumentException(
                    getClass().getName() + " has no binding for " + value.getClass().getName());
        }
        return writer;
    }

    private record Writer<D>(
            String manifest, Class<D> type, Function<D, ? extends MessageLite> to) {
        byte[] write(Object value) {
            return to.apply(type.cast(value)).toByteArray();
        }
    }

    private record Reader<M extends MessageLite>(Parser<M> parser, Function<M, ?> from) {
        Object read(byte[] bytes) throws InvalidProtocolBufferException {
            return from.apply(parser.parseFrom(bytes));
        }
    }
}
