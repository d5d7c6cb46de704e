limit <- 10L

sum_to <- function(n) if (n == 0L) 0L else n + sum_to(n - 1L)

fib <- function(n) if (n < 2L) n else fib(n - 1L) + fib(n - 2L)

steps <- function(n, count) {
  if (n <= 1L) return(count)
  if (n %% 2L == 0L) steps(n %/% 2L, count + 1L) else steps(3L * n + 1L, count + 1L)
}

divisions <- function(a, b) {
  if (b == 0L) stop("zero")
  tuple(idiv(a, b), a %% b, a %/% b, irem(a, b))
}

inserted <- function(x, xs) {
  if (length(xs) == 0L) return(list(x))
  first <- xs[[1]]
  if (x <= first) append(list(x), xs) else append(list(first), inserted(x, tail_of(xs)))
}

sorted_list <- function(xs) Reduce(function(done, x) inserted(x, done), xs, list())

squares <- function(xs) lapply(Filter(function(x) x %% 2L == 0L, xs), \(x) x * x)

total <- function(xs, k) {
  sum <- 0L
  seen <- 0L
  for (x in xs) {
    if (x == k) break
    if (x < 0L) next
    seen <- seen + 1L
    sum <- sum + x * seen
  }
  tuple(sum, seen)
}

poly <- function(x) (2 * x - 3.5) * x + 0.25

mean <- function(xs) {
  if (length(xs) == 0L) 0 else Reduce(function(s, x) s + x, xs, 0) / as.numeric(length(xs))
}

clamp <- function(x, low, high) min(max(x, low), high)

sizes <- function(n) {
  if (n == 0L) {
    "none"
  } else if (n == 1L || n == 2L) {
    "few"
  } else {
    if (n > limit) "many" else "some"
  }
}

greeting <- function(name, n) paste0("hello ", name, as.character(n))

counts <- function(names) {
  m <- map()
  for (name in names) {
    m <- put(m, name, get_or(m, name, 0L) + 1L)
  }
  m
}

compose <- function(f, g) function(x) g(f(x))

composed <- function(a, x) {
  add <- function(y) y + a
  compose(add, compose(function(y) y * 2L, add))(x)
}

pairs <- function(n) {
  all <- list()
  for (i in seq_len(n)) {
    for (j in seq_len(n - i + 1L)) {
      all <- append(list(tuple(i - 1L, i + j - 2L)), all)
    }
  }
  all
}

logic <- function(a, b) tuple(a < b && b < 20L, a > b || a == 3L, !(a == b), a != b)

found <- function(xs, x) {
  above <- length(Filter(function(y) y > x, xs))
  tuple(x %in% xs, above > 0L, above == length(xs))
}

roots <- function(x) {
  tuple(sqrt(abs(x)), as.integer(floor(x)), as.integer(ceiling(x)), as.integer(x))
}
