package io.wormhole.runtime.cli;

import java.util.regex.Pattern;

/**
 * Text from elsewhere as a terminal may show it: what would move the cursor, colour or retitle the
 * terminal, or turn the direction of writing, is shown by its number instead.
 */
final class Printable {
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

    private Printable() {}

    static String of(String text) {
        return UNSAFE.matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
