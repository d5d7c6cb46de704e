package io.wormhole.isa.pkg;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with text that is no JSON, and where, for the people who wrote it. */
public final class JsonFault {
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ");

    private JsonFault() {}

    /** One line on {@code malformed}. */
    public static String of(JsonProcessingException malformed) {
        String message =
                SOURCE.matcher(String.valueOf(malformed.getOriginalMessage())).replaceAll("[");
        JsonLocation at = malformed.getLocation();
        return at == null
                ? message
                : "%s (line %d, column %d)".formatted(message, at.getLineNr(), at.getColumnNr());
    }
}
