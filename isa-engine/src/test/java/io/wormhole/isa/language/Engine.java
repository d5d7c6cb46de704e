package io.wormhole.isa.language;

import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real engine of a language: runs many calls in one process and prints what they give. */
enum Engine {
    NODE(Language.JAVASCRIPT, "js", List.of("node")),
    PYTHON(Language.PYTHON, "py", List.of("python3")),
    ESCRIPT(Language.ERLANG, "erl", List.of("escript")),
    RSCRIPT(Language.R, "R", List.of("Rscript", "--vanilla"));

    private static final long TIMEOUT_SECONDS = 120;

    final Language language;
    final String ending;
    private final List<String> command;

    Engine(Language language, String ending, List<String> command) {
        this.language = language;
        this.ending = ending;
        this.command = command;
    }

    /** Whether this machine has it. */
    boolean isPresent() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, command.get(0)))) {
                return true;
            }
        }
        return false;
    }

    static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(Engine.class.getResourceAsStream("/language/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** What each call prints: a value in the notation of {@link #shown}, or {@code trap}. */
    List<String> run(Path folder, String source, List<String> calls)
            throws IOException, InterruptedException {
        Path script = folder.resolve("script." + ending);
        Files.writeString(script, script(source, calls));
        List<String> all = new ArrayList<>(command);
        all.add(script.toString());
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(all)
                        .redirectError(folder.resolve("errors").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " takes too long");
        }
        List<String> lines = Files.readAllLines(output);
        if (this == ESCRIPT && lines.size() > calls.size()) {
            // Warnings of the compiler stand before what the program prints.
            lines = lines.subList(lines.size() - calls.size(), lines.size());
        }
        if (lines.size() != calls.size()) {
            throw new AssertionError(
                    calls.size()
                            + " calls, but "
                            + this
                            + " printed\n"
                            + String.join("\n", lines)
                            + Files.readString(folder.resolve("errors")));
        }
        return lines;
    }

    private String script(String source, List<String> calls) {
        String prelude = resource("prelude." + ending);
        String all =
                calls.stream()
                        .map(call -> attempt(call))
                        .collect(Collectors.joining(this == ESCRIPT ? ",\n" : "\n"));
        if (this == ESCRIPT) {
            String plain = source.replaceAll("(?m)^-(module|export).*$", "");
            return "#!/usr/bin/env escript\n%%! -noinput\n-mode(compile).\n"
                    + "-compile([nowarn_unused_function, export_all, nowarn_export_all]).\n"
                    + "-compile([{no_auto_import, [{min, 2}, {max, 2}]}]).\n"
                    + plain
                    + "\n"
                    + prelude
                    + "\nmin(A, B) when A =< B -> A;\nmin(_, B) -> B.\n"
                    + "max(A, B) when A >= B -> A;\nmax(_, B) -> B.\n"
                    + "main(_) ->\n"
                    + all
                    + ".\n";
        }
        return prelude + "\n" + source + "\n" + all + "\n";
    }

    private String attempt(String call) {
        return switch (this) {
            case NODE -> "attempt(() => " + call + ");";
            case PYTHON -> "attempt(lambda: " + call + ")";
            case ESCRIPT -> "attempt(fun() -> " + call + " end)";
            case RSCRIPT -> "attempt(function() " + call + ")";
        };
    }

    /** {@code value} as this language writes it. */
    String literal(Value value) {
        if (value instanceof IntValue) {
            return value + (this == RSCRIPT ? "L" : "");
        } else if (value instanceof RealValue) {
            return value.toString();
        } else if (value instanceof BytesValue text) {
            String plain = new String(text.bytes().toArray(), StandardCharsets.UTF_8);
            return this == ESCRIPT ? "<<\"" + plain + "\">>" : "\"" + plain + "\"";
        } else if (value instanceof ListValue list) {
            String elements =
                    list.elements().stream().map(this::literal).collect(Collectors.joining(", "));
            return this == RSCRIPT ? "list(" + elements + ")" : "[" + elements + "]";
        }
        throw new IllegalArgumentException("no literal of " + value);
    }

    /** {@code value} as the engine's prelude prints it; JavaScript has no integers beside reals. */
    String shown(Value value) {
        if (value instanceof IntValue integer) {
            return this == NODE
                    ? shown(Value.real(integer.bigValue().doubleValue()))
                    : value.toString();
        } else if (value instanceof RealValue real) {
            // An integer of JavaScript may be -0.
            double number = this == NODE && real.value() == 0.0 ? 0.0 : real.value();
            return "r" + String.format("%016x", Double.doubleToLongBits(number));
        } else if (value instanceof BoolValue) {
            return value.toString();
        } else if (value instanceof BytesValue bytes) {
            return "#" + bytes.bytes().toHex();
        } else if (value instanceof ListValue list) {
            return "[" + all(list.elements()) + "]";
        } else if (value instanceof TupleValue tuple) {
            List<Value> fields = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                fields.add(tuple.get(i));
            }
            return "{" + all(fields) + "}";
        }
        List<String> entries = new ArrayList<>();
        ((MapValue) value).forEach((key, entry) -> entries.add(shown(key) + ":" + shown(entry)));
        return "%{" + String.join(" ", entries) + "}";
    }

    private String all(List<Value> values) {
        return values.stream().map(this::shown).collect(Collectors.joining(" "));
    }
}
