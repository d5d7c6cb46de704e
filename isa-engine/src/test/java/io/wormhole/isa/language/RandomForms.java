package io.wormhole.isa.language;

import java.util.Locale;
import java.util.Random;

/** Random expressions of Erlang in sequence: patterns, guards, folds, comprehensions, funs. */
final class RandomForms {
    private final Random random;
    private final RandomSource source;

    RandomForms(Random random, RandomSource source) {
        this.random = random;
        this.source = source;
    }

    String body() {
        StringBuilder all = new StringBuilder();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            all.append("    ").append(form()).append(",\n");
        }
        return all.toString();
    }

    private String small() {
        return source.bounded(source.integer(3, Engine.ESCRIPT), Engine.ESCRIPT);
    }

    private String known(String name) {
        source.names().add(name);
        return name.toUpperCase(Locale.ROOT);
    }

    /** A value in which {@code name} stands for something. */
    private String with(String name) {
        source.names().add(name);
        String value = small();
        source.names().remove(name);
        return value;
    }

    /** A list that is sorted in one of several ways and folded, so that its order counts. */
    private String sorted(String one, String upper, String x, String y) {
        String list = String.format("[%s, %s, %s]", x, y, small());
        String order =
                switch (random.nextInt(3)) {
                    case 0 -> "lists:sort(" + list + ")";
                    case 1 ->
                            String.format(
                                    "lists:sort(fun(A_, B_) -> A_ rem 5 >= B_ rem 5 end, %s)",
                                    list);
                    default ->
                            String.format(
                                    "[V_ || {_, V_} <- lists:keysort(1, [{W_ rem 3, W_} || W_ <-"
                                            + " %s])]",
                                    list);
                };
        String folded =
                String.format(
                        "(fun(%1$s) -> lists:foldl(fun(E_, S_) -> S_ * 3 + E_ end, 1, %1$s)"
                                + " end)(%2$s)",
                        upper, order);
        return String.format("%s = %s rem 9973", known(one), folded);
    }

    private String form() {
        String one = source.fresh();
        String two = source.fresh();
        String upper = two.toUpperCase(Locale.ROOT);
        String x = small();
        String y = small();
        return switch (random.nextInt(9)) {
            case 0 -> String.format("{%s, [%s | _]} = {%s, [%s, 0]}", known(one), known(two), x, y);
            case 1 ->
                    String.format(
                            "#{k := %s, l := {%s, _}} = #{l => {%s, 1}, k => %s, m => 2}",
                            known(one), known(two), x, y);
            case 2 -> {
                String inside = with(two);
                yield String.format(
                        "%1$s = case {%3$s rem 3, %4$s} of {0, %2$s} when %2$s > 4; %2$s < -4 ->"
                                + " %5$s; {%2$s, %2$s} -> %5$s; {_, %2$s} -> %5$s end",
                        known(one), upper, x, y, inside);
            }
            case 3 -> {
                String inside = with(two);
                String pair = source.fresh();
                String both = pair.toUpperCase(Locale.ROOT);
                String fold =
                        String.format(
                                "%1$s = lists:foldl(fun(%2$s, {S, N}) when %2$s rem 2 =:= 0 ->"
                                        + " {(S + %5$s) rem 9973, N + 1}; (_, Other) -> Other"
                                        + " end, {%3$s, %4$s}, lists:seq(1, 5))",
                                both, upper, x, y, inside);
                yield fold + ",\n    " + String.format("{%s, _} = %s", known(one), both);
            }
            case 4 -> {
                String inside = with(two);
                yield String.format(
                        "%1$s = lists:sum([%5$s || {%2$s, odd} <- [{%3$s, odd}, {1, even}, {%4$s,"
                                + " odd}], %2$s > -9, _ <- [1, 2]]) rem 9973",
                        known(one), upper, x, y, inside);
            }
            case 5 -> {
                String inside = with(two);
                String fun = source.fresh().toUpperCase(Locale.ROOT);
                yield String.format("%3$s = fun(%1$s) -> %2$s end", upper, inside, fun)
                        + String.format(",\n    %s = %s(%s) rem 9973", known(one), fun, x);
            }
            case 6 -> sorted(one, upper, x, y);
            case 7 ->
                    String.format("%s = %s,\n    %s = %s,\n    ", upper, x, known(one), y)
                            + String.format(
                                    "%3$s = if %1$s > 3, %2$s < 9; %2$s =:= 4 -> %2$s; %1$s < 0 ->"
                                            + " 5; true -> %1$s end",
                                    upper, one.toUpperCase(Locale.ROOT), known(source.fresh()));
            default -> String.format("%s = %s", known(one), x);
        };
    }
}
