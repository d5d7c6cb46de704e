package io.wormhole.isa.pkg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The published JSON schema allows what the reader allows. */
final class ManifestSchemaTest {
    private final JsonNode schema = read();

    @Test
    void objectsHaveTheSameFields() {
        assertFields(schema, ManifestSchema.MANIFEST);
        assertFields(schema.at("/properties/inputs/items"), ManifestSchema.INPUT);
        assertFields(schema.at("/properties/price"), ManifestSchema.PRICE);
        assertFields(schema.at("/properties/constraints"), ManifestSchema.CONSTRAINTS);
        assertFields(schema.at("/properties/attachments/items"), ManifestSchema.ATTACHMENT);
        assertFields(schema.at("/$defs/range"), ManifestSchema.RANGE);
    }

    @Test
    void textsMatchTheSamePatterns() {
        assertPattern("/properties/name", ManifestSchema.NAME);
        assertPattern("/properties/version", ManifestSchema.VERSION);
        assertPattern("/properties/author", ManifestSchema.HASH);
        assertPattern("/properties/description", ManifestSchema.TEXT);
        assertPattern("/properties/licence", ManifestSchema.LICENCE);
        assertPattern("/properties/price/properties/perUnit", ManifestSchema.MONEY);
        assertPattern(
                "/properties/constraints/properties/materials/items", ManifestSchema.MATERIAL);
        assertPattern("/properties/attachments/items/properties/name", ManifestSchema.FILE);
    }

    @Test
    void limitsAndUnitsAreTheSame() {
        assertThat(schema.at("/properties/inputs/maxItems").intValue())
                .isEqualTo(ManifestSchema.MAX_INPUTS);
        assertThat(schema.at("/properties/needs/maxProperties").intValue())
                .isEqualTo(ManifestSchema.MAX_NEEDS);
        assertThat(schema.at("/properties/attachments/maxItems").intValue())
                .isEqualTo(ManifestSchema.MAX_ATTACHMENTS);
        assertThat(schema.at("/$defs/unit/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(
                        Arrays.stream(MeasureUnit.values()).map(MeasureUnit::symbol).toList());
    }

    private static void assertFields(JsonNode object, Set<String> fields) {
        List<String> names = new ArrayList<>();
        object.get("properties").fieldNames().forEachRemaining(names::add);
        assertThat(new HashSet<>(names)).isEqualTo(fields);
        assertThat(object.get("additionalProperties").booleanValue()).isFalse();
    }

    private void assertPattern(String place, Pattern pattern) {
        assertThat(schema.at(place + "/pattern").textValue()).isEqualTo("^" + pattern + "$");
    }

    private static JsonNode read() {
        try (InputStream in =
                ManifestSchema.class.getResourceAsStream("/isa-manifest.schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
