package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ErlangTest {
    private static String run(String source, String function, String arguments) {
        return Programs.call(Language.ERLANG, source, function, arguments);
    }

    private static String refused(String source) {
        return Programs.faults(Language.ERLANG, source);
    }

    @Test
    void divisionRoundsTowardsZero() {
        String source = "f(A, B) -> {A div B, A rem B}.";

        assertThat(run(source, "f", "-7, 2")).isEqualTo("{-3, -1}");
        assertThat(run(source, "f", "7, -3")).isEqualTo("{-2, 1}");
        assertThat(run(source, "f", "7, 0")).startsWith("trap DIVISION_BY_ZERO");
    }

    @Test
    void shiftsBindAsSumsDo() {
        String source = "f() -> {1 + 2 bsl 1, 1 bsl 2 + 3, 5 band 3 + 1, -5 bsr 1, 2 * 3 rem 4}.";

        assertThat(run(source, "f", "")).isEqualTo("{6, 7, 2, -3, 2}");
    }

    @Test
    void clausesAreTriedInOrderWithPatternsAndGuards() {
        String source =
                """
                f({ok, [H | _]}) when H > 5, H < 10; H =:= 0 -> H;
                f({ok, [_, {deep, X} | T]}) -> X + length(T);
                f(#{<<"n">> := N}) when N rem 2 =:= 1 -> -N;
                f(_) -> none.
                """;

        assertThat(run(source, "f", "{\"ok\", [6]}")).isEqualTo("6");
        assertThat(run(source, "f", "{\"ok\", [0, 1]}")).isEqualTo("0");
        assertThat(run(source, "f", "{\"ok\", [11, {\"deep\", 3}, 1, 1]}")).isEqualTo("5");
        assertThat(run(source, "f", "%{\"n\": 7}")).isEqualTo("-7");
        assertThat(run(source, "f", "%{\"n\": 8}")).isEqualTo("\"none\"");
    }

    @Test
    void namesAreBoundOnceAndShadowedByFunctionsAndComprehensions() {
        String source =
                """
                f() -> X = 1, F = fun(X) -> X + 1 end, F(5) + X.
                g() -> X = 1, [X || X <- [5, 6]] ++ [X].
                h(Y) -> X = 5, case Y of X -> same; _ -> other end.
                """;

        assertThat(run(source, "f", "")).isEqualTo("7");
        assertThat(run(source, "g", "")).isEqualTo("[5, 6, 1]");
        assertThat(run(source, "h", "5")).isEqualTo("\"same\"");
        assertThat(run(source, "h", "6")).isEqualTo("\"other\"");
    }

    @Test
    void comprehensionsTakeWhatMatches() {
        String source =
                """
                f(L) -> [X || {ok, X} <- L].
                g(L) -> [{X, Y} || X <- L, Y <- L, X < Y, X + Y =/= 4].
                """;

        assertThat(run(source, "f", "[{\"ok\", 1}, {\"no\", 2}, {\"ok\", 3}]")).isEqualTo("[1, 3]");
        assertThat(run(source, "g", "[1, 2, 3]")).isEqualTo("[{1, 2}, {2, 3}]");
    }

    @Test
    void foldsGoLeftAndRight() {
        String source =
                """
                l(L) -> lists:foldl(fun(X, A) -> X - A end, 0, L).
                r(L) -> lists:foldr(fun(X, A) -> X - A end, 0, L).
                """;

        assertThat(run(source, "l", "[1, 2, 3]")).isEqualTo("2");
        assertThat(run(source, "r", "[1, 2, 3]")).isEqualTo("2");
    }

    @Test
    void guardThatMayFailIsRefusedBecauseErlangWouldPassItOver() {
        assertThat(refused("f(L) when hd(L) > 1 -> yes; f(_) -> no."))
                .contains("test:1:11")
                .contains("by a pattern");
        assertThat(refused("f(X) when 10 div X > 1 -> yes; f(_) -> no."))
                .contains("divide by zero");
        assertThat(refused("f(T) when element(2, T) > 1 -> yes; f(_) -> no.")).contains("pattern");
        assertThat(refused("g(X) -> X > 1. f(X) when g(X) -> yes; f(_) -> no."))
                .contains("a guard calls no function");
        assertThat(refused("f(X) -> if X rem 0 > 1 -> yes; true -> no end."))
                .contains("divide by zero");
        assertThat(run("f(X) when (X > 1) andalso (X rem 2 =:= 0) -> yes; f(_) -> no.", "f", "4"))
                .isEqualTo("\"yes\"");
    }

    @Test
    void zeroIsZeroInEveryNotation() {
        for (String zero : List.of("16#0", "36#00", "0", "0_0", "0.0", "0.0e5")) {
            String operator = zero.contains(".") ? "/" : "div";
            assertThat(refused("f(X) when X %s %s > 1 -> yes.".formatted(operator, zero)))
                    .contains("divide by zero");
        }
        assertThat(run("f(X) when X div 16#a0 =:= 2 -> yes; f(_) -> no.", "f", "320"))
                .isEqualTo("\"yes\"");
    }

    @Test
    void guardCallsNeitherAFunctionOfAValueNorOneOfAModule() {
        for (String call : List.of("F(X)", "(F)(X)", "lists:max(X)", "not lists:member(F, X)")) {
            assertThat(refused("f(F, X) when %s -> yes; f(_, _) -> no.".formatted(call)))
                    .contains("a guard calls no function");
            assertThat(refused("f(F, X) -> if %s -> yes; true -> no end.".formatted(call)))
                    .contains("a guard calls no function");
        }
    }

    @Test
    void nothingThatMatchesIsAnError() {
        assertThat(run("f(X) -> if X > 1 -> a; X < 0 -> b end.", "f", "1"))
                .startsWith("trap FAILED");
        assertThat(run("f(X) -> case X of {a, B} -> B end.", "f", "{\"b\", 1}"))
                .startsWith("trap FAILED");
        assertThat(run("f(L) -> lists:nth(3, L).", "f", "[7, 8]")).startsWith("trap OUT_OF_BOUNDS");
    }

    @Test
    void binariesAreMadeOfParts() {
        String source = "f(N, B) -> <<1, N:16, B/binary, \"ab\">>. g(B) -> binary:at(B, 1).";

        assertThat(run(source, "f", "300, #ff")).isEqualTo("#01012cff6162");
        assertThat(run(source, "f", "70000, #ff")).startsWith("trap OUT_OF_RANGE");
        assertThat(run(source, "g", "\"abc\"")).isEqualTo("98");
    }

    @Test
    void whatIsOutsideIsRefusedWithWhatToWrite() {
        assertThat(refused("f() -> 1 / 2.")).contains("div");
        assertThat(refused("f() -> {2} < {1, 1}.")).contains("'<'");
        assertThat(refused("f(M) -> M#{a := 2}.")).contains("maps:is_key");
        assertThat(refused("f() -> <<5:16/little>>.")).contains("whole bytes");
        assertThat(refused("f() -> A = B = 3, A + B.")).contains("write it before");
        assertThat(refused("f() -> lists:sort([{3}, {1}]).")).contains("lists:keysort");
    }

    @Test
    void aNameThatStandsTwiceInAPatternIsOneValue() {
        String source =
                "f(X, X) -> same; f({X, [X | T]}, _) -> T; f(_, _) -> other.\n"
                        + "g(L) -> [X || {X, X} <- L].";

        assertThat(run(source, "f", "[1], [1]")).isEqualTo("\"same\"");
        assertThat(run(source, "f", "{1, [1, 2]}, 0")).isEqualTo("[2]");
        assertThat(run(source, "f", "{1, [2, 2]}, 0")).isEqualTo("\"other\"");
        assertThat(run(source, "g", "[{1, 1}, {1, 2}]")).isEqualTo("[1]");
    }
}
