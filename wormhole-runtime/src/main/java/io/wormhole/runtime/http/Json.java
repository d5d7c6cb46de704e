package io.wormhole.runtime.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.ledger.Amount;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** JSON in and out, strict. */
public final class Json {
    private static final int MOST_DEPTH = 32;
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build());
        return mapper;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Parses text; throws {@link IllegalArgumentException} saying where it is malformed. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    "not JSON: " + malformed.getOriginalMessage() + where(malformed.getLocation()));
        }
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr();
    }

    /** The text of a node. */
    public static String text(JsonNode node) {
        return node.toString();
    }

    /** The text of a node for people, indented. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** Sets {@code field} to DSD as text and {@code fieldBaseUnits} to the number. */
    public static ObjectNode putAmount(ObjectNode node, String field, Amount amount) {
        return node.put(field, amount.toString()).put(field + "BaseUnits", amount.baseUnits());
    }

    /** A request's body: an object whose fields are read by name, and nothing else. */
    public static final class Body {
        private final JsonNode node;

        private Body(JsonNode node) {
            this.node = node;
        }

        /** Parses an object that has no fields but {@code allowed}. */
        public static Body parse(String text, Set<String> allowed) {
            JsonNode node = Json.parse(text);
            if (!node.isObject()) {
                throw new IllegalArgumentException("a JSON object is expected");
            }
            node.fieldNames()
                    .forEachRemaining(
                            name -> {
                                if (!allowed.contains(name)) {
                                    throw new IllegalArgumentException(
                                            "unknown field %s, allowed are %s"
                                                    .formatted(name, new TreeSet<>(allowed)));
                                }
                            });
            return new Body(node);
        }

        /** A field that must be text. */
        public String text(String field) {
            JsonNode value = node.path(field);
            if (!value.isTextual()) {
                throw new IllegalArgumentException("field " + field + " must be text");
            }
            return value.textValue();
        }

        /** A field that may be missing, and is text otherwise. */
        public Optional<String> optionalText(String field) {
            return node.path(field).isMissingNode() ? Optional.empty() : Optional.of(text(field));
        }

        /** A field that must be a whole number from {@code least} to {@code most}. */
        public long number(String field, long least, long most) {
            JsonNode value = node.path(field);
            boolean fits =
                    value.isIntegralNumber()
                            && value.canConvertToLong()
                            && value.longValue() >= least
                            && value.longValue() <= most;
            if (!fits) {
                throw new IllegalArgumentException(
                        "field %s must be a whole number from %d to %d"
                                .formatted(field, least, most));
            }
            return value.longValue();
        }

        /** A field that may be missing, and is such a number otherwise. */
        public Optional<Long> optionalNumber(String field, long least, long most) {
            return node.path(field).isMissingNode()
                    ? Optional.empty()
                    : Optional.of(number(field, least, most));
        }

        /** A field that may be missing; {@code false} then. */
        public boolean flag(String field) {
            JsonNode value = node.path(field);
            if (!value.isMissingNode() && !value.isBoolean()) {
                throw new IllegalArgumentException("field " + field + " must be true or false");
            }
            return value.asBoolean(false);
        }
    }
}
