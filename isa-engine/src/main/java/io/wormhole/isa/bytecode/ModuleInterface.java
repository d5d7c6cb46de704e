package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a module says about the values that go in and out of it. It is part of the module as an
 * ordinary function, {@code interface()}, that gives this description as a value: so the code hash
 * covers it, and a dispute need not show it.
 *
 * @param entries in the order of the text
 */
public record ModuleInterface(List<Entry> entries) {
    /** The name of the function that gives the description. */
    public static final String FUNCTION = "interface";

    private static final Value FORMAT = Value.text("wormhole-interface/1");

    /** What an entry describes. */
    public enum Kind {
        /** What a contract's parties agree on; its fields are those of the tuple. */
        TERMS,
        /** A contract's state. */
        STATE,
        /** A payload: a tuple of the message's name and its fields. */
        MESSAGE,
        /** A function and its result. */
        FUNCTION
    }

    /** A name and the type of its value. */
    public record Field(String name, InterfaceType type) {}

    /**
     * One line of the description.
     *
     * @param name of the message or function; that of the kind for terms and state
     * @param fields of terms, message or function
     * @param result of a function; the type of the state
     */
    public record Entry(Kind kind, String name, List<Field> fields, InterfaceType result) {
        /** Copies the fields. */
        public Entry {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            String inside =
                    fields.stream()
                            .map(field -> field.name() + ": " + field.type())
                            .collect(Collectors.joining(", "));
            String kindWord = Words.of(kind);
            return switch (kind) {
                case TERMS -> kindWord + " { " + inside + " }";
                case STATE -> kindWord + " " + result;
                case MESSAGE -> kindWord + " " + name + " { " + inside + " }";
                default -> kindWord + " " + name + " { " + inside + " } " + result;
            };
        }
    }

    /** The words of the kinds, in assembly text and in values. */
    static final class Words {
        private Words() {}

        static String of(Kind kind) {
            return switch (kind) {
                case TERMS -> "terms";
                case STATE -> "state";
                case MESSAGE -> "message";
                default -> "function";
            };
        }

        static Optional<Kind> kind(String word) {
            for (Kind kind : Kind.values()) {
                if (of(kind).equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Copies the entries. */
    public ModuleInterface {
        entries = List.copyOf(entries);
    }

    /** The interface that {@code code} describes, if it does. */
    public static Optional<ModuleInterface> of(FunctionTable code) {
        return code.indexOf(FUNCTION)
                .flatMap(code::function)
                .filter(function -> function.arity() == 0 && function.constants().size() == 1)
                .flatMap(function -> parse(function.constants().get(0)));
    }

    /** The entry of this kind and name. */
    public Optional<Entry> find(Kind kind, String name) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind && entry.name().equals(name))
                .findFirst();
    }

    /** The entry of a kind that has no names. */
    public Optional<Entry> find(Kind kind) {
        return find(kind, Words.of(kind));
    }

    /** The function that carries the description. */
    FunctionCode toFunction() {
        CanonicalWriter code = new CanonicalWriter();
        Instruction.of(Opcode.CONST, 0, 0).writeTo(code);
        return new FunctionCode(FUNCTION, 0, List.of(toValue()), code.toBytes());
    }

    /** The description as the value that the function gives. */
    public Value toValue() {
        Value[] lines =
                entries.stream()
                        .map(
                                entry ->
                                        Value.tuple(
                                                Value.text(Words.of(entry.kind())),
                                                Value.text(entry.name()),
                                                fields(entry.fields()),
                                                Value.text(entry.result().toString())))
                        .toArray(Value[]::new);
        return Value.tuple(FORMAT, Value.list(lines));
    }

    private static Value fields(List<Field> fields) {
        return Value.list(
                fields.stream()
                        .map(
                                field ->
                                        Value.tuple(
                                                Value.text(field.name()),
                                                Value.text(field.type().toString())))
                        .toArray(Value[]::new));
    }

    private static Optional<ModuleInterface> parse(Value value) {
        if (!(value instanceof TupleValue both
                && both.size() == 2
                && both.get(0).equals(FORMAT)
                && both.get(1) instanceof ListValue lines)) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        for (Value line : lines.elements()) {
            Optional<Entry> entry = entry(line);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            entries.add(entry.get());
        }
        return Optional.of(new ModuleInterface(entries));
    }

    private static Optional<Entry> entry(Value line) {
        if (!(line instanceof TupleValue parts
                && parts.size() == 4
                && parts.get(2) instanceof ListValue fields)) {
            return Optional.empty();
        }
        Optional<Kind> kind = text(parts.get(0)).flatMap(Words::kind);
        Optional<String> name = text(parts.get(1));
        Optional<InterfaceType> result = text(parts.get(3)).flatMap(InterfaceType::parse);
        List<Field> read = new ArrayList<>();
        for (Value field : fields.elements()) {
            if (!(field instanceof TupleValue pair && pair.size() == 2)) {
                return Optional.empty();
            }
            Optional<String> fieldName = text(pair.get(0));
            Optional<InterfaceType> type = text(pair.get(1)).flatMap(InterfaceType::parse);
            if (fieldName.isEmpty() || type.isEmpty()) {
                return Optional.empty();
            }
            read.add(new Field(fieldName.get(), type.get()));
        }
        return kind.isPresent() && name.isPresent() && result.isPresent()
                ? Optional.of(new Entry(kind.get(), name.get(), read, result.get()))
                : Optional.empty();
    }

    private static Optional<String> text(Value value) {
        return value instanceof BytesValue bytes
                ? Optional.of(new String(bytes.bytes().toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
