package io.wormhole.isa.language.erlang;

import java.util.Map;
import org.antlr.v4.runtime.Token;

/** What to write instead of what Erlang has and the subset has not. */
final class ErlangAdvice {
    private static final String WALK = "fold over lists:sort(maps:to_list(M))";

    private static final Map<String, String> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("lists:flatten", "join the lists with ++, or fold with it"),
                    Map.entry("lists:filtermap", "write [f(X) || X <- L, condition]"),
                    Map.entry("lists:foreach", "write lists:foldl: there is no output"),
                    Map.entry("lists:delete", "write [X || X <- L, X =/= Y]"),
                    Map.entry("maps:keys", "write lists:sort(maps:keys(M))"),
                    Map.entry("maps:to_list", "write lists:sort(maps:to_list(M))"),
                    Map.entry("maps:values", "write [V || {_, V} <- lists:sort(maps:to_list(M))]"),
                    Map.entry("maps:fold", WALK),
                    Map.entry("maps:map", WALK),
                    Map.entry("maps:filter", WALK),
                    Map.entry("maps:from_list", "write lists:foldl with M#{K => V}"),
                    Map.entry("maps:update", "write maps:put"),
                    Map.entry("maps:find", "write maps:get(K, M, Other), or maps:is_key"));

    private ErlangAdvice() {}

    /** Instead of a function of a module. */
    static String insteadOf(String function) {
        return FUNCTIONS.getOrDefault(function, "write a function of this file");
    }

    /** At a word or sign that cannot stand where it does. */
    static String at(Token token) {
        String text = token.getText();
        return switch (text) {
            case "||" ->
                    "a comprehension makes a list: [X || X <- L]; fold it into a map or binary";
            case ":" -> "write fun(X) -> lists:reverse(X) end";
            default ->
                    !text.isEmpty() && Character.isUpperCase(text.charAt(0))
                            ? "a fun has no name: write a function of this file, and fun name/arity"
                            : "";
        };
    }
}
