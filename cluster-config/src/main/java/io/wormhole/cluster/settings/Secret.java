package io.wormhole.cluster.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A setting that must not be seen: it is never part of a log line, an error or a dump. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a value so that it no longer prints. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not tell how much was right. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Says only that it is a secret. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
