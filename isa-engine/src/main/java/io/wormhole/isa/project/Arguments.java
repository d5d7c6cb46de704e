package io.wormhole.isa.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.InterfaceType;
import io.wormhole.isa.bytecode.ModuleInterface;
import io.wormhole.isa.bytecode.ModuleInterface.Entry;
import io.wormhole.isa.bytecode.ModuleInterface.Field;
import io.wormhole.isa.bytecode.ModuleInterface.Kind;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.pkg.IsaInput;
import io.wormhole.isa.pkg.MeasureUnit;
import io.wormhole.isa.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arguments of a function from JSON: an array in their order, or an object by name. The names are
 * those of the module's interface; those of a contract are {@code terms}, {@code state}, {@code
 * message}, and if wanted {@code sender}, {@code height}, {@code locked}, and {@code answers} where
 * it reads them; those of a formula are the inputs of the manifest, which have units.
 */
public final class Arguments {
    private static final InterfaceType ROOTS =
            new InterfaceType(
                    InterfaceType.Kind.LIST,
                    List.of(new InterfaceType(InterfaceType.Kind.BYTES, List.of())));

    private static final int MAX_DIGITS = 30;

    private final Optional<ModuleInterface> described;
    private final List<IsaInput> inputs;

    /** For functions of a module with this interface, and formulas with these inputs. */
    public Arguments(Optional<ModuleInterface> described, List<IsaInput> inputs) {
        this.described = described;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * The arguments of {@code function} that {@code given} stands for.
     *
     * @throws IllegalArgumentException naming the place of the first fault
     */
    public List<Value> read(FunctionCode function, JsonNode given) {
        List<Value> arguments;
        if (given.isArray()) {
            arguments = inOrder(function, given);
        } else if (!given.isObject()) {
            throw new IllegalArgumentException(
                    "inputs are an array or an object, found " + ValueJson.shortened(given));
        } else if (isContract(function)) {
            arguments = contract(function, given);
        } else {
            arguments = byName(function, given);
        }
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException(
                    function.name()
                            + " takes "
                            + function.arity()
                            + " arguments, given "
                            + arguments.size());
        }
        return arguments;
    }

    private static boolean isContract(FunctionCode function) {
        return function.name().equals(ContractCode.ENTRY_NAME)
                && ContractCode.isEntry(function.arity());
    }

    private List<Value> inOrder(FunctionCode function, JsonNode given) {
        List<Field> fields =
                described
                        .flatMap(known -> known.find(Kind.FUNCTION, function.name()))
                        .map(Entry::fields)
                        .orElse(List.of());
        List<Value> arguments = new ArrayList<>();
        for (JsonNode node : given) {
            int at = arguments.size();
            InterfaceType type = at < fields.size() ? fields.get(at).type() : InterfaceType.ANY;
            arguments.add(ValueJson.read(node, type, "inputs[" + at + "]"));
        }
        return arguments;
    }

    private List<Value> byName(FunctionCode function, JsonNode given) {
        Optional<Entry> entry =
                described.flatMap(known -> known.find(Kind.FUNCTION, function.name()));
        List<Value> arguments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (entry.isPresent()) {
            for (Field field : entry.get().fields()) {
                names.add(field.name());
                arguments.add(named(field, given));
            }
        } else {
            for (IsaInput input : inputs) {
                names.add(input.name());
                arguments.add(Value.real(measure(input, given.get(input.name())).doubleValue()));
            }
        }
        requireKnown(given, names);
        return arguments;
    }

    private Value named(Field field, JsonNode given) {
        Optional<IsaInput> input =
                inputs.stream()
                        .filter(each -> each.name().replace('-', '_').equals(field.name()))
                        .findFirst();
        JsonNode node = given.get(field.name());
        if (node == null) {
            node = given.get(field.name().replace('_', '-'));
        }
        if (input.isPresent()) {
            BigDecimal number = measure(input.get(), node);
            return field.type().kind() == InterfaceType.Kind.INT
                    ? ValueJson.read(
                            com.fasterxml.jackson.databind.node.DecimalNode.valueOf(number),
                            field.type(),
                            field.name())
                    : Value.real(number.doubleValue());
        }
        if (node == null) {
            throw new IllegalArgumentException(field.name() + ": missing, " + field.type());
        }
        return ValueJson.read(node, field.type(), field.name());
    }

