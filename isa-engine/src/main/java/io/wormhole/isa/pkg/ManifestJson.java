package io.wormhole.isa.pkg;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Manifests as JSON: strict reading, writing in one order of fields. */
final class ManifestJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
                    .build();

    private ManifestJson() {}

    /** The manifest, unless its faults leave nothing to build one from. */
    static Optional<IsaManifest> read(String json, List<String> faults) {
        if (json.length() > ManifestSchema.MAX_JSON_CHARS) {
            faults.add(
                    "manifest of "
                            + json.length()
                            + " characters, allowed "
                            + ManifestSchema.MAX_JSON_CHARS);
            return Optional.empty();
        }
        JsonNode root;
        try {
            root = StrictJson.MANIFEST.read(json);
        } catch (IllegalArgumentException notJson) {
            faults.add("manifest is no JSON: " + notJson.getMessage());
            return Optional.empty();
        }
        return read(root, faults);
    }

    /** The same, of JSON that was read already. */
    static Optional<IsaManifest> read(JsonNode root, List<String> faults) {
        return JsonFields.of(root, "manifest", ManifestSchema.MANIFEST, faults)
                .flatMap(fields -> new ManifestReader(fields, faults).read());
    }

    static String write(IsaManifest manifest) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", ManifestSchema.FORMAT);
        root.put("name", manifest.name());
        root.put("version", manifest.version());
        root.put("author", manifest.author().bytes().toHex());
        root.put("licence", manifest.licence());
        root.put("description", manifest.description());
        ArrayNode inputs = root.putArray("inputs");
        for (IsaInput input : manifest.inputs()) {
            ObjectNode node = inputs.addObject().put("name", input.name());
            writeRange(node, input.range());
            node.put("standard", input.standard());
        }
        root.put("process", manifest.process());
        ObjectNode needs = root.putObject("needs");
        manifest.needs().forEach((name, range) -> writeRange(needs.putObject(name), range));
        root.putObject("price")
                .put("perUnit", manifest.price().perUnit().toString())
                .put("unit", manifest.price().unit());
        writeConstraints(root.putObject("constraints"), manifest.constraints());
        ObjectNode entryPoints = root.putObject("entryPoints");
        manifest.entryPoints().forEach(entryPoints::put);
        ArrayNode attachments = root.putArray("attachments");
        for (IsaAttachment attachment : manifest.attachments()) {
            attachments
                    .addObject()
                    .put("name", attachment.name())
                    .put("sha256", attachment.sha256().toHex())
                    .put("size", attachment.size());
        }
        if (!manifest.dependencies().isEmpty()) {
            ObjectNode dependencies = root.putObject("dependencies");
            manifest.dependencies().forEach((name, id) -> dependencies.put(name, id.toHex()));
        }
        return print(root);
    }

    private static void writeConstraints(ObjectNode node, IsaConstraints constraints) {
        ArrayNode materials = node.putArray("materials");
        constraints.materials().forEach(materials::add);
        constraints
                .timePerUnit()
                .ifPresent(time -> writeRange(node.putObject("timePerUnit"), time));
        constraints.yield().ifPresent(share -> writeRange(node.putObject("yield"), share));
    }

    private static void writeRange(ObjectNode node, MeasureRange range) {
        node.put("unit", range.unit().symbol())
                .put("minimum", range.minimum())
                .put("maximum", range.maximum());
    }

    private static String print(ObjectNode root) {
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree always prints", impossible);
        }
    }

    static Bytes bytes(String json) {
        return Bytes.of(json.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Amount> amount(String text) {
        try {
            return Optional.of(Amount.parse(text));
        } catch (IllegalArgumentException tooLarge) {
            return Optional.empty();
        }
    }
}
