package io.wormhole.isa.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.vm.TrapReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@link IsaProject#EXAMPLES}; goes on after a fault, to name all of them at once. */
final class ExampleTable {
    private static final int MAX_EXAMPLES = 1_000;
    private static final String ROWS = "examples";
    private static final List<String> FIELDS =
            List.of("name", "role", "function", "inputs", "expect", "traps");

    private final List<String> faults = new ArrayList<>();

    private ExampleTable() {}

    /**
     * The examples in order.
     *
     * @throws IsaFaultsException with every fault
     */
    static List<Example> read(JsonNode table) {
        ExampleTable reader = new ExampleTable();
        List<Example> examples = reader.rows(table);
        if (!reader.faults.isEmpty()) {
            throw new IsaFaultsException(reader.faults);
        }
        return examples;
    }

    private List<Example> rows(JsonNode table) {
        requireKnown(table, List.of(ROWS), "");
        JsonNode rows = table.path(ROWS);
        List<Example> examples = new ArrayList<>();
        if (!rows.isArray() || rows.size() > MAX_EXAMPLES) {
            fault(ROWS, "an array of at most " + MAX_EXAMPLES + " expected");
            return examples;
        }
        for (JsonNode row : rows) {
            examples.add(row(row, ROWS + "[" + examples.size() + "]"));
        }
        return examples;
    }

    private Example row(JsonNode row, String place) {
        requireKnown(row, FIELDS, place + ".");
        JsonNode inputs = row.path("inputs");
        Optional<JsonNode> expect = Optional.ofNullable(row.get("expect"));
        Optional<String> traps = text(row, "traps", place);
        if (!inputs.isContainerNode() || expect.isPresent() == row.has("traps")) {
            fault(place, "inputs, and either expect or traps, expected");
        }
        if (traps.isPresent() && reasons().noneMatch(traps.get()::equals)) {
            fault(place + ".traps", "one of " + reasons().toList() + " expected");
        }
        return new Example(
                text(row, "name", place).orElse(place),
                text(row, "role", place),
                text(row, "function", place),
                inputs,
                expect,
                traps);
    }

    private static Stream<String> reasons() {
        return Arrays.stream(TrapReason.values()).map(TrapReason::name);
    }

    private Optional<String> text(JsonNode row, String name, String place) {
        JsonNode node = row.path(name);
        if (!node.isMissingNode() && !node.isTextual()) {
            fault(place + "." + name, "text expected, found " + ValueJson.shortened(node));
        }
        return Optional.ofNullable(node.textValue());
    }

    private void requireKnown(JsonNode node, List<String> known, String place) {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                fault(
                                        place + ValueJson.shortened(name),
                                        "unknown, allowed are " + known);
                            }
                        });
    }

    private void fault(String place, String what) {
        faults.add(IsaProject.EXAMPLES + ": " + place + ": " + what);
    }
}
