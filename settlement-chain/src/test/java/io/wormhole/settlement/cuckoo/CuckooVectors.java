package io.wormhole.settlement.cuckoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Reads {@code cuckoo/cuckoo.json}, from the folder in the system property {@code wormhole.vectors}
 * when it is set.
 */
final class CuckooVectors {
    private CuckooVectors() {}

    static List<JsonNode> rows(String section) {
        return StreamSupport.stream(document().get(section).spliterator(), false).toList();
    }

    private static JsonNode document() {
        String folder = System.getProperty("wormhole.vectors", "");
        try (InputStream in =
                folder.isEmpty()
                        ? CuckooVectors.class.getResourceAsStream("/vectors/cuckoo/cuckoo.json")
                        : Files.newInputStream(Path.of(folder, "cuckoo", "cuckoo.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CuckooParameters parameters(JsonNode row) {
        return new CuckooParameters(
                CuckooVariant.fromId(row.get("variant").asText()),
                row.get("edgeBits").asInt(),
                row.get("proofSize").asInt());
    }

    static CuckooProof proof(JsonNode edges) {
        return CuckooProof.of(
                IntStream.range(0, edges.size()).mapToLong(i -> clamp(edges.get(i))).toArray());
    }

    // Indices of malformed rows may exceed a long; any such value is simply too big.
    private static long clamp(JsonNode edge) {
        return edge.canConvertToLong() ? edge.asLong() : Long.MAX_VALUE;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** The header bytes of a search row for a nonce, in the layout that the row names. */
    static byte[] header(JsonNode row, long nonce) {
        byte[] prefix = hex(row.get("prefix").asText());
        String layout = row.get("layout").asText();
        return switch (layout) {
            case "tromp80" -> littleEndianNonce(Arrays.copyOf(prefix, 80), 76, nonce);
            case "tromp246" -> littleEndianNonce(Arrays.copyOf(prefix, 246), 240, nonce);
            case "prefix+u64be" ->
                    ByteBuffer.allocate(prefix.length + 8).put(prefix).putLong(nonce).array();
            case "ae80" -> aeternity(prefix, nonce);
            default -> throw new IllegalArgumentException("unknown layout " + layout);
        };
    }

    private static byte[] littleEndianNonce(byte[] header, int offset, long nonce) {
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, (int) nonce);
        return header;
    }

    private static byte[] aeternity(byte[] prefix, long nonce) {
        byte[] nonceBytes =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(nonce).array();
        Base64.Encoder base64 = Base64.getEncoder();
        String text = base64.encodeToString(prefix) + base64.encodeToString(nonceBytes);
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 80);
    }
}
