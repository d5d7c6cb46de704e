package io.wormhole.isa.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wormhole.isa.bytecode.InterfaceType;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.protocol.bytes.Bytes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Values as JSON and back. Where a type is known it decides; where none is, a number without point
 * or exponent is an integer, text that begins with {@code 0x} is bytes, an array is a list, and
 * {@code {"literal": "…"}} is a value as assembly writes it.
 */
public final class ValueJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DIGITS = 400;
    private static final int MAX_SHOWN = 60;
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,10})?");

    private ValueJson() {}

    /**
     * The value of {@code type} that {@code node} stands for.
     *
     * @param place of the node, for the message of a refusal
     */
    public static Value read(JsonNode node, InterfaceType type, String place) {
        if (node.isObject() && node.size() == 1 && node.has("literal")) {
            require(node.get("literal").isTextual(), place, "a literal in quotes", node);
            return literal(node.get("literal").textValue(), type, place);
        }
        return switch (type.kind()) {
            case INT -> integer(node, place);
            case REAL -> real(node, place);
            case BOOL -> {
                require(node.isBoolean(), place, "true or false", node);
                yield Value.of(node.booleanValue());
            }
            case BYTES -> {
                require(node.isTextual(), place, "hexadecimal text", node);
                yield Value.of(hex(node.textValue(), place));
            }
            case TEXT -> {
                require(node.isTextual(), place, "text", node);
                yield Value.text(node.textValue());
            }
            case LIST -> {
                require(node.isArray(), place, "an array", node);
                yield Value.list(elements(node, type.parts().get(0), place));
            }
            case TUPLE -> tuple(node, type, place);
            case MAP -> map(node, type, place);
            default -> any(node, place);
        };
    }

    private static Value literal(String text, InterfaceType type, String place) {
        Value value;
        try {
            value = ValueText.parse(text);
        } catch (IllegalArgumentException noValue) {
            throw new IllegalArgumentException(place + ": " + noValue.getMessage(), noValue);
        }
        if (!type.accepts(value)) {
            throw new IllegalArgumentException(
                    place + ": " + type + " expected, found " + shortened(text));
        }
        return value;
    }

    private static Value integer(JsonNode node, String place) {
        require(node.isNumber() || node.isTextual(), place, "an integer", node);
        try {
            String digits = digits(node.asText(), place);
            require(isDecimal(digits), place, "an integer", node);
            BigDecimal number = new BigDecimal(digits);
            if (Math.abs((long) number.scale()) > MAX_DIGITS) {
                throw new ArithmeticException("too long");
            }
            return Value.of(number.toBigIntegerExact());
        } catch (NumberFormatException | ArithmeticException noInteger) {
            throw fault(place, "an integer of at most 256 bits", node);
        }
    }

    private static Value real(JsonNode node, String place) {
        require(node.isNumber() || node.isTextual(), place, "a number", node);
        try {
            String digits = digits(node.asText(), place);
            double number = Double.parseDouble(digits);
            boolean finite = Double.isFinite(number);
            require(finite || !isDecimal(digits), place, "a number below 1.8e308", node);
            require(
                    !finite || isDecimal(digits),
                    place,
                    "decimal digits, with point or exponent",
                    node);
            return Value.real(number);
        } catch (NumberFormatException noNumber) {
            throw fault(place, "a number", node);
        }
    }

    /** Whether {@code text} is a number as people write it; Java's own readers allow more. */
    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    private static String digits(String text, String place) {
        if (text.length() > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    place + ": a number of " + text.length() + " digits");
        }
        return text;
    }

    private static Value tuple(JsonNode node, InterfaceType type, String place) {
        require(
                node.isArray() && node.size() == type.parts().size(),
                place,
                "an array of " + type.parts().size(),
                node);
        Value[] fields = new Value[node.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = read(node.get(i), type.parts().get(i), place + "[" + i + "]");
        }
        return Value.tuple(fields);
    }

    private static Value map(JsonNode node, InterfaceType type, String place) {
        MapValue map = MapValue.EMPTY;
        InterfaceType values = type.parts().get(1);
        if (node.isObject()) {
            for (var entry : node.properties()) {
                Value key = read(JSON.textNode(entry.getKey()), type.parts().get(0), place);
                map = map.put(key, read(entry.getValue(), values, place + "." + entry.getKey()));
            }
            return map;
        }
        require(node.isArray(), place, "an object, or an array of pairs", node);
        for (JsonNode pair : node) {
            require(pair.isArray() && pair.size() == 2, place, "pairs of key and value", pair);
            map =
                    map.put(
                            read(pair.get(0), type.parts().get(0), place),
                            read(pair.get(1), values, place));
        }
        return map;
    }

    private static Value any(JsonNode node, String place) {
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        if (node.isNumber()) {
            boolean whole = node.isIntegralNumber();
            return whole ? integer(node, place) : real(node, place);
        }
        if (node.isTextual()) {
            String text = node.textValue();
            return text.startsWith("0x") ? Value.of(hex(text, place)) : Value.text(text);
        }
        require(node.isArray(), place, "a number, text, true, false or an array", node);
        return Value.list(elements(node, InterfaceType.ANY, place));
    }

    private static Value[] elements(JsonNode array, InterfaceType type, String place) {
        List<Value> elements = new ArrayList<>();
        for (JsonNode element : array) {
            elements.add(read(element, type, place + "[" + elements.size() + "]"));
        }
        return elements.toArray(Value[]::new);
    }

    private static Bytes hex(String text, String place) {
        try {
            return Bytes.ofHex(text.startsWith("0x") ? text.substring(2) : text);
        } catch (IllegalArgumentException noHex) {
            throw new IllegalArgumentException(
                    place + ": hexadecimal digits expected, found '" + shortened(text) + "'",
                    noHex);
        }
    }

    /** The JSON for {@code value}; bytes that are printable text are shown as such. */
    public static JsonNode write(Value value) {
        if (value instanceof IntValue integer) {
            return JSON.numberNode(integer.bigValue());
        } else if (value instanceof BoolValue bool) {
            return JSON.booleanNode(bool.value());
        } else if (value instanceof RealValue real) {
            return Double.isFinite(real.value())
                    ? JSON.numberNode(real.value())
                    : JSON.textNode(Double.toString(real.value()));
        } else if (value instanceof BytesValue bytes) {
            return JSON.textNode(shown(bytes.bytes()));
        }
        ArrayNode array = JSON.arrayNode();
        if (value instanceof TupleValue tuple) {
            tuple.fields().forEach(field -> array.add(write(field)));
        } else if (value instanceof ListValue list) {
            list.elements().forEach(element -> array.add(write(element)));
        } else if (value instanceof MapValue map) {
            map.entries().forEach(entry -> array.add(write(entry)));
        } else {
            return JSON.textNode(value.toString());
        }
        return array;
    }

    private static String shown(Bytes bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toArray()))
                            .toString();
            boolean printable = text.chars().noneMatch(Character::isISOControl);
            return printable && !text.startsWith("0x") ? text : "0x" + bytes.toHex();
        } catch (CharacterCodingException binary) {
            return "0x" + bytes.toHex();
        }
    }

    private static void require(boolean holds, String place, String expected, JsonNode found) {
        if (!holds) {
            throw fault(place, expected, found);
        }
    }

    private static IllegalArgumentException fault(String place, String expected, JsonNode found) {
        return new IllegalArgumentException(
                place + ": " + expected + " expected, found " + shortened(found));
    }

    /** The beginning of what {@code shown} prints, for messages. */
    static String shortened(Object shown) {
        String text = shown.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
