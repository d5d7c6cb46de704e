package io.wormhole.isa.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random steps of JavaScript, Python and R: loops, branches that give names, names that hide others
 * in inner blocks, values taken apart, local functions.
 */
final class RandomSteps {
    private static final int DEEPEST = 2;

    private final Random random;
    private final RandomSource source;
    private final Engine engine;
    private final StringBuilder text = new StringBuilder();

    /** Variables that steps may change. */
    private final List<String> variables = new ArrayList<>();

    /** Names that local functions may use: what they mean never changes. */
    private final List<String> constants = new ArrayList<>(List.of("a", "b", "c"));

    private int loops;

    RandomSteps(Random random, RandomSource source, Engine engine) {
        this.random = random;
        this.source = source;
        this.engine = engine;
    }

    String body() {
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            step(0);
        }
        return text.toString();
    }

    private void line(int depth, String js, String python, String r) {
        String all = engine == Engine.NODE ? js : engine == Engine.PYTHON ? python : r;
        if (!all.isEmpty()) {
            text.append("    ".repeat(depth + 1)).append(all).append('\n');
        }
    }

    private void end(int depth) {
        line(depth, "}", "", "}");
    }

    /** Steps in braces, whose names are not known behind them. */
    private void block(int depth) {
        int names = source.names().size();
        int changed = variables.size();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            step(depth + 1);
        }
        forget(names, changed);
    }

    private void forget(int names, int changed) {
        source.names().subList(names, source.names().size()).clear();
        variables.subList(changed, variables.size()).clear();
    }

    private void step(int depth) {
        int pick = random.nextInt(depth < DEEPEST ? 13 : 3);
        switch (pick) {
            case 0 -> declare(depth);
            case 1, 2 -> change(depth);
            case 3 -> choose(depth);
            case 4 -> givenInBranches(depth);
            case 5 -> count(depth);
            case 6 -> asLongAs(depth);
            case 7 -> takeApart(depth);
            case 8 -> localFunction(depth);
            case 9 -> hide(depth);
            case 10 -> leave(depth);
            case 11 -> list(depth);
            default -> select(depth);
        }
    }

    /** An integer that stays small however often a loop computes it. */
    private String small() {
        return source.bounded(source.integer(3, engine), engine);
    }

    private String condition() {
        return source.condition(1, engine);
    }

    private String number(int value) {
        return value + (engine == Engine.RSCRIPT ? "L" : "");
    }

    private void declare(int depth) {
        String name = source.fresh();
        String value = small();
        set(depth, "let ", name, value);
        know(name);
    }

    private void know(String name) {
        source.names().add(name);
        variables.add(name);
    }

    private void set(int depth, String declares, String name, String value) {
        line(
                depth,
                declares + name + " = " + value + ";",
                name + " = " + value,
                name + " <- " + value);
    }

    private void change(int depth) {
        if (variables.isEmpty()) {
            declare(depth);
        } else {
            set(depth, "", variables.get(random.nextInt(variables.size())), small());
        }
    }

    private void choose(int depth) {
        String condition = condition();
        line(
                depth,
                "if (" + condition + ") {",
                "if " + condition + ":",
                "if (" + condition + ") {");
        block(depth);
        if (random.nextBoolean()) {
            line(depth, "} else {", "else:", "} else {");
            block(depth);
        }
        end(depth);
    }

    private void givenInBranches(int depth) {
        String name = source.fresh();
        String condition = condition();
        line(depth, "let " + name + ";", "", "");
        line(
                depth,
                "if (" + condition + ") {",
                "if " + condition + ":",
                "if (" + condition + ") {");
        set(depth + 1, "", name, small());
        line(depth, "} else {", "else:", "} else {");
        block(depth);
        set(depth + 1, "", name, small());
        end(depth);
        know(name);
    }

    private void count(int depth) {
        String name = source.fresh();
        String last = number(1 + random.nextInt(5));
        String js =
                random.nextBoolean()
                        ? "for (let "
                                + name
                                + " = 0; "
                                + name
                                + " < "
                                + last
                                + "; "
                                + name
                                + "++) {"
                        : "for (const " + name + " of range(" + last + ")) {";
        String r = "for (" + name + " in seq_len(" + last + ")) {";
        line(depth, js, "for " + name + " in range(" + last + "):", r);
        round(depth, name);
    }

    private void round(int depth, String name) {
        int names = source.names().size();
        int changed = variables.size();
        source.names().add(name);
        loops++;
        step(depth + 1);
        if (random.nextInt(3) == 0) {
            String condition = condition();
            boolean leaves = random.nextBoolean();
            String word = leaves ? "break" : "continue";
            String r = "if (" + condition + ") " + (leaves ? "break" : "next");
            String js = "if (" + condition + ") " + word + ";";
            line(depth + 1, js, "if " + condition + ": " + word, r);
        }
        step(depth + 1);
        loops--;
        forget(names, changed);
        end(depth);
    }

    private void asLongAs(int depth) {
        String name = source.fresh();
        set(depth, "let ", name, number(1 + random.nextInt(4)));
        String condition = name + " > " + number(0);
        line(
                depth,
                "while (" + condition + ") {",
                "while " + condition + ":",
                "while (" + condition + ") {");
        set(depth + 1, "", name, name + " - " + number(1));
        round(depth, name);
        source.names().add(name);
    }

    private void takeApart(int depth) {
        String one = source.fresh();
        String two = source.fresh();
        String three = source.fresh();
        String x = small();
        String y = small();
        String z = small();
        String js =
                random.nextBoolean()
                        ? "let [%1$s, [%2$s, %3$s]] = [%4$s, [%5$s, %6$s]];"
                        : "let { p: %1$s, q: { r: %2$s }, s: %3$s = %6$s } ="
                                + " { p: %4$s, q: { r: %5$s } };";
        String python =
                random.nextBoolean()
                        ? "%1$s, (%2$s, %3$s) = %4$s, (%5$s, %6$s)"
                        : "[%1$s, *_, %2$s], %3$s = [%4$s, 0, %5$s], %6$s";
        Object[] all = {one, two, three, x, y, z};
        line(
                depth,
                String.format(js, all),
                String.format(python, all),
                String.format("%1$s <- %4$s; %2$s <- %5$s; %3$s <- %6$s", all));
        List.of(one, two, three).forEach(this::know);
    }

    /** A function of what never changes, its parameter perhaps called like something outside. */
    private void localFunction(int depth) {
        String name = source.fresh();
        String parameter = random.nextBoolean() ? source.fresh() : "b";
        List<String> outside = new ArrayList<>(source.names());
        source.names().clear();
        source.names().addAll(constants);
        source.names().add(parameter);
        String first = small();
        String result = source.integer(2, engine);
        source.names().clear();
        source.names().addAll(outside);
        String js = "const " + name + " = (" + parameter + ") => {";
        String r = name + " <- function(" + parameter + ") {";
        line(depth, js, "def " + name + "(" + parameter + "):", r);
        set(depth + 1, "", parameter, first);
        line(depth + 1, "return " + result + ";", "return " + result, result);
        end(depth);
        String given = source.fresh();
        set(depth, "let ", given, source.bounded(name + "(" + small() + ")", engine));
        know(given);
    }

    /** A block with a name that means something else outside; only JavaScript has such. */
    private void hide(int depth) {
        if (engine != Engine.NODE || variables.isEmpty()) {
            change(depth);
            return;
        }
        String hidden = variables.get(random.nextInt(variables.size()));
        String value = small();
        line(depth, "{", "", "");
        if (!value.matches(".*\\b" + hidden + "\\b.*")) {
            set(depth + 1, "let ", hidden, value);
        }
        block(depth);
        end(depth);
    }

    private void leave(int depth) {
        String condition = condition();
        String value = source.integer(2, engine);
        line(
                depth,
                "if (" + condition + ") { return " + value + "; }",
                "if " + condition + ": return " + value,
                "if (" + condition + ") return(" + value + ")");
        if (loops == 0 && depth == 0) {
            String name = source.fresh();
            String constant = small();
            set(depth, "const ", name, constant);
            source.names().add(name);
            constants.add(name);
        }
    }

    /** A list that is sorted, cut and folded, with the positions of its elements. */
    private void list(int depth) {
        String name = source.fresh();
        String list = small() + ", " + small() + ", " + small() + ", " + small();
        int from = random.nextInt(9) - 4;
        int to = random.nextInt(9) - 4;
        String key = random.nextBoolean() ? "%s %% 5" : "%s";
        String compare = String.format(key, "p") + " - " + String.format(key, "q");
        String js =
                String.format(
                        "let %s = [%s].toSorted((p, q) => %s).slice(%d, %d)"
                                + ".reduce((s, x, i) => s + x * (i + 2), 1);",
                        name, list, compare, from, to);
        String python =
                String.format(
                        "%s = sum([x * (i + 2) for i, x in enumerate(sorted([%s], key=lambda p:"
                                + " %s, reverse=%s)[%d:%d])])",
                        name,
                        list,
                        String.format(key, "p"),
                        random.nextBoolean() ? "True" : "False",
                        from,
                        to);
        String r =
                String.format(
                        "%s <- Reduce(function(s, x) s + x, %s(as.list(sort(unlist(list(%s)),"
                                + " decreasing = %s)), %dL), 1L)",
                        name,
                        random.nextBoolean() ? "head" : "tail",
                        list,
                        random.nextBoolean() ? "TRUE" : "FALSE",
                        from);
        line(depth, js, python, r);
        know(name);
    }

    private void select(int depth) {
        String name = source.fresh();
        String subject = source.integer(1, engine);
        String one = small();
        String two = small();
        String other = small();
        switch (engine) {
            case NODE -> {
                line(depth, "let " + name + ";", "", "");
                String cases =
                        String.format(
                                "switch (%2$s) { case 1: %1$s = %3$s; break; case 2: case 3:"
                                        + " { %1$s = %4$s; break; } default: %1$s = %5$s; }",
                                name, subject, one, two, other);
                line(depth, cases, "", "");
            }
            case PYTHON -> {
                line(depth, "", "match (" + subject + ", " + one + "):", "");
                line(depth + 1, "", "case (1, _): " + name + " = " + two, "");
                line(depth + 1, "", "case (2 | 3, " + name + "_) if " + name + "_ > 4:", "");
                line(depth + 2, "", name + " = " + name + "_ + 1", "");
                line(depth + 1, "", "case _: " + name + " = " + other, "");
            }
            default -> {
                String cases =
                        String.format(
                                "%1$s <- switch(if (%2$s > 1L) \"x\" else \"y\", x = { %1$s <- %3$s;"
                                        + " %1$s + 1L }, y = %4$s, %5$s)",
                                name, subject, one, two, other);
                line(depth, "", "", cases);
            }
        }
        know(name);
    }
}
