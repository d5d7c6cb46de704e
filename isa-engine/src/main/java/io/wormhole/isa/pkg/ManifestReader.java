package io.wormhole.isa.pkg;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** From JSON fields to a manifest; goes on after a fault, to name all of them at once. */
final class ManifestReader {
    private final JsonFields fields;
    private final List<String> faults;

    ManifestReader(JsonFields fields, List<String> faults) {
        this.fields = fields;
        this.faults = faults;
    }

    Optional<IsaManifest> read() {
        String format = fields.text("format", ManifestSchema.TEXT);
        if (!format.isEmpty() && !format.equals(ManifestSchema.FORMAT)) {
            fields.fault("format", ManifestSchema.FORMAT + " expected, found " + format);
        }
        String name = fields.text("name", ManifestSchema.NAME);
        String version = fields.text("version", ManifestSchema.VERSION);
        Optional<PublicKey> author = author();
        String licence = fields.text("licence", ManifestSchema.LICENCE);
        String description = fields.text("description", ManifestSchema.TEXT);
        List<IsaInput> inputs = inputs();
        String process = fields.text("process", ManifestSchema.NAME);
        SortedMap<String, MeasureRange> needs = needs();
        Optional<IsaPrice> price = price();
        IsaConstraints constraints = constraints();
        SortedMap<String, String> entryPoints = entryPoints();
        List<IsaAttachment> attachments = attachments();
        SortedMap<String, Hash> dependencies = dependencies();
        if (!faults.isEmpty() || author.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new IsaManifest(
                        name,
                        version,
                        author.get(),
                        licence,
                        description,
                        inputs,
                        process,
                        needs,
                        price.get(),
                        constraints,
                        entryPoints,
                        attachments,
                        dependencies));
    }

