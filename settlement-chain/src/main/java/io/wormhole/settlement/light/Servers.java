package io.wormhole.settlement.light;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The servers of a light client, and what is known against them. */
final class Servers {
    private final List<LightServer> all;
    private final Map<String, String> liars = new TreeMap<>();
    private final Map<String, String> silent = new TreeMap<>();

    Servers(List<LightServer> all) {
        this.all = List.copyOf(all);
    }

    List<LightServer> honest() {
        List<LightServer> asked = new ArrayList<>(all);
        asked.removeIf(server -> liars.containsKey(server.name()));
        return asked;
    }

    Map<String, String> liars() {
        return Collections.unmodifiableMap(liars);
    }

    /** Those that did not answer when they were asked last, and why. */
    Map<String, String> silent() {
        return Collections.unmodifiableMap(silent);
    }

    /** Asks one server; empty when it is gone, or has lied, after which it is not asked again. */
    <T> Optional<T> ask(LightServer server, Function<LightServer, T> question) {
        try {
            T answer = question.apply(server);
            silent.remove(server.name());
            return Optional.of(answer);
        } catch (LightServer.Unreachable gone) {
            silent.put(server.name(), String.valueOf(gone.getMessage()));
            return Optional.empty();
        } catch (IllegalArgumentException lie) {
            liars.put(server.name(), String.valueOf(lie.getMessage()));
            return Optional.empty();
        }
    }
}
