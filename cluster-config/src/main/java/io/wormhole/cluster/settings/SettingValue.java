package io.wormhole.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One value of HOCON: where it was written, how it is shown, and how it is read strictly. */
final class SettingValue {
    private static final int SHOWN_CHARACTERS = 80;

    private SettingValue() {}

    static String place(ConfigOrigin origin) {
        @Nullable String file = origin.filename();
        @Nullable String source =
                file != null ? "" + Path.of(file).getFileName() : origin.resource();
        if (source == null) {
            // Text without a file: "name: 12".
            return origin.description().replaceFirst(": (\\d+)$", ":$1");
        }
        return origin.lineNumber() > 0 ? source + ":" + origin.lineNumber() : source;
    }

    static String shown(ConfigValue value) {
        String text =
                switch (value.valueType()) {
                    case OBJECT -> "a section";
                    case LIST -> "a list";
                    default ->
                            value.unwrapped() instanceof String s
                                    ? "\"" + s + "\""
                                    : "" + value.unwrapped();
                };
        return "is "
                + (text.length() > SHOWN_CHARACTERS
                        ? text.substring(0, SHOWN_CHARACTERS) + "..."
                        : text);
    }

    static String string(ConfigValue value) {
        require(
                value.valueType() != ConfigValueType.OBJECT
                        && value.valueType() != ConfigValueType.LIST
                        && value.valueType() != ConfigValueType.NULL);
        return String.valueOf(value.unwrapped());
    }

    static long wholeNumber(ConfigValue value) {
        // Not Config.getLong, which silently cuts 1.5 to 1.
        return Long.parseLong(string(value));
    }

    static long within(long number, long lowest, long highest) {
        require(number >= lowest && number <= highest);
        return number;
    }

    static Config alone(ConfigValue value) {
        return value.atKey("v");
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String inWords(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    static void require(boolean fits) {
        if (!fits) {
            throw new Mismatch();
        }
    }

    /** The value is not of the allowed kind or range; never leaves this package. */
    static final class Mismatch extends RuntimeException {
        static final long serialVersionUID = 1L;

        Mismatch() {
            super(null, null, false, false);
        }
    }
}
