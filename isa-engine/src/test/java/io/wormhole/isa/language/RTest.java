package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RTest {
    private static String run(String source, String function, String arguments) {
        return Programs.call(Language.R, source, function, arguments);
    }

    private static String refused(String source) {
        return Programs.faults(Language.R, source);
    }

    @Test
    void integersDivideTowardsMinusInfinity() {
        String source = "f <- function(a, b) tuple(a %/% b, a %% b)";

        assertThat(run(source, "f", "-7, 2")).isEqualTo("{-4, 1}");
        assertThat(run(source, "f", "7, -3")).isEqualTo("{-3, -2}");
        assertThat(run(source, "f", "7, 0")).startsWith("trap DIVISION_BY_ZERO");
    }

    @Test
    void operatorsBindAsInR() {
        String source =
                """
                f <- function() tuple(-2L %% 3L, 2L * 3L %% 2L, 10L - 4L - 3L, 7L %/% 2L * 2L)
                g <- function() tuple(-2^2, 2^3^2, (-2)^2, 2^-1)
                h <- function() tuple(!1L == 2L, !TRUE || TRUE, !(TRUE || TRUE))
                """;

        assertThat(run(source, "f", "")).isEqualTo("{1, 2, 3, 6}");
        assertThat(run(source, "g", "")).isEqualTo("{-4.0, 512.0, 4.0, 0.5}");
        assertThat(run(source, "h", "")).isEqualTo("{true, true, false}");
    }

    @Test
    void positionsCountFromOne() {
        String source = "f <- function(xs, i) xs[[i]]\nt <- function(t) t[[1]]";

        assertThat(run(source, "f", "[7, 8], 1")).isEqualTo("7");
        assertThat(run(source, "f", "[7, 8], 2")).isEqualTo("8");
        assertThat(run(source, "f", "[7, 8], 0")).startsWith("trap OUT_OF_BOUNDS");
        assertThat(run(source, "f", "[7, 8], 3")).startsWith("trap OUT_OF_BOUNDS");
        assertThat(run(source, "t", "{5, 6}")).isEqualTo("5");
    }

    @Test
    void whatWouldBeDoneElementByElementIsRefused() {
        assertThat(refused("f <- function() c(1, 2) + 1")).contains("'+'");
        assertThat(refused("f <- function(xs) xs[1L]")).contains("xs[[i]]");
        assertThat(refused("f <- function() list(1L) == list(1L)")).contains("identical");
        assertThat(refused("f <- function() c(1L, 2L) * c(3L, 4L)")).contains("'*'");
        assertThat(refused("f <- function() TRUE + TRUE")).contains("boolean");
    }

    @Test
    void functionsSeeTheValuesOfTheirOwnCall() {
        String source =
                """
                f <- function() { x <- 1L; g <- function(x) x + 1L; g(10L) + x }
                h <- function() { x <- 1L; g <- function() { x <- 5L; x }; g() * 10L + x }
                k <- function(xs) lapply(lapply(xs, function(i) function() i), function(f) f())
                """;

        assertThat(run(source, "f", "")).isEqualTo("12");
        assertThat(run(source, "h", "")).isEqualTo("51");
        assertThat(run(source, "k", "[1, 2]")).isEqualTo("[1, 2]");
        assertThat(
                        refused(
                                "f <- function(xs) { fs <- list(); for (i in xs) fs <- append(fs,"
                                        + " list(function() i)); fs }"))
                .contains("i changes here");
    }

    @Test
    void loopVariableThatWouldChangeAnotherIsRefused() {
        assertThat(refused("f <- function(xs) { i <- 0L; for (i in xs) {}; i }"))
                .contains("a name of its own");
    }

    @Test
    void loopsBreakAndGoOn() {
        String source =
                """
                f <- function(xs) {
                  s <- 0L
                  for (i in xs) {
                    for (j in xs) {
                      if (j > i) break
                      if (j == 2L) next
                      s <- s + 10L * i + j
                    }
                  }
                  s
                }
                first <- function(xs) { for (x in xs) if (x > 1L) return(x); 9L }
                """;

        assertThat(run(source, "f", "[1, 2, 3]")).isEqualTo("96");
        assertThat(run(source, "first", "[1, 2, 3]")).isEqualTo("2");
        assertThat(run(source, "first", "[]")).isEqualTo("9");
    }

    @Test
    void switchFallsThroughEmptyCases() {
        String source = "f <- function(k) switch(k, a = 1L, b = , c = 3L, 9L)";

        assertThat(run(source, "f", "\"a\"")).isEqualTo("1");
        assertThat(run(source, "f", "\"b\"")).isEqualTo("3");
        assertThat(run(source, "f", "\"z\"")).isEqualTo("9");
    }

    @Test
    void whatIsOutsideIsRefusedWithWhatToWrite() {
        assertThat(refused("f <- function() 7L / 2L")).contains("%/%");
        assertThat(refused("f <- function() 1L + 1.5")).contains("2L an integer");
        assertThat(refused("f <- function() 5L == 5")).contains("one type");
        assertThat(refused("f <- function() \"a\" < \"B\"")).contains("'<'");
        assertThat(refused("f <- function() paste0(\"n\", 1L)")).contains("as.character");
        assertThat(refused("g <- function(a, b) a\nf <- function() g(b = 1L, a = 2L)"))
                .contains("in its place");
        assertThat(refused("f <- function() 1.5:3")).contains("an integer here");
        assertThat(refused("f <- function() T")).contains("TRUE");
    }
}
