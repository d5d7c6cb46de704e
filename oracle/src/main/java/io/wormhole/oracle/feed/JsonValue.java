package io.wormhole.oracle.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.io.IOException;

/** One value of a JSON text, by its path; without one the text itself is the value. */
final class JsonValue {
    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(100)
                                                    .maxNumberLength(100)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Configuration PATHS =
            Configuration.builder()
                    .jsonProvider(new JacksonJsonNodeJsonProvider(JSON))
                    .mappingProvider(new JacksonMappingProvider(JSON))
                    .build();

    private final String feed;
    private final JsonPath path;

    /** Refuses a path that is none, or one that could give several values. */
    JsonValue(String feed, String path) {
        this.feed = feed;
        try {
            this.path = JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException wrong) {
            throw FeedFault.lasting(feed, "%s is no JSON path: %s".formatted(path, wrong));
        }
        if (!this.path.isDefinite()) {
            throw FeedFault.lasting(feed, path + " can give several values; name one");
        }
    }

    String in(byte[] text) {
        JsonNode found;
        try {
            JsonNode root = JSON.readTree(text);
            found = path.read(root, PATHS);
        } catch (JsonProcessingException garbage) {
            throw FeedFault.passing(feed, "no JSON: " + garbage.getOriginalMessage());
        } catch (IOException unreadable) {
            throw FeedFault.passing(feed, "no JSON: " + unreadable.getMessage());
        } catch (JsonPathException missing) {
            throw FeedFault.passing(feed, "nothing at %s".formatted(path.getPath()));
        }
        if (!found.isValueNode() || found.isNull()) {
            throw FeedFault.passing(
                    feed,
                    "at %s is %s, not a value".formatted(path.getPath(), found.getNodeType()));
        }
        return found.isNumber() ? found.decimalValue().toPlainString() : found.asText();
    }
}
