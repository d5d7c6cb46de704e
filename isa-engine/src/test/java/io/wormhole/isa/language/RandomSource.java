package io.wormhole.isa.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random functions of three integers, written as each language writes them. */
final class RandomSource {
    private static final int DEPTH = 5;

    private final Random random;
    private final List<String> names = new ArrayList<>(List.of("a", "b", "c"));
    private int lets;

    RandomSource(Random random) {
        this.random = random;
    }

    /** The names that expressions may use. */
    List<String> names() {
        return names;
    }

    /** A name that nothing has yet. */
    String fresh() {
        return "v" + ++lets;
    }

    /** A function called {@code name}: some named values or steps, and what to return. */
    String function(String name, Engine engine) {
        StringBuilder body = new StringBuilder();
        if (random.nextInt(3) > 0) {
            body.append(
                    engine == Engine.ESCRIPT
                            ? new RandomForms(random, this).body()
                            : new RandomSteps(random, this, engine).body());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String value = integer(DEPTH, engine);
            body.append(bind("v" + ++lets, value, engine));
            names.add("v" + lets);
        }
        String result = integer(DEPTH, engine);
        String parameters = variable("a", engine) + ", " + variable("b", engine) + ", ";
        String head = name + "(" + parameters + variable("c", engine) + ")";
        return switch (engine) {
            case NODE -> "function " + head + " {\n" + body + "  return " + result + ";\n}";
            case PYTHON -> "def " + head + ":\n" + body + "    return " + result + "\n";
            case ESCRIPT -> head + " ->\n" + body + "    " + result + ".";
            case RSCRIPT -> name + " <- function(a, b, c) {\n" + body + "  " + result + "\n}";
        };
    }

    private static String variable(String name, Engine engine) {
        return engine == Engine.ESCRIPT ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static String bind(String name, String value, Engine engine) {
        return switch (engine) {
            case NODE -> "  const " + name + " = " + value + ";\n";
            case PYTHON -> "    " + name + " = " + value + "\n";
            case ESCRIPT -> "    " + variable(name, engine) + " = " + value + ",\n";
            case RSCRIPT -> "  " + name + " <- " + value + "\n";
        };
    }

    /** Products stay small: their remainder by a small number is taken at once. */
    String integer(int depth, Engine engine) {
        int pick = random.nextInt(depth == 0 ? 2 : 8);
        String suffix = engine == Engine.RSCRIPT ? "L" : "";
        return switch (pick) {
            case 0 -> random.nextInt(20) + suffix;
            case 1 -> variable(names.get(random.nextInt(names.size())), engine);
            case 2 -> "(" + integer(depth - 1, engine) + " + " + integer(depth - 1, engine) + ")";
            case 3 -> "(" + integer(depth - 1, engine) + " - " + integer(depth - 1, engine) + ")";
            case 4 -> {
                String product = integer(depth - 1, engine) + " * " + integer(depth - 1, engine);
                yield remainder("(" + product + ")", 97 + suffix, engine);
            }
            case 5 -> remainder(integer(depth - 1, engine), integer(depth - 1, engine), engine);
            case 6 -> quotient(integer(depth - 1, engine), integer(depth - 1, engine), engine);
            default ->
                    choice(
                            condition(depth - 1, engine),
                            integer(depth - 1, engine),
                            integer(depth - 1, engine),
                            engine);
        };
    }

    /** A divisor of zero fails in the machine; only some languages say so: it is never zero. */
    private static String nonZero(String divisor, Engine engine) {
        if (divisor.matches("[1-9][0-9]*L?")) {
            return divisor;
        }
        return switch (engine) {
            case NODE -> "(" + divisor + " === 0 ? 7 : " + divisor + ")";
            case PYTHON -> "(7 if " + divisor + " == 0 else " + divisor + ")";
            case ESCRIPT -> "(case " + divisor + " of 0 -> 7; _ -> " + divisor + " end)";
            case RSCRIPT -> "(if (" + divisor + " == 0L) 7L else " + divisor + ")";
        };
    }

    private static String remainder(String left, String right, Engine engine) {
        String operator =
                switch (engine) {
                    case ESCRIPT -> " rem ";
                    case RSCRIPT -> " %% ";
                    default -> " % ";
                };
        return "(" + left + operator + nonZero(right, engine) + ")";
    }

    /** What a small number leaves of {@code value}. */
    String bounded(String value, Engine engine) {
        return remainder(value, 9973 + (engine == Engine.RSCRIPT ? "L" : ""), engine);
    }

    private static String quotient(String left, String right, Engine engine) {
        String divisor = nonZero(right, engine);
        return switch (engine) {
            case NODE -> "Math.trunc(" + left + " / " + divisor + ")";
            case PYTHON -> "(" + left + " // " + divisor + ")";
            case ESCRIPT -> "(" + left + " div " + divisor + ")";
            case RSCRIPT -> "(" + left + " %/% " + divisor + ")";
        };
    }

    private static String choice(String condition, String then, String otherwise, Engine engine) {
        return switch (engine) {
            case NODE -> "(" + condition + " ? " + then + " : " + otherwise + ")";
            case PYTHON -> "(" + then + " if " + condition + " else " + otherwise + ")";
            case ESCRIPT ->
                    "(case "
                            + condition
                            + " of true -> "
                            + then
                            + "; false -> "
                            + otherwise
                            + " end)";
            case RSCRIPT -> "(if (" + condition + ") " + then + " else " + otherwise + ")";
        };
    }

    String condition(int depth, Engine engine) {
        int pick = random.nextInt(depth <= 0 ? 3 : 6);
        if (pick < 3) {
            List<String> operators =
                    switch (engine) {
                        case NODE -> List.of("<", "<=", "===");
                        case ESCRIPT -> List.of("<", "=<", "=:=");
                        default -> List.of("<", "<=", "==");
                    };
            int inner = Math.max(0, depth - 2);
            String left = integer(inner, engine);
            return "(" + left + " " + operators.get(pick) + " " + integer(inner, engine) + ")";
        }
        List<String> words =
                switch (engine) {
                    case PYTHON -> List.of("not ", " and ", " or ");
                    case ESCRIPT -> List.of("not ", " andalso ", " orelse ");
                    default -> List.of("!", " && ", " || ");
                };
        if (pick == 3) {
            return "(" + words.get(0) + condition(depth - 1, engine) + ")";
        }
        String left = condition(depth - 1, engine);
        return "(" + left + words.get(pick - 3) + condition(depth - 1, engine) + ")";
    }
}
