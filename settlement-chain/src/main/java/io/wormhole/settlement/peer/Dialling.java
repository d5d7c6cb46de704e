package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whom to dial when; time comes in as an argument; for one owner. */
final class Dialling {
    private final long firstMillis;
    private final long mostMillis;
    private final Map<PeerEndpoint, State> endpoints = new LinkedHashMap<>();

    private static final class State {
        private boolean isDialling;
        private long nextAtMillis;
        private long waitMillis;
        // Learned from the last session; whoever is reached under it needs no dialling.
        private Optional<LinkKey> key = Optional.empty();
    }

    Dialling(PeerSettings settings) {
        this.firstMillis = settings.redialFirst().toMillis();
        this.mostMillis = settings.redialMost().toMillis();
        settings.peers().forEach(this::add);
    }

    void add(PeerEndpoint endpoint) {
        State state = endpoints.computeIfAbsent(endpoint, name -> new State());
        state.waitMillis = firstMillis;
        state.key = endpoint.key();
    }

    /** Who should be dialled now; each is taken for being dialled from here on. */
    List<PeerEndpoint> due(long nowMillis, Predicate<LinkKey> isConnected) {
        List<PeerEndpoint> due = new ArrayList<>();
        endpoints.forEach(
                (endpoint, state) -> {
                    if (!state.isDialling
                            && state.nextAtMillis <= nowMillis
                            && state.key.filter(isConnected).isEmpty()) {
                        state.isDialling = true;
                        due.add(endpoint);
                    }
                });
        return due;
    }

    void reached(PeerEndpoint endpoint, LinkKey key, long nowMillis) {
        State state = endpoints.get(endpoint);
        if (state != null) {
            state.isDialling = false;
            state.key = Optional.of(key);
            state.waitMillis = firstMillis;
            state.nextAtMillis = nowMillis + firstMillis;
        }
    }

    /** Says how long it is until the next attempt. */
    long failed(PeerEndpoint endpoint, long nowMillis) {
        State state = endpoints.get(endpoint);
        if (state == null) {
            return mostMillis;
        }
        long wait = state.waitMillis;
        state.isDialling = false;
        state.nextAtMillis = nowMillis + wait;
        state.waitMillis = Math.min(mostMillis, wait * 2);
        return wait;
    }

    /** A session with {@code key} has ended by its fault: do not hurry back. */
    void slowDown(LinkKey key, long nowMillis) {
        endpoints.values().stream()
                .filter(state -> state.key.filter(key::equals).isPresent())
                .forEach(state -> state.nextAtMillis = nowMillis + mostMillis);
    }

    void forget(PeerEndpoint endpoint) {
        endpoints.remove(endpoint);
    }

    List<PeerEndpoint> all() {
        return List.copyOf(endpoints.keySet());
    }
}
