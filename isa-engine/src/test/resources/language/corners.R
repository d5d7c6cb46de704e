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

t500 <- function() { x <- if (TRUE) { y <- 1L; y + 1L } else 3L; x }

t501 <- function() { x <- if (FALSE) 1L else if (TRUE) 2L else 3L; x }

t502 <- function() { y <- 0L; x <- if (TRUE) { y <- 5L; 1L } else { 2L }; tuple(x, y) }

t503 <- function() { if (TRUE) { z <- 1L } else { z <- 2L }; z }

t504 <- function() { x <- y <- 3L; tuple(x, y) }

t505 <- function() { x = 3L; x }

t506 <- function() { s <- 0L; for (i in 1:5) s <- s + i; s }

t507 <- function() { i <- 0L; while (i < 5L) { i <- i + 1L }; i }

t508 <- function() { i <- 0L; repeat { i <- i + 1L; if (i > 4L) break }; i }

t509 <- function() { s <- 0L; for (x in list(1L, 2L)) for (y in list(3L, 4L)) s <- s + x * y; s }

t510 <- function() { xs <- list(1L, 2L, 3L); xs[[2]] }

t511 <- function() length(list(1L, 2L)) + length(list(a = 1L))

t512 <- function() list(-7L %/% 2L, -7L %% 2L, 7L %/% -2L, 7L %% -2L)

t513 <- function() 7 / 2

t514 <- function() list(2 ^ 3, -2 ^ 2, 2 ^ 3 ^ 2)

t515 <- function() { f <- function(x) { if (x > 0L) return("pos"); "neg" }; list(f(1L), f(-1L)) }

t516 <- function() { f <- function(x) { if (x > 0L) { "pos" } else if (x < 0L) { "neg" } else { "zero" } }; list(f(1L), f(-1L), f(0L)) }

t517 <- function() switch("b", a = 1L, b = 2L, 3L)

t518 <- function() switch("b", a = , b = 2L, c = 4L)

t519 <- function() switch("z", a = 1L, 3L)

t520 <- function() { x <- switch("a", a = { y <- 2L; y * 3L }, b = 1L); x }

t521 <- function() { r <- 0L; switch("a", a = { r <- 1L }, b = { r <- 2L }); r }

t522 <- function() lapply(list(1L, 2L), function(x) x * 2L)

t523 <- function() Filter(function(x) x > 1L, list(1L, 2L, 3L))

t524 <- function() Reduce(function(a, b) a + b, list(1L, 2L, 3L), 0L)

t525 <- function() { even <- function(n) if (n == 0L) TRUE else odd(n - 1L); odd <- function(n) if (n == 0L) FALSE else even(n - 1L); list(even(10L), odd(7L)) }

t526 <- function() { even <- function(n) if (n == 0L) TRUE else odd(n - 1L); k <- 1L; odd <- function(n) if (n == 0L) FALSE else even(n - k); list(even(10L), odd(7L)) }

t527 <- function() { fact <- function(n) if (n <= 1L) 1L else n * fact(n - 1L); fact(10L) }

t528 <- function() { x <- 1L; f <- function() { x <- 2L; x }; tuple(f(), x) }

t529 <- function() { x <- 1L; x <- 5L; f <- function() x; f() }

t530 <- function() { total <- 0L; for (x in list(1L, 2L)) total <- total + x; lapply(list(1L, 2L), function(y) y * total) }

t531 <- function() { fs <- lapply(list(1L, 2L), function(i) function() i); list(fs[[1]](), fs[[2]]()) }

t532 <- function() { m <- list(a = 1L, b = "x"); m$a + 1L }

t533 <- function() { m <- list(a = 1L, b = list(c = 2L)); m$b$c }

t534 <- function() { m <- list(a = 1L); m[["a"]] }

t535 <- function() { xs <- list(1L, 2L); append(xs, list(3L)) }

t536 <- function() paste0("a", as.character(5L))

t537 <- function() identical(list(1L), list(1L))

t538 <- function() list(TRUE && FALSE, TRUE || FALSE, !TRUE)

t539 <- function() list(max(1L, 2L), min(3, 2), abs(-3L), abs(-2.5), floor(2.7), ceiling(2.1), sqrt(2))

t540 <- function() list(as.integer(2.9), as.integer(-2.9), as.numeric(3L))

t541 <- function() { n <- 0L; r <- list(); for (i in seq_len(n)) r <- append(r, list(i)); r }

