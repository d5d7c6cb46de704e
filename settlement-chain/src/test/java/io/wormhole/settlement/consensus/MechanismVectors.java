package io.wormhole.settlement.consensus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads {@code mechanisms/*.json}, from the folder in the system property {@code wormhole.vectors}
 * when it is set.
 */
final class MechanismVectors {
    private MechanismVectors() {}

    static Stream<JsonNode> cases(String mechanism) {
        String folder = System.getProperty("wormhole.vectors", "");
        String file = mechanism + ".json";
        try (InputStream in =
                folder.isEmpty()
                        ? MechanismVectors.class.getResourceAsStream("/vectors/mechanisms/" + file)
                        : Files.newInputStream(Path.of(folder, "mechanisms", file))) {
            return elements(new ObjectMapper().readTree(in).get("cases"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A block hash that sorts as the name does: its letters, padded with zeros. */
    static Hash hash(String name) {
        return new Hash(
                Bytes.of(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), Hash.SIZE)));
    }

    static Address validator(String name) {
        return new Address(hash(name));
    }

    static Checkpoint checkpoint(JsonNode pair) {
        return new Checkpoint(pair.get(0).asLong(), hash(pair.get(1).asText()));
    }

    static Amount amount(JsonNode number) {
        return Amount.of(number.asLong());
    }

    static SortedMap<Address, Amount> stakes(JsonNode object) {
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        object.properties()
                .forEach(entry -> stakes.put(validator(entry.getKey()), amount(entry.getValue())));
        return stakes;
    }
}
