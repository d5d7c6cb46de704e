package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a value at the border of a module: {@code int}, {@code real}, {@code bool}, {@code
 * bytes}, {@code text}, {@code any}, {@code list(T)}, {@code map(K, V)}, {@code tuple(A, B, …)}.
 */
public record InterfaceType(Kind kind, List<InterfaceType> parts) {
    /** Whatever. */
    public static final InterfaceType ANY = new InterfaceType(Kind.ANY, List.of());

    private static final int MAX_TEXT = 1_000;
    private static final int MAX_DEPTH = 16;
    private static final Pattern TOKEN = Pattern.compile("\\s*([a-z]+|[(),])");

    /** The words of the types. */
    public enum Kind {
        /** Integer. */
        INT,
        /** Real. */
        REAL,
        /** Boolean. */
        BOOL,
        /** Byte string, written in hexadecimal. */
        BYTES,
        /** Byte string, written as text. */
        TEXT,
        /** Whatever. */
        ANY,
        /** List of one type. */
        LIST,
        /** Map of keys of one type to values of one type. */
        MAP,
        /** Tuple of a type for each field. */
        TUPLE;

        private boolean fits(int parts) {
            return switch (this) {
                case LIST -> parts == 1;
                case MAP -> parts == 2;
                case TUPLE -> true;
                default -> parts == 0;
            };
        }

        private String word() {
            return switch (this) {
                case INT -> "int";
                case REAL -> "real";
                case BOOL -> "bool";
                case BYTES -> "bytes";
                case TEXT -> "text";
                case LIST -> "list";
                case MAP -> "map";
                case TUPLE -> "tuple";
                default -> "any";
            };
        }
    }

    /** Refuses a wrong number of parts. */
    public InterfaceType {
        parts = List.copyOf(parts);
        if (!kind.fits(parts.size())) {
            throw new IllegalArgumentException(
                    kind.word() + " with " + parts.size() + " types inside");
        }
    }

    /** The type that {@code text} names. */
    public static Optional<InterfaceType> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            return Optional.empty();
        }
        Parser parser = new Parser(tokens);
        Optional<InterfaceType> type = parser.type(0);
        return parser.at == tokens.size() ? type : Optional.empty();
    }

    private static final class Parser {
        private final List<String> tokens;
        private int at;

        Parser(List<String> tokens) {
            this.tokens = tokens;
        }

        Optional<InterfaceType> type(int depth) {
            Optional<Kind> kind = at < tokens.size() ? kind(tokens.get(at)) : Optional.empty();
            if (kind.isEmpty() || depth > MAX_DEPTH) {
                return Optional.empty();
            }
            at++;
            List<InterfaceType> parts = new ArrayList<>();
            if (at < tokens.size() && tokens.get(at).equals("(")) {
                do {
                    at++;
                    Optional<InterfaceType> part = type(depth + 1);
                    if (part.isEmpty()) {
                        return Optional.empty();
                    }
                    parts.add(part.get());
                } while (at < tokens.size() && tokens.get(at).equals(","));
                if (at == tokens.size() || !tokens.get(at++).equals(")")) {
                    return Optional.empty();
                }
            }
            return kind.get().fits(parts.size())
                    ? Optional.of(new InterfaceType(kind.get(), parts))
                    : Optional.empty();
        }

        private static Optional<Kind> kind(String word) {
            for (Kind kind : Kind.values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Whether {@code value} is of this type. */
    public boolean accepts(Value value) {
        return switch (kind) {
            case INT -> value instanceof IntValue;
            case REAL -> value instanceof RealValue;
            case BOOL -> value instanceof BoolValue;
            case BYTES, TEXT -> value instanceof BytesValue;
            case LIST ->
                    value instanceof ListValue list
                            && list.elements().stream().allMatch(parts.get(0)::accepts);
            case MAP ->
                    value instanceof MapValue map
                            && map.entries().stream().allMatch(this::acceptsEntry);
            case TUPLE -> value instanceof TupleValue tuple && acceptsFields(tuple);
            default -> true;
        };
    }

    private boolean acceptsEntry(Value entry) {
        return entry instanceof TupleValue pair
                && parts.get(0).accepts(pair.get(0))
                && parts.get(1).accepts(pair.get(1));
    }

    private boolean acceptsFields(TupleValue tuple) {
        boolean fits = tuple.size() == parts.size();
        for (int i = 0; fits && i < parts.size(); i++) {
            fits = parts.get(i).accepts(tuple.get(i));
        }
        return fits;
    }

    @Override
    public String toString() {
        return parts.isEmpty()
                ? kind.word()
                : kind.word()
                        + parts.stream()
                                .map(InterfaceType::toString)
                                .collect(Collectors.joining(", ", "(", ")"));
    }
}