    private Optional<PublicKey> author() {
        String hex = fields.text("author", ManifestSchema.HASH);
        if (hex.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PublicKey(Bytes.ofHex(hex)));
        } catch (IllegalArgumentException noPoint) {
            fields.fault("author", String.valueOf(noPoint.getMessage()));
            return Optional.empty();
        }
    }

    private List<IsaInput> inputs() {
        List<IsaInput> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonFields input :
                fields.objects("inputs", ManifestSchema.MAX_INPUTS, ManifestSchema.INPUT)) {
            String name = input.text("name", ManifestSchema.NAME);
            Optional<MeasureRange> range = range(input);
            Optional<BigDecimal> standard = input.number("standard");
            if (!names.add(name)) {
                input.fault("name", "two inputs are called " + name);
            } else if (range.isPresent() && standard.isPresent()) {
                if (range.get().contains(standard.get())) {
                    inputs.add(new IsaInput(name, range.get(), standard.get()));
                } else {
                    input.fault(
                            "standard",
                            standard.get().toPlainString() + " is not in " + range.get());
                }
            }
        }
        return inputs;
    }

    private SortedMap<String, MeasureRange> needs() {
        SortedMap<String, MeasureRange> needs = new TreeMap<>();
        fields.members("needs", ManifestSchema.MAX_NEEDS, ManifestSchema.NAME)
                .forEach(
                        (name, node) ->
                                rangeOf(node, "manifest.needs." + name)
                                        .ifPresent(range -> needs.put(name, range)));
        return needs;
    }

    private Optional<IsaPrice> price() {
        Optional<JsonFields> price = fields.object("price", ManifestSchema.PRICE);
        if (price.isEmpty()) {
            return Optional.empty();
        }
        String perUnit = price.get().text("perUnit", ManifestSchema.MONEY);
        String unit = price.get().text("unit", ManifestSchema.NAME);
        Optional<Amount> amount = ManifestJson.amount(perUnit);
        if (amount.isEmpty() && !perUnit.isEmpty()) {
            price.get().fault("perUnit", "amount too large: " + perUnit);
        }
        return amount.map(each -> new IsaPrice(each, unit));
    }

    private IsaConstraints constraints() {
        Optional<JsonFields> node = fields.object("constraints", ManifestSchema.CONSTRAINTS);
        if (node.isEmpty()) {
            return new IsaConstraints(List.of(), Optional.empty(), Optional.empty());
        }
        List<String> materials =
                node.get().has("materials")
                        ? node.get()
                                .texts(
                                        "materials",
                                        ManifestSchema.MAX_MATERIALS,
                                        ManifestSchema.MATERIAL)
                        : List.of();
        return new IsaConstraints(
                materials, constraint(node.get(), "timePerUnit"), constraint(node.get(), "yield"));
    }

    private static Optional<MeasureRange> constraint(JsonFields constraints, String name) {
        return constraints.has(name)
                ? constraints.object(name, ManifestSchema.RANGE).flatMap(ManifestReader::range)
                : Optional.empty();
    }

    private SortedMap<String, String> entryPoints() {
        SortedMap<String, String> entryPoints = new TreeMap<>();
        fields.members("entryPoints", ManifestSchema.MAX_ROLES, ManifestSchema.NAME)
                .forEach(
                        (role, file) -> {
                            if (file.isTextual()
                                    && ManifestSchema.FILE.matcher(file.textValue()).matches()) {
                                entryPoints.put(role, file.textValue());
                            } else {
                                fields.fault(
                                        "entryPoints." + role,
                                        "a file name that matches "
                                                + ManifestSchema.FILE
                                                + " expected");
                            }
                        });
        return entryPoints;
    }

    private List<IsaAttachment> attachments() {
        List<IsaAttachment> attachments = new ArrayList<>();
        String last = "";
        for (JsonFields attachment :
                fields.objects(
                        "attachments", ManifestSchema.MAX_ATTACHMENTS, ManifestSchema.ATTACHMENT)) {
            String name = attachment.text("name", ManifestSchema.FILE);
            String hash = attachment.text("sha256", ManifestSchema.HASH);
            Optional<Integer> size =
                    attachment
                            .number("size")
                            .filter(number -> number.signum() >= 0)
                            .filter(number -> number.precision() - number.scale() < 10)
                            .filter(number -> number.stripTrailingZeros().scale() <= 0)
                            .map(BigDecimal::intValueExact);
            if (name.isEmpty()) {
                continue;
            }
            if (name.compareTo(last) <= 0) {
                attachment.fault("name", "names must ascend, found " + name + " after " + last);
            } else if (size.isEmpty()) {
                attachment.fault("size", "a whole number of bytes expected");
            } else if (!hash.isEmpty()) {
                attachments.add(new IsaAttachment(name, Hash.ofHex(hash), size.get()));
            }
            last = name;
        }
        return attachments;
    }

    private SortedMap<String, Hash> dependencies() {
        SortedMap<String, Hash> dependencies = new TreeMap<>();
        if (!fields.has("dependencies")) {
            return dependencies;
        }
        fields.members("dependencies", ManifestSchema.MAX_DEPENDENCIES, ManifestSchema.NAME)
                .forEach(
                        (name, id) -> {
                            if (id.isTextual()
                                    && ManifestSchema.HASH.matcher(id.textValue()).matches()) {
                                dependencies.put(name, Hash.ofHex(id.textValue()));
                            } else {
                                fields.fault(
                                        "dependencies." + name,
                                        "the id of a package expected: 64 hexadecimal digits");
                            }
                        });
        return dependencies;
    }

    private Optional<MeasureRange> rangeOf(JsonNode node, String place) {
        return JsonFields.of(node, place, ManifestSchema.RANGE, faults)
                .flatMap(ManifestReader::range);
    }

    private static Optional<MeasureRange> range(JsonFields node) {
        String symbol = node.text("unit", ManifestSchema.SYMBOL);
        Optional<MeasureUnit> unit = MeasureUnit.ofSymbol(symbol);
        Optional<BigDecimal> minimum = node.number("minimum");
        Optional<BigDecimal> maximum = node.number("maximum");
        if (unit.isEmpty() && !symbol.isEmpty()) {
            node.fault("unit", "unknown unit " + symbol + ", allowed: " + MeasureUnit.allSymbols());
        }
        if (unit.isEmpty() || minimum.isEmpty() || maximum.isEmpty()) {
            return Optional.empty();
        }
        if (minimum.get().compareTo(maximum.get()) > 0) {
            node.fault(
                    "minimum",
                    minimum.get().toPlainString()
                            + " over maximum "
                            + maximum.get().toPlainString());
            return Optional.empty();
        }
        return Optional.of(new MeasureRange(minimum.get(), maximum.get(), unit.get()));
    }
}
