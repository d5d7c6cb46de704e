# Corners of the language: each function takes nothing, and gives what the engine gives.

t1 <- function() tuple(-7L %/% 2L, -7L %% 2L, 7L %% -3L, -7L %% -3L, 7L %/% -3L)

t2 <- function() tuple(-2L %% 3L, 2L * 3L %% 2L, 10L - 4L - 3L, 7L %/% 2L * 2L)

t3 <- function() tuple(-2^2, 2^3^2, (-2)^2, 2^-1)

t7 <- function() lapply(lapply(list(1L, 2L), function(i) function() i), function(f) f())

t8 <- function() { x <- 1L; f <- function(x) x + 1L; f(10L) + x }

t9 <- function() { x <- 1L; f <- function() { x <- 5L; x }; f() * 10L + x }

t10 <- function() { s <- 0L; for (i in list(1L, 2L, 3L)) { for (j in list(1L, 2L, 3L)) { if (j > i) break; if (j == 2L) next; s <- s + 10L * i + j } }; s }

t11 <- function() switch("b", a = 1L, b = , c = 3L, 9L)

t12 <- function() switch("z", a = 1L, 9L)

t16 <- function() list(1L, 2L)[[3L]]

t17 <- function() list(1L, 2L)[[2L]]

t18 <- function() tuple(2L %in% list(1L, 2L), identical(list(1L), list(1L)), identical(1L, 1))

t19 <- function() Reduce(function(a, b) a - b, list(1L, 2L, 3L), 10L)

t20 <- function() Filter(function(x) x > 1L, list(1L, 2L, 3L))

t21 <- function() paste0("a", "b", as.character(12L))

t22 <- function() as.character(100000L)

t23 <- function() as.character(123456L)

t28 <- function() tuple(length(list(1L, 2L)), nchar("é", "bytes"))

t30 <- function() !1L == 2L

t31 <- function() tuple(!TRUE || TRUE, !(TRUE || TRUE), TRUE && !FALSE)

t32 <- function() tuple(0.1 + 0.2, 5e-324, 1e308 * 10, 1e16, 123456789.125 / 3)

t38 <- function() { x <- if (1L > 2L) 5L else 6L; x }

t39 <- function() { f <- function(n) if (n == 0L) 0L else n + f(n - 1L); f(10L) }

t40 <- function() { f <- \(x) \(y) x * 10L + y; f(3L)(4L) }

t41 <- function() list(1L, 2L, 3L) |> lapply(\(x) x * 2L)

t42 <- function() { m <- list(b = 1L, a = 2L); m$a * 10L + m[["b"]] }

t43 <- function() { m <- list(b = 1L); m$z }

t44 <- function() tuple(max(1L, 2L, 3L), min(2.5, 1.5))

t45 <- function() { x <- 1L; if (x == 1L) { x <- 2L } else { x <- 3L }; x }

t47 <- function() append(list(1L), list(2L, 3L))

t48 <- function() 7 / 2

t56 <- function() { for (x in list(1L, 2L, 3L)) if (x == 2L) return(x); 9L }

t57 <- function() { g <- function(x) { if (x > 1L) return(5L); 6L }; g(1L) * 10L + g(2L) }

t58 <- function() { a <- 1L; b <- 2L; a <- a + b; b <- a - b; tuple(a, b) }

t60 <- function() 0x1FL

t62 <- function() "\u00e9A\n"

t63 <- function() 'it"s'

t74 <- function() { x <- list(1L, 2L); x[[1]] }

t76 <- function() length(list())

t80 <- function() if (2L > 1L) "yes" else "no"

t82 <- function() "a" == "a"

t90 <- function() { n <- 5L; s <- 0L; for (i in 1:n) { s <- s * 10L + i }; s }

t91 <- function() { n <- 0L; s <- 0L; for (i in 1:n) { s <- s * 10L + i + 1L }; s }

t92 <- function() { f <- function(a, b) { s <- 0L; for (i in a:b) { s <- s * 7L + i }; s }; f(4L, 1L) + f(-2L, 2L) }

t93 <- function() { a <- 3L; s <- 0L; for (i in (a + 1L):(a - 2L)) { s <- s * 10L + i }; s }

t94 <- function() { s <- 0L; for (i in 5:2) { s <- s * 10L + i }; s }

t95 <- function() { n <- 3L; length(1:n) + length(n:n) + length(2L:(n * n)) }

t150 <- function() { even <- function(n) if (n == 0L) TRUE else odd(n - 1L); odd <- function(n) if (n == 0L) FALSE else even(n - 1L); tuple(even(10L), odd(7L)) }

t151 <- function() { k <- 3L; a <- function(n) { if (n < 1L) return(k); b(n - 1L) + 1L }; b <- \(n) if (n < 1L) -k else a(n - 2L) * 2L; lapply(list(0L, 1L, 5L, 9L), a) }

t153f <- function(n) n + 100L
t153 <- function() { g <- function(n) t153f(n); t153f <- function(n) n * 2L; g(4L) }