t542 <- function() 2L %in% list(1L, 2L)

t543 <- function() list(1L, "a", TRUE, 2.5)

t544 <- function() (function(x) x + 1L)(2L)

t545 <- function() (\(x, y) x * y)(2L, 3L)

t546 <- function() list(1L, 2L) |> lapply(\(x) x + 1L)

t547 <- function() { x <- 5; if (x > 3 && x < 10) "in" else "out" }

t548 <- function() { f <- function(n) { if (n == 0L) return(0L); n + f(n - 1L) }; f(5L) }

t549 <- function() { f <- function(xs) { for (x in xs) { if (x > 2L) return(x) }; -1L }; tuple(f(list(1L, 3L)), f(list(1L))) }

t550 <- function() { x <- 3L; y <- x; x <- 4L; tuple(x, y) }

t551 <- function() { r <- list(); for (i in 1:3) { r <- append(r, list(i * i)) }; r }

t552 <- function() nchar("abc", "bytes")

t553 <- function() !TRUE == FALSE

t554 <- function() { if (TRUE) 1L else 2L }

t555 <- function() {
  x <- 5L
  if (x > 3L) {
    y <- "a"
  }
  else {
    y <- "b"
  }
  y
}

t556 <- function() {
  x <- 1L +
    2L
  x
}

t557 <- function() return(5L)

t558 <- function() { return(if (TRUE) 1L else 2L) }

t559 <- function() { x <- { a <- 1L; b <- 2L; a + b }; x }

t560 <- function() { x <- 10L; { x <- 20L }; x }

t561 <- function() { x <- 1L; if (x == 1L) { x <- x + 1L; x <- x * 5L }; x }

t562 <- function() 1e3

t563 <- function() 1000000L

t564 <- function() list(1.5, 1e-7, 0.1 + 0.2, -0.0)

t565 <- function() 0x10L

t566 <- function() 'a'

t567 <- function() "a\tb\u00e9"

t568 <- function() nchar(paste0("a", "b"), "bytes") + 1L

t569 <- function() { x <- 5L; x <- as.character(x); x }

t570 <- function() { x <- TRUE; if (x) { if (!x) "a" else "b" } else "c" }

t571 <- function() { for (x in list()) { }; 5L }

t572 <- function() { a <- tuple(1L, "x"); a[[1]] }

t573 <- function() { p <- list(1L, list(2L, 3L)); p[[2]][[1]] }

t574 <- function() { x <- list(1L, 2L, 3L); x[[length(x)]] }

t575 <- function() { y <- 0L; x <- if (y == 0L) { y <- 5L; 1L } else { 2L }; tuple(x, y) }

t576 <- function() { r <- 0L; switch("b", a = { r <- 1L }, b = { r <- 2L }); r }

t577 <- function() { r <- 0L; switch("z", a = { r <- 1L }, b = { r <- 2L }); r }

t578 <- function() { r <- 0L; x <- switch("a", a = { r <- 1L; r + 1L }, b = 5L); tuple(r, x) }

t579 <- function() { x <- { a <- 1L; b <- 2L; a + b }; tuple(x, a) }

t580 <- function() { x <- y <- 3L; x <- x + 1L; tuple(x, y) }

t581 <- function() { i <- 0L; s <- 0L; while (i < 10L) { i <- i + 1L; if (i %% 2L == 0L) next; if (i == 7L) break; s <- s + i }; tuple(i, s) }

t582 <- function() { i <- 0L; repeat { i <- i + 1L; if (i > 4L) break }; i }

t583 <- function() { x <- 1L; x <- 5L; f <- function() x; f() }

t584 <- function() { even <- function(n) if (n == 0L) TRUE else odd(n - 1L); k <- 1L; odd <- function(n) if (n == 0L) FALSE else even(n - k); list(even(10L), odd(7L)) }

t585 <- function() { m <- list(n = 1L, xs = list(1L, 2L), s = "a", f = 2.5); tuple(m$n + 1L, length(m$xs), paste0(m$s, "b"), m$f * 2, m$xs[[2]] + m$n) }

t586 <- function() { p <- list(1L, list(2L, 3L)); p[[2]][[1]] + p[[1]] }

t587 <- function() { x <- 0L; for (i in 1:3) { x <- x + i; y <- x }; x }

t588 <- function() { f <- function(x) { x <- x + 1L; x * 2L }; x <- 10L; tuple(f(1L), x) }

