package io.wormhole.cluster.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** One event as the log and the table of events hold it; its bytes only pass through. */
@SuppressWarnings("ArrayRecordComponent")
record StoredEvent(
        String persistenceId,
        long sequenceNumber,
        String writer,
        long timestamp,
        String adapterManifest,
        int serializerId,
        String serializerManifest,
        byte[] payload) {
    private static final int OBJECT = 100;
    private static final int FIXED = 3 * Long.BYTES + 5 * Integer.BYTES;

    /** Room that it takes, at most. */
    int maximumSize() {
        int characters =
                persistenceId.length()
                        + writer.length()
                        + adapterManifest.length()
                        + serializerManifest.length();
        return FIXED + 3 * characters + payload.length;
    }

    /** Bytes that it takes in memory, roughly; all events of an entity have the same texts. */
    int memory() {
        return OBJECT + payload.length;
    }

    void writeTo(ByteBuffer out) {
        write(out, persistenceId);
        out.putLong(sequenceNumber);
        write(out, writer);
        out.putLong(timestamp);
        write(out, adapterManifest);
        out.putInt(serializerId);
        write(out, serializerManifest);
        out.putInt(payload.length).put(payload);
    }

    static StoredEvent readFrom(ByteBuffer in) {
        return new StoredEvent(
                readText(in),
                in.getLong(),
                readText(in),
                in.getLong(),
                readText(in),
                in.getInt(),
                readText(in),
                readBytes(in, in.getInt()));
    }

    private static void write(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    private static String readText(ByteBuffer in) {
        return new String(readBytes(in, Short.toUnsignedInt(in.getShort())), UTF_8);
    }

    private static byte[] readBytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
