package io.wormhole.cluster.serial;

import java.io.NotSerializableException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * Proves for the tests of a module that all its stored and remote types go through protobuf.
 *
 * <p>Types that never leave the JVM are marked with Pekko's {@link
 * NoSerializationVerificationNeeded}, and are skipped.
 */
public final class SerializationCheck {
    private SerializationCheck() {}

    /**
     * Walks sealed hierarchies and names every concrete class that has no protobuf binding.
     *
     * @param roots sealed interfaces, or concrete classes
     * @return one line for each fault, in alphabetical order; empty when all is well
     */
    public static List<String> faults(ActorSystem<?> system, List<Class<?>> roots) {
        Serialization serialization = SerializationExtension.get(system.classicSystem());
        Set<String> faults = new TreeSet<>();
        for (Class<?> type : concrete(roots)) {
            fault(serialization, type).ifPresent(faults::add);
        }
        return List.copyOf(faults);
    }

    private static Optional<String> fault(Serialization serialization, Class<?> type) {
        Serializer serializer;
        try {
            serializer = serialization.serializerFor(type);
        } catch (NotSerializableException e) {
            return Optional.of(type.getName() + " is bound to no serializer");
        }
        String name = serializer.getClass().getName();
        if (!(serializer instanceof ProtobufSerializer protobuf)) {
            return Optional.of(type.getName() + " goes to " + name);
        }
        return protobuf.writes(type)
                ? Optional.empty()
                : Optional.of(type.getName() + " is unknown to " + name);
    }

    /**
     * All concrete classes below some roots.
     *
     * @throws IllegalArgumentException when a root is abstract but not sealed, so that its
     *     subclasses cannot be known
     */
    public static List<Class<?>> concrete(List<Class<?>> roots) {
        List<Class<?>> result = new ArrayList<>();
        for (Class<?> root : roots) {
            collect(root, result);
        }
        return result.stream().distinct().collect(Collectors.toUnmodifiableList());
    }

    private static void collect(Class<?> type, List<Class<?>> result) {
        if (NoSerializationVerificationNeeded.class.isAssignableFrom(type)) {
            return;
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, result);
            }
        } else if (Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(type + " is abstract and not sealed");
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            result.add(type);
        }
    }

    /**
     * Writes a value and reads it back, as a journal or another node would.
     *
     * @throws IllegalStateException when that fails
     */
    public static <T> T copy(ActorSystem<?> system, T value) {
        Serialization serialization = SerializationExtension.get(system.classicSystem());
        Serializer serializer = serialization.findSerializerFor(value);
        String manifest = Serializers.manifestFor(serializer, value);
        byte[] bytes = serializer.toBinary(value);
        Object copy = serialization.deserialize(bytes, serializer.identifier(), manifest).get();
        @SuppressWarnings("unchecked")
        T same = (T) copy;
        return same;
    }
}
