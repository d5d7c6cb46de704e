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
    void aPlaceIsOneOfAListOrOfATuple() {
        String source = "f <- function(x) x[[2]] + 1L\n";
        assertThat(run(source, "f", "[5, 6]")).isEqualTo("7");
        assertThat(run(source, "f", "{5, 6}")).isEqualTo("7");
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
        assertThat(refused("f <- function() paste0(\"n\", 1.5)")).contains("texts and integers");
        assertThat(refused("g <- function(a, b) a\nf <- function() g(b = 1L, c = 2L)"))
                .contains("no argument called c");
        assertThat(refused("f <- function() 1.5:3")).contains("an integer here");
        assertThat(refused("f <- function() T")).contains("TRUE");
    }

    @Test
    void valuesAreMadeByLinesThatChangeVariables() {
        String source =
                """
                f <- function(n) {
                  y <- 0L
                  x <- if (n > 0L) { y <- n; y + 1L } else { 2L }
                  z <- switch(if (n > 1L) "b" else "a", a = { y <- y * 10L; y }, b = , c = 7L)
                  switch("k", k = { y <- y + 1L }, l = { y <- 0L })
                  v <- { w <- x + z; w * 2L }
                  tuple(x, y, z, v, w)
                }
                g <- function() { a <- b <- 3L; a <- a + 1L; tuple(a, b) }
                """;

        assertThat(run(source, "f", "0")).isEqualTo("{2, 1, 0, 4, 2}");
        assertThat(run(source, "f", "1")).isEqualTo("{2, 11, 10, 24, 12}");
        assertThat(run(source, "f", "2")).isEqualTo("{3, 3, 7, 20, 10}");
        assertThat(run(source, "g", "")).isEqualTo("{4, 3}");
        assertThat(refused("f <- function(n) { y <- paste0(\"a\", { n <- 2L; \"b\" }); n }"))
                .contains("test:1:39: 'n <- 2L")
                .contains("write it on a line before");
        assertThat(refused("f <- function() list(a = 1L, a = 2L)")).contains("two parts");
        assertThat(refused("f <- function() switch(2L, 5L, 6L)")).contains("by number");
    }

    @Test
    void whileAndRepeatGoOnUntilBreak() {
        String source =
                """
                f <- function(n) {
                  i <- 0L
                  s <- 0L
                  while (i < n) { i <- i + 1L; if (i %% 2L == 0L) next; if (i == 7L) break; s <- s + i }
                  repeat { s <- s + 1L; if (s > 20L) break }
                  tuple(i, s)
                }
                """;

        assertThat(run(source, "f", "4")).isEqualTo("{4, 21}");
        assertThat(run(source, "f", "90")).isEqualTo("{7, 21}");
    }
}
