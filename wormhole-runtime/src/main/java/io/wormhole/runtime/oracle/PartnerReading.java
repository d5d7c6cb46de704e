package io.wormhole.runtime.oracle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.nio.charset.StandardCharsets;

/**
 * A value for a feed of another wormhole, as the payload of a session. It begins with a zero byte,
 * as no order message does.
 *
 * @param feed the feed's name there
 * @param value what it is to hold
 */
public record PartnerReading(String feed, String value) implements Canonical {
    private static final int MOST_BYTES = 1_000;

    /** Refuses what the partner would not read. */
    public PartnerReading {
        requireShort("feed", feed);
        requireShort("value", value);
    }

    private static void requireShort(String field, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "field %s has at most %d bytes".formatted(field, MOST_BYTES));
        }
    }

    /** Whether a payload is a reading. */
    public static boolean isOne(Bytes payload) {
        return !payload.isEmpty() && payload.at(0) == 0;
    }

    /** Decodes a reading strictly. */
    public static PartnerReading decode(Bytes payload) {
        return CanonicalReader.decode(
                payload,
                in -> {
                    if (in.readU8() != 0) {
                        throw in.fault("a reading begins with a zero byte");
                    }
                    return new PartnerReading(in.readText(MOST_BYTES), in.readText(MOST_BYTES));
                });
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(0).writeText(feed).writeText(value);
    }
}
