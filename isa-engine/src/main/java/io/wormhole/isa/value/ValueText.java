package io.wormhole.isa.value;

import io.wormhole.protocol.bytes.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as text: {@code 42}, {@code 1.5}, {@code true}, {@code #c0ffee}, {@code "text"}, {@code
 * {1, 2}} for tuples, {@code [1, 2]} for lists, {@code %{1: 2}} for maps.
 */
public final class ValueText {
    private static final int LONGEST_SHOWN = 40;
    private static final int PRINTABLE_FROM = 0x20;
    private static final int PRINTABLE_TO = 0x7e;

    private final String text;
    private int position;

    private ValueText(String text) {
        this.text = text;
    }

    /** Reads a literal; throws {@link IllegalArgumentException} with the place of the fault. */
    public static Value parse(String text) {
        ValueText parser = new ValueText(text);
        Value value = parser.value(Value.MAX_DEPTH);
        parser.skipSpace();
        if (parser.position != text.length()) {
            throw parser.fault("nothing more expected");
        }
        return value;
    }

    /** A literal and where it ended. */
    public record Literal(Value value, int end) {}

    /** Reads a literal that begins at {@code start} and leaves the rest of the text alone. */
    public static Literal parseAt(String text, int start) {
        ValueText parser = new ValueText(text);
        parser.position = start;
        Value value = parser.value(Value.MAX_DEPTH);
        return new Literal(value, parser.position);
    }

    /** The literal of {@code value}; function values print as {@code function#index}. */
    public static String print(Value value) {
        StringBuilder out = new StringBuilder();
        print(out, value);
        return out.toString();
    }

    private static void print(StringBuilder out, Value value) {
        if (value instanceof IntValue integer) {
            out.append(integer.bigValue());
        } else if (value instanceof RealValue real) {
            out.append(real.value());
        } else if (value instanceof BoolValue bool) {
            out.append(bool.value());
        } else if (value instanceof BytesValue bytes) {
            printBytes(out, bytes.bytes());
        } else if (value instanceof TupleValue tuple) {
            printAll(out.append('{'), tuple.fields()).append('}');
        } else if (value instanceof ListValue list) {
            printAll(out.append('['), list.elements()).append(']');
        } else if (value instanceof MapValue map) {
            printMap(out, map);
        } else {
            out.append("function#").append(((FunctionValue) value).index());
        }
    }

    private static void printBytes(StringBuilder out, Bytes bytes) {
        boolean readable = !bytes.isEmpty();
        for (int i = 0; i < bytes.size() && readable; i++) {
            byte b = bytes.at(i);
            readable = b >= PRINTABLE_FROM && b <= PRINTABLE_TO && b != '"';
        }
        if (readable) {
            out.append('"')
                    .append(new String(bytes.toArray(), StandardCharsets.US_ASCII))
                    .append('"');
        } else {
            out.append('#').append(bytes.toHex());
        }
    }

    private static StringBuilder printAll(StringBuilder out, List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            print(out, values.get(i));
        }
        return out;
    }

    private static void printMap(StringBuilder out, MapValue map) {
        out.append("%{");
        int start = out.length();
        map.forEach(
                (key, value) -> {
                    if (out.length() > start) {
                        out.append(", ");
                    }
                    print(out, key);
                    out.append(": ");
                    print(out, value);
                });
        out.append('}');
    }

    private Value value(int depthLeft) {
        if (depthLeft < 0) {
            throw fault("values nest at most " + Value.MAX_DEPTH + " deep");
        }
        skipSpace();
        char next = peek();
        return switch (next) {
            case '#' -> {
                position++;
                yield hex();
            }
            case '"' -> {
                position++;
                yield quoted();
            }
            case '{' -> {
                position++;
                yield new TupleValue(sequence('}', depthLeft).toArray(Value[]::new));
            }
            case '[' -> {
                position++;
                yield ListValue.of(sequence(']', depthLeft));
            }
            case '%' -> {
                position++;
                yield map(depthLeft);
            }
            default -> word();
        };
    }

    private List<Value> sequence(char close, int depthLeft) {
        List<Value> values = new ArrayList<>();
        skipSpace();
        while (peek() != close) {
            if (!values.isEmpty()) {
                expect(',');
            }
            values.add(value(depthLeft - 1));
            skipSpace();
        }
        position++;
        return values;
    }

    private Value map(int depthLeft) {
        expect('{');
        MapValue map = MapValue.EMPTY;
        skipSpace();
        while (peek() != '}') {
            if (map.size() > 0) {
                expect(',');
            }
            Value key = value(depthLeft - 1);
            expect(':');
            map = map.put(key, value(depthLeft - 1));
            skipSpace();
        }
        position++;
        return map;
    }

    private Value hex() {
        int start = position;
        while (position < text.length() && Character.digit(text.charAt(position), 16) >= 0) {
            position++;
        }
        try {
            return Value.of(Bytes.ofHex(text.substring(start, position)));
        } catch (IllegalArgumentException odd) {
            throw fault("an even number of hexadecimal digits expected");
        }
    }

    private Value quoted() {
        int end = text.indexOf('"', position);
        if (end < 0) {
            throw fault("closing quote expected");
        }
        String content = text.substring(position, end);
        position = end + 1;
        return Value.text(content);
    }

    private Value word() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "true" -> BoolValue.TRUE;
            case "false" -> BoolValue.FALSE;
            default -> number(word);
        };
    }

    private Value number(String word) {
        try {
            if (word.matches("-?[0-9]{1,80}")) {
                return Value.of(new BigInteger(word));
            }
            if (word.matches("-?(NaN|Infinity|[0-9]{1,40}\\.[0-9]{1,40}(E-?[0-9]{1,4})?)")) {
                return Value.real(Double.parseDouble(word));
            }
        } catch (ArithmeticException outOfRange) {
            throw fault("integer over 256 bits");
        }
        throw fault("a value expected, found '" + shown(word) + "'");
    }

    private String shown(String word) {
        if (word.isEmpty()) {
            return String.valueOf(peek());
        }
        return word.length() <= LONGEST_SHOWN ? word : word.substring(0, LONGEST_SHOWN) + "…";
    }

    private static boolean isWordPart(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '.';
    }

    private void skipSpace() {
        while (position < text.length() && text.charAt(position) <= ' ') {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw fault("a value expected, found the end");
        }
        return text.charAt(position);
    }

    private void expect(char c) {
        skipSpace();
        if (peek() != c) {
            throw fault("'" + c + "' expected, found '" + peek() + "'");
        }
        position++;
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("column " + (position + 1) + ": " + what);
    }
}
