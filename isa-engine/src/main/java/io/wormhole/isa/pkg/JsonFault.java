package io.wormhole.isa.pkg;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with text that is no JSON, and where, for the people who wrote it. */
final class JsonFault {
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ");
    // What a program that calls the parser could change is of no use to those who write JSON.
    private static final Pattern ADVICE =
            Pattern.compile(
                    ", from `[^`]*`|: enable `[^`]*` to allow| \\(not recognized as one [^)]*\\)");
    private static final Pattern TRAILING = Pattern.compile("Trailing token .*");
    private static final Pattern NUMBER =
            Pattern.compile(" can not be deserialized as `[^`]*`, reason: +");

    private JsonFault() {}

    /** One line on {@code malformed}, found at {@code reached} unless it says where. */
    static String of(JsonProcessingException malformed, JsonLocation reached) {
        JsonLocation at = malformed.getLocation();
        return line(String.valueOf(malformed.getOriginalMessage()), at == null ? reached : at);
    }

    /** One line on a number that is none, found at {@code reached}. */
    static String of(NumberFormatException number, JsonLocation reached) {
        return line(String.valueOf(number.getMessage()), reached);
    }

    private static String line(String message, JsonLocation at) {
        String words = SOURCE.matcher(message).replaceAll("[");
        words = ADVICE.matcher(words).replaceAll("");
        words = TRAILING.matcher(words).replaceFirst("more text after the end");
        words = NUMBER.matcher(words).replaceFirst(" is no number that can be kept: ");
        return "%s (line %d, column %d)".formatted(words, at.getLineNr(), at.getColumnNr());
    }
}
