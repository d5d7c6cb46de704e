package io.wormhole.isa.pkg;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the fields of one JSON object strictly, and notes every fault with its place. */
final class JsonFields {
    private static final int LONGEST_NUMBER = 30;

    private final JsonNode object;
    private final String place;
    private final List<String> faults;

    private JsonFields(JsonNode object, String place, List<String> faults) {
        this.object = object;
        this.place = place;
        this.faults = faults;
    }

    /** The fields of {@code object}; a fault for each that is missing from {@code allowed}. */
    static Optional<JsonFields> of(
            JsonNode object, String place, Set<String> allowed, List<String> faults) {
        if (!object.isObject()) {
            faults.add(place + ": an object expected, found " + describe(object));
            return Optional.empty();
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!allowed.contains(name)) {
                faults.add(
                        place
                                + ": unknown field '"
                                + shortened(name)
                                + "', allowed: "
                                + String.join(", ", new TreeSet<>(allowed)));
            }
        }
        return Optional.of(new JsonFields(object, place, faults));
    }

    Optional<JsonFields> object(String name, Set<String> allowed) {
        return node(name).flatMap(node -> of(node, at(name), allowed, faults));
    }

    /** The element objects of an array of at most {@code maximum}. */
    List<JsonFields> objects(String name, int maximum, Set<String> allowed) {
        List<JsonFields> objects = new ArrayList<>();
        List<JsonNode> elements = elements(name, maximum);
        for (int i = 0; i < elements.size(); i++) {
            of(elements.get(i), at(name) + "[" + i + "]", allowed, faults).ifPresent(objects::add);
        }
        return objects;
    }

    /** The members of an object whose names are free, at most {@code maximum}. */
    Map<String, JsonNode> members(String name, int maximum, Pattern names) {
        Map<String, JsonNode> members = new TreeMap<>();
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return members;
        }
        if (!node.get().isObject() || node.get().size() > maximum) {
            fault(name, "an object of at most " + maximum + " members expected");
            return members;
        }
        for (Map.Entry<String, JsonNode> member : node.get().properties()) {
            if (names.matcher(member.getKey()).matches()) {
                members.put(member.getKey(), member.getValue());
            } else {
                fault(name, "name '" + shortened(member.getKey()) + "' must match " + names);
            }
        }
        return members;
    }

    List<String> texts(String name, int maximum, Pattern pattern) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name, maximum)) {
            if (element.isTextual() && pattern.matcher(element.textValue()).matches()) {
                texts.add(element.textValue());
            } else {
                fault(
                        name,
                        "text that matches " + pattern + " expected, found " + describe(element));
            }
        }
        return texts;
    }

    /** The text at {@code name}; the empty text after noting a fault. */
    String text(String name, Pattern pattern) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return "";
        }
        if (node.get().isTextual() && pattern.matcher(node.get().textValue()).matches()) {
            return node.get().textValue();
        }
        fault(name, "text that matches " + pattern + " expected, found " + describe(node.get()));
        return "";
    }

    Optional<BigDecimal> number(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && node.get().isNumber()) {
            BigDecimal number = node.get().decimalValue();
            if (number.precision() <= LONGEST_NUMBER
                    && Math.abs(number.scale()) <= LONGEST_NUMBER) {
                return Optional.of(number);
            }
        }
        node.ifPresent(
                found ->
                        fault(
                                name,
                                "a number of at most "
                                        + LONGEST_NUMBER
                                        + " digits expected, found "
                                        + describe(found)));
        return Optional.empty();
    }

    boolean has(String name) {
        return object.has(name);
    }

    void fault(String name, String what) {
        faults.add(at(name) + ": " + what);
    }

    private List<JsonNode> elements(String name, int maximum) {
        List<JsonNode> elements = new ArrayList<>();
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && node.get().isArray() && node.get().size() <= maximum) {
            node.get().forEach(elements::add);
        } else if (node.isPresent()) {
            fault(
                    name,
                    "an array of at most "
                            + maximum
                            + " expected, found "
                            + (node.get().isArray()
                                    ? node.get().size() + " elements"
                                    : describe(node.get())));
        }
        return elements;
    }

    private Optional<JsonNode> node(String name) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            fault(name, "missing");
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String describe(JsonNode node) {
        return shortened(node.toString());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