t589 <- function() { s <- 0L; for (i in 1:3) for (j in 1:i) { if (j == 2L) next; s <- s + i * j }; s }

t590 <- function() { g <- function(k) { r <- switch(k, a = { w <- 3L; w }, b = 4L, 5L); r + 1L }; list(g("a"), g("b"), g("c")) }

t591 <- function() { return({ a <- 2L; a * 3L }) }

t592 <- function() { x <- 5L; y <- if (x > 3L) { x <- x - 1L; x } else 0L; z <- if (y > 3L) { y <- y * 10L; y } else 0L; tuple(x, y, z) }

price700 <- function(n, each = 2L, name = "cup") tuple(n * each, name)

t700 <- function() tuple(price700(3L), price700(3L, 5L), price700(3L, 5L, "mug"), price700(3L, name = "pot"), price700(each = 1L, n = 4L), price700(name = "x", 2L), price700(n = 1L))

t701 <- function() {
  scaled <- function(x, by = -1L) x * by
  f <- function(x) scaled(x)
  tuple(scaled(5L), scaled(5L, 2L), scaled(by = 3L, x = 2L), f(1L))
}

t702 <- function() as.list(sort(unlist(list(3L, 1L, 2L))))

t703 <- function() tuple(as.list(sort(c(2.5, -1.5, 0))), as.list(sort(c(3L, 1L, 2L), decreasing = TRUE)), as.list(sort(c(1L))))

t704 <- function() rev(list(1L, "a", list(2L)))

t705 <- function() { s <- 0L; xs <- list(5L, 6L); for (i in seq_along(xs)) s <- s + i * xs[[i]]; s }

t706 <- function() lapply(seq_along(list("a", "b")), function(i) i * 2L)

t707 <- function() { n <- 0L; for (i in seq_along(list())) n <- n + 1L; n }

t708 <- function() { xs <- list(1L, 2L, 3L); list(head(xs, 2L), head(xs, 0L), head(xs, 9L), head(xs, -1L), head(xs, -9L), tail(xs, 2L), tail(xs, 0L), tail(xs, 9L), tail(xs, -1L), tail(xs, -9L), head(xs, 1), tail(list(), 2L)) }

t709 <- function() Map(function(a, b) a * 10L + b, list(1L, 2L), list(3L, 4L))

t710 <- function() Reduce(function(a, b) a * 10L + b, list(3L, 1L, 2L))

t711 <- function() tuple(Reduce(function(a, b) a + b, list(), 7L), Reduce(function(a, b) a + b, list(5L)))

t712 <- function() tuple(max(unlist(list(3L, 9L, 2L))), min(unlist(list(3L, 9L, 2L))), max(c(1.5, 2.5)), max(4L, 9L, 2L), min(c(7L)))

t713 <- function() tuple(paste0("a", 1L, "b", -20L), paste0(5L), paste0("x"), paste0("n", 100000L), paste0(1L, 2L))

t714 <- function() { n <- 3L; xs <- head(lapply(seq_len(5L), function(i) i * n), 2L); lapply(xs, function(x) paste0("v", x)) }

t715 <- function() { rev <- function(x) x + 1L; sort <- function(a, b) a - b; tuple(rev(2L), sort(5L, 3L)) }

t716 <- function() Map(function(a, b) list(a, b), list(), list())

t717 <- function() { k <- 2L; as.list(sort(unlist(lapply(list(5L, 3L, 4L), function(x) (x * k) %% 7L)))) }

t718 <- function() { f <- function(x, deep = TRUE, label = "z", half = 0.5, less = -3L) if (deep) tuple(x, label, half, less) else tuple(x, "no", half, less); tuple(f(1L), f(1L, FALSE), f(half = 1.5, 2L)) }

t719 <- function() Filter(function(p) p[[1]] > 1L, Map(function(a, b) tuple(a, b), list(1L, 2L), list("x", "y")))

t720 <- function() tuple(as.list(vapply(list(1L, 2L), function(x) x * 2L, integer(1))), as.list(vapply(list(1L), function(x) "s", character(1))), sum(vapply(list(list(n = 2L), list(n = 3L)), function(m) m$n, integer(1))))

t722 <- function() tuple(as.list(vapply(list(1.5), function(x) x > 1, logical(1))), as.list(vapply(list(2, 3), sqrt, numeric(1))))

t723 <- function() { f <- function(a, b = 10L) a + b; lapply(list(1L, 2L), f) }
