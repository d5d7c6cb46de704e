package io.wormhole.isa.pkg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON that people wrote: one value and nothing after it, no name twice, numbers exact, nesting and
 * lengths limited. What is wrong is said with line and column.
 */
public final class StrictJson {
    /** For manifests, which are small. */
    public static final StrictJson MANIFEST = new StrictJson(16, 64, 4096);

    /** For inputs and examples, which hold any value of the machine. */
    public static final StrictJson VALUES = new StrictJson(256, 1000, 1024 * 1024);

    private static final int LONGEST_NAME = 256;

    private final JsonMapper mapper;

    private StrictJson(int depth, int numberLength, int stringLength) {
        JsonFactory factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(depth)
                                        .maxNumberLength(numberLength)
                                        .maxStringLength(stringLength)
                                        .maxNameLength(LONGEST_NAME)
                                        .build())
                        .build();
        this.mapper =
                JsonMapper.builder(factory)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build();
    }

    /**
     * The value that {@code text} is.
     *
     * @throws IllegalArgumentException with what is wrong, and where
     */
    public JsonNode read(String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            return read(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private JsonNode read(JsonParser parser) throws IOException {
        try {
            JsonNode root = mapper.readTree(parser);
            if (root == null) {
                throw new IllegalArgumentException("empty, a value expected");
            }
            return root;
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    JsonFault.of(malformed, parser.currentLocation()), malformed);
        } catch (NumberFormatException tooLarge) {
            // The exponent of a number is read late, and then no longer as a fault of the text.
            throw new IllegalArgumentException(
                    JsonFault.of(tooLarge, parser.currentLocation()), tooLarge);
        }
    }
}
