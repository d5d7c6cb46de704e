package io.wormhole.supervision;

import com.typesafe.config.Config;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kinds of worker that a configuration file may name. Immutable. */
public final class WorkerCatalogue {

    /**
     * Makes the spec of a worker from its id and its own settings; what the file says of restarts
     * comes on top.
     */
    @FunctionalInterface
    public interface Maker {

        /**
         * The spec of one worker; an IllegalArgumentException is a fault of the file.
         *
         * @param id the id in the tree
         * @param settings the worker's own settings, empty when the file has none
         */
        ChildSpec make(String id, Config settings);
    }

    private static final WorkerCatalogue EMPTY = new WorkerCatalogue(Map.of());

    private final Map<String, Maker> makers;

    private WorkerCatalogue(Map<String, Maker> makers) {
        this.makers = Map.copyOf(makers);
    }

    /** A catalogue without workers. */
    public static WorkerCatalogue empty() {
        return EMPTY;
    }

    /** The same catalogue with one more kind, which replaces one of the same name. */
    public WorkerCatalogue with(String kind, Maker maker) {
        Map<String, Maker> more = new TreeMap<>(makers);
        more.put(kind, maker);
        return new WorkerCatalogue(more);
    }

    Optional<Maker> find(String kind) {
        return Optional.ofNullable(makers.get(kind));
    }

    SortedSet<String> kinds() {
        return new TreeSet<>(makers.keySet());
    }
}
