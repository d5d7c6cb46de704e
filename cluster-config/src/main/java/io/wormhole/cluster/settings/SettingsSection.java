package io.wormhole.cluster.settings;

import static io.wormhole.cluster.settings.SettingValue.alone;
import static io.wormhole.cluster.settings.SettingValue.inWords;
import static io.wormhole.cluster.settings.SettingValue.require;
import static io.wormhole.cluster.settings.SettingValue.shown;
import static io.wormhole.cluster.settings.SettingValue.string;
import static io.wormhole.cluster.settings.SettingValue.wholeNumber;
import static io.wormhole.cluster.settings.SettingValue.within;
import static io.wormhole.cluster.settings.SettingValue.written;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One {@code { ... }} of the settings while it is read.
 *
 * <p>A method that meets a bad value notes the fault and returns some value that fits the type, so
 * that reading goes on and finds the other faults; {@link Settings#read} then throws. Keys are
 * single names; deeper ones are reached through {@link #section}. A key is required unless it is
 * read through {@link #optional}; defaults belong into {@code reference.conf}.
 */
public final class SettingsSection {
    private final SectionKeys keys;

    SettingsSection(String path, ConfigObject object, List<SettingFault> faults) {
        this(new SectionKeys(path, object, faults));
    }

    private SettingsSection(SectionKeys keys) {
        this.keys = keys;
    }

    /** A whole number from lowest to highest, both allowed. */
    public long integer(String key, long lowest, long highest) {
        return parsed(
                key,
                lowest,
                value -> within(wholeNumber(value), lowest, highest),
                "a whole number from " + lowest + " to " + highest);
    }

    /** A whole number that fits an {@code int}, from lowest to highest. */
    public int smallInteger(String key, int lowest, int highest) {
        return Math.toIntExact(integer(key, lowest, highest));
    }

    /** A decimal number, exact as written, from lowest to highest. */
    public BigDecimal decimal(String key, BigDecimal lowest, BigDecimal highest) {
        return parsed(
                key,
                lowest,
                value -> {
                    BigDecimal number = new BigDecimal(String.valueOf(value.unwrapped()));
                    require(number.compareTo(lowest) >= 0 && number.compareTo(highest) <= 0);
                    return number;
                },
                "a number from " + lowest + " to " + highest);
    }

    /** {@code true} or {@code false} (HOCON also takes yes, no, on, off). */
    public boolean bool(String key) {
        return parsed(key, false, value -> alone(value).getBoolean("v"), "true or false");
    }

    /** A TCP port that one can listen on: 0 (any free one) to 65535. */
    public int port(String key) {
        return smallInteger(key, 0, 65_535);
    }

    /** A duration such as {@code 5s} or {@code 200 ms}, from shortest to longest. */
    public Duration duration(String key, Duration shortest, Duration longest) {
        return parsed(
                key,
                shortest,
                value -> {
                    Duration duration = alone(value).getDuration("v");
                    require(duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0);
                    return duration;
                },
                "a duration such as 5s or 200ms, from "
                        + inWords(shortest)
                        + " to "
                        + inWords(longest));
    }

    /** A number of bytes such as {@code 4MiB} or {@code 512k}, from least to most. */
    public long size(String key, long leastBytes, long mostBytes) {
        return parsed(
                key,
                leastBytes,
                value -> within(alone(value).getBytes("v"), leastBytes, mostBytes),
                "a size such as 512KiB or 4MiB, from "
                        + leastBytes
                        + " to "
                        + mostBytes
                        + " bytes");
    }

    /** Text of 1 to maxLength characters without control characters. */
    public String text(String key, int maxLength) {
        return parsed(
                key,
                "",
                value -> {
                    String text = string(value);
                    require(!text.isBlank() && text.length() <= maxLength);
                    require(text.chars().noneMatch(Character::isISOControl));
                    return text;
                },
                "text of 1 to " + maxLength + " characters");
    }

    /**
     * Text in a form of the caller's own.
     *
     * @param parser throws {@link IllegalArgumentException} whose message says what is allowed
     * @param placeholder returned after a fault, never used for real
     */
    public <T> T value(String key, T placeholder, Function<String, T> parser) {
        ConfigValue value = keys.get(key);
        if (value == null) {
            return placeholder;
        }
        try {
            return parser.apply(string(value));
        } catch (SettingValue.Mismatch | ConfigException e) {
            keys.fault(key, value, shown(value) + ", allowed is text");
        } catch (IllegalArgumentException e) {
            keys.fault(key, value, String.valueOf(e.getMessage()));
        }
        return placeholder;
    }

    /** One constant of an enum, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names =
                Arrays.stream(constants)
                        .map(SettingValue::written)
                        .collect(Collectors.joining(", "));
        return parsed(
                key,
                constants[0],
                value -> {
                    String text = string(value);
                    return Arrays.stream(constants)
                            .filter(constant -> written(constant).equals(text))
                            .findFirst()
                            .orElseThrow(SettingValue.Mismatch::new);
                },
                "one of " + names);
    }

    /** A file or directory name; a leading {@code ~/} means the home directory. */
    public Path path(String key) {
        return parsed(
                key,
                Path.of(""),
                value -> {
                    String text = string(value);
                    require(!text.isBlank());
                    try {
                        return text.startsWith("~/")
                                ? Path.of(System.getProperty("user.home"), text.substring(2))
                                : Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new SettingValue.Mismatch();
                    }
                },
                "a file name");
    }

    /** An address written as {@code host:port}. */
    public HostPort hostPort(String key) {
        return value(key, new HostPort("", 0), HostPort::parse);
    }

    /** A secret of at least minLength characters; no fault ever shows it. */
    public Secret secret(String key, int minLength) {
        ConfigValue value = keys.get(key);
        if (value == null) {
            return Secret.of("");
        }
        if (value.valueType() != ConfigValueType.STRING || string(value).length() < minLength) {
            keys.fault(
                    key,
                    value,
                    "is refused, allowed is text of " + minLength + " or more characters");
            return Secret.of("");
        }
        return Secret.of(string(value));
    }

    /**
     * A list of texts in a form of the caller's own, such as {@code HostPort::parse}.
     *
     * @param parser throws {@link IllegalArgumentException} whose message says what is allowed
     */
    public <T> List<T> list(String key, int maxLength, Function<String, T> parser) {
        List<T> result = new ArrayList<>();
        List<ConfigValue> values = keys.elements(key, maxLength);
        for (int i = 0; i < values.size(); i++) {
            ConfigValue value = values.get(i);
            try {
                result.add(parser.apply(string(value)));
            } catch (SettingValue.Mismatch e) {
                keys.fault(key + "." + i, value, shown(value) + ", allowed is text");
            } catch (IllegalArgumentException e) {
                keys.fault(key + "." + i, value, String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(result);
    }

    /** A list of sections, each read the same way. */
    public <T> List<T> sections(String key, int maxLength, Function<SettingsSection, T> reader) {
        List<T> result = new ArrayList<>();
        List<ConfigValue> values = keys.elements(key, maxLength);
        for (int i = 0; i < values.size(); i++) {
            inner(key + "." + i, values.get(i))
                    .flatMap(s -> s.complete(reader))
                    .ifPresent(result::add);
        }
        return List.copyOf(result);
    }

    /** A section whose keys are names chosen by the user, in alphabetical order. */
    public <T> Map<String, T> named(String key, BiFunction<String, SettingsSection, T> reader) {
        Map<String, T> result = new LinkedHashMap<>();
        ConfigValue value = keys.get(key);
        if (value == null) {
            return result;
        }
        inner(key, value)
                .ifPresent(
                        names -> {
                            for (String name : names.keys.all()) {
                                names.section(name, section -> reader.apply(name, section))
                                        .ifPresent(read -> result.put(name, read));
                            }
                        });
        return Collections.unmodifiableMap(result);
    }

    /**
     * A section inside this one. Read all parts of a value first and take {@code orElseThrow} of
     * them last, so that the faults of every part are found.
     *
     * @return empty only after a fault
     */
    public <T> Optional<T> section(String key, Function<SettingsSection, T> reader) {
        ConfigValue value = keys.get(key);
        return value == null
                ? Optional.empty()
                : inner(key, value).flatMap(section -> section.complete(reader));
    }

    /**
     * A key that may be absent or null: {@code section.optional("token", k -> section.secret(k,
     * 16))}.
     */
    public <T> Optional<T> optional(String key, Function<String, T> reader) {
        return keys.has(key) ? Optional.of(reader.apply(key)) : Optional.empty();
    }

    /** Accepts a key and everything below it unread, such as one that is passed on to Pekko. */
    public void ignore(String key) {
        keys.know(key);
    }

    /** Notes a fault that only the caller can see, such as two keys that contradict each other. */
    public void refuse(String key, String problem) {
        keys.refuse(key, problem);
    }

    /** Reads this section and then reports what was not read. */
    <T> Optional<T> complete(Function<SettingsSection, T> reader) {
        int before = keys.faults();
        Optional<T> result = Optional.empty();
        try {
            result = Optional.of(reader.apply(this));
        } catch (NoSuchElementException partRefused) {
            // The fault of the part is noted already; which other keys are known is not sure here.
            return result;
        } catch (IllegalArgumentException e) {
            // A value that refuses its parts; only news when the parts themselves were fine.
            if (keys.faults() == before) {
                keys.refuseAll(String.valueOf(e.getMessage()));
            }
        }
        keys.refuseUnknown();
        return keys.faults() == before ? result : Optional.empty();
    }

    private <T> T parsed(
            String key, T placeholder, Function<ConfigValue, T> parser, String allowed) {
        ConfigValue value = keys.get(key);
        if (value == null) {
            return placeholder;
        }
        try {
            return parser.apply(value);
        } catch (SettingValue.Mismatch | ConfigException | NumberFormatException e) {
            keys.fault(key, value, shown(value) + ", allowed is " + allowed);
            return placeholder;
        }
    }

    private Optional<SettingsSection> inner(String key, ConfigValue value) {
        if (value instanceof ConfigObject inside) {
            return Optional.of(new SettingsSection(keys.inside(key, inside)));
        }
        keys.fault(key, value, shown(value) + ", allowed is a section { ... }");
        return Optional.empty();
    }
}