    /** A number in the input's own unit; the standard where nothing is given. */
    private static BigDecimal measure(
            IsaInput input, @org.jspecify.annotations.Nullable JsonNode node) {
        if (node == null) {
            return input.standard();
        }
        String[] parts = written(input, node).strip().split("\\s+", 2);
        if (!ValueJson.isDecimal(parts[0])) {
            throw noMeasure(input, node);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(parts[0]);
        } catch (NumberFormatException exponentTooLarge) {
            throw noMeasure(input, node);
        }
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    input.name() + ": a number of at most " + MAX_DIGITS + " digits expected");
        }
        if (parts.length == 2 && !parts[1].isBlank()) {
            MeasureUnit unit =
                    MeasureUnit.ofSymbol(parts[1])
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    input.name()
                                                            + ": unknown unit "
                                                            + ValueJson.shortened(parts[1])
                                                            + ", allowed: "
                                                            + MeasureUnit.allSymbols()));
            number = input.range().unit().from(number, unit, input.name());
        }
        if (!input.range().contains(number)) {
            throw new IllegalArgumentException(
                    input.name()
                            + ": "
                            + number.toPlainString()
                            + " "
                            + input.range().unit().symbol()
                            + " is not in "
                            + input.range());
        }
        return number;
    }

    private static String written(IsaInput input, JsonNode node) {
        if (!node.isObject()) {
            return node.asText();
        }
        if (node.size() > 2
                || !node.path("value").isValueNode()
                || !node.path("unit").isTextual()) {
            throw noMeasure(input, node);
        }
        return node.get("value").asText() + " " + node.get("unit").textValue();
    }

    private static IllegalArgumentException noMeasure(IsaInput input, JsonNode found) {
        return new IllegalArgumentException(
                "%s: a number, or a number and a unit, expected, found %s"
                        .formatted(input.name(), ValueJson.shortened(found)));
    }

    private List<Value> contract(FunctionCode function, JsonNode given) {
        boolean readsAnswers = function.arity() == ContractCode.ANSWERED_ENTRY_ARITY;
        List<String> names =
                new ArrayList<>(List.of("terms", "state", "message", "sender", "height", "locked"));
        if (readsAnswers) {
            names.add("answers");
        }
        requireKnown(given, names);
        Value payload = payload(required(given, "message"));
        Value message =
                Value.tuple(
                        number(given, "sender"),
                        number(given, "height"),
                        number(given, "locked"),
                        payload);
        InterfaceType state =
                described
                        .flatMap(known -> known.find(Kind.STATE))
                        .map(Entry::result)
                        .orElse(InterfaceType.ANY);
        List<Value> arguments = new ArrayList<>();
        arguments.add(terms(required(given, "terms")));
        arguments.add(ValueJson.read(required(given, "state"), state, "state"));
        arguments.add(message);
        if (readsAnswers) {
            arguments.add(
                    given.has("answers")
                            ? ValueJson.read(given.get("answers"), ROOTS, "answers")
                            : Value.list());
        }
        return arguments;
    }

    private Value terms(JsonNode node) {
        Optional<Entry> entry = described.flatMap(known -> known.find(Kind.TERMS));
        return entry.isPresent() && node.isObject() && !node.has("literal")
                ? fields(entry.get(), node, "terms", Optional.empty())
                : ValueJson.read(node, InterfaceType.ANY, "terms");
    }

    private Value payload(JsonNode node) {
        if (described.isPresent() && node.isObject() && node.size() == 1 && !node.has("literal")) {
            String name = node.fieldNames().next();
            Optional<Entry> entry = described.get().find(Kind.MESSAGE, name);
            if (entry.isEmpty()) {
                throw new IllegalArgumentException("message: none is called '" + name + "'");
            }
            return fields(entry.get(), node.get(name), "message." + name, Optional.of(name));
        }
        return ValueJson.read(node, InterfaceType.ANY, "message");
    }

    private static Value fields(Entry entry, JsonNode node, String place, Optional<String> tag) {
        List<Value> values = new ArrayList<>();
        tag.ifPresent(name -> values.add(Value.text(name)));
        for (Field field : entry.fields()) {
            String at = place + "." + field.name();
            JsonNode given = node.get(field.name());
            if (given == null) {
                throw new IllegalArgumentException(at + ": missing, " + field.type());
            }
            values.add(ValueJson.read(given, field.type(), at));
        }
        requireKnown(node, entry.fields().stream().map(Field::name).toList());
        return Value.tuple(values.toArray(Value[]::new));
    }

    private static Value number(JsonNode given, String name) {
        JsonNode node = given.get(name);
        return node == null
                ? Value.of(0)
                : ValueJson.read(node, new InterfaceType(InterfaceType.Kind.INT, List.of()), name);
    }

    private static JsonNode required(JsonNode given, String name) {
        JsonNode node = given.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return node;
    }

    private static void requireKnown(JsonNode given, List<String> names) {
        given.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!names.contains(name) && !names.contains(name.replace('-', '_'))) {
                                throw new IllegalArgumentException(
                                        "nothing is called '%s', known are %s"
                                                .formatted(ValueJson.shortened(name), names));
                            }
                        });
    }
}
