package io.wormhole.supervision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import io.wormhole.supervision.SpecFault.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads single settings; what is wrong becomes a fault, and the default is used to go on looking
 * for more.
 */
final class SettingReader {

    static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();

    private final String where;
    private final Config config;
    private final List<SpecFault> faults;

    SettingReader(String where, Config config, List<SpecFault> faults) {
        this.where = where;
        this.config = config;
        this.faults = faults;
    }

    /** The words of an enumeration and the one that is meant when there is none. */
    record Words<E>(List<E> values, Function<E, String> wordOf, E otherwise) {

        List<String> words() {
            return values.stream().map(wordOf).toList();
        }
    }

    String where() {
        return where;
    }

    boolean has(String key) {
        return config.hasPath(key);
    }

    void fault(Code code, String detail) {
        faults.add(new SpecFault(where, code, detail));
    }

    @SafeVarargs
    final void only(Set<String>... allowed) {
        Set<String> all = new TreeSet<>();
        for (Set<String> some : allowed) {
            all.addAll(some);
        }
        for (String key : new TreeSet<>(config.root().keySet())) {
            if (!all.contains(key)) {
                fault(Code.INVALID_SETTING, "unknown setting " + key + "; allowed are " + all);
            }
        }
    }

    String text(String key, String otherwise) {
        return read(key, otherwise, () -> config.getString(key));
    }

    boolean flag(String key, boolean otherwise) {
        return read(key, otherwise, () -> config.getBoolean(key));
    }

    int number(String key, int otherwise) {
        return read(key, otherwise, () -> config.getInt(key));
    }

    /** A number from zero to the most. */
    int numberBetween(String key, int otherwise, int most) {
        int value = number(key, otherwise);
        if (value < 0 || value > most) {
            fault(Code.INVALID_SETTING, key + " must be 0 to " + most + ", got " + value);
            return otherwise;
        }
        return value;
    }

    Duration duration(String key, Duration otherwise) {
        return read(key, otherwise, () -> config.getDuration(key));
    }

    List<? extends Config> list(String key) {
        return this.<List<? extends Config>>read(key, List.of(), () -> config.getConfigList(key));
    }

    Optional<Config> section(String key) {
        return read(key, Optional.empty(), () -> Optional.of(config.getConfig(key)));
    }

    <E> E word(String key, Words<E> words, Code code) {
        if (!config.hasPath(key)) {
            return words.otherwise();
        }
        String found = text(key, "");
        for (E value : words.values()) {
            if (words.wordOf().apply(value).equals(found)) {
                return value;
            }
        }
        fault(code, key + " must be one of " + words.words() + ", got \"" + found + "\"");
        return words.otherwise();
    }

    private <T> T read(String key, T otherwise, Supplier<T> value) {
        if (!config.hasPath(key)) {
            return otherwise;
        }
        try {
            return value.get();
        } catch (ConfigException malformed) {
            fault(Code.INVALID_SETTING, key + " is malformed: " + malformed.getMessage());
            return otherwise;
        }
    }
}
