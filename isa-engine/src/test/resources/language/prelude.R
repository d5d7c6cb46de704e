options(warn = 2)
tuple <- function(...) structure(list(...), class = "tuple")
map <- function() structure(list(), class = "map")
put <- function(m, k, v) { m[[k]] <- v; m }
get_or <- function(m, k, d) if (is.null(unclass(m)[[k]])) d else unclass(m)[[k]]
idiv <- function(a, b) as.integer(trunc(a / b))
irem <- function(a, b) a - b * idiv(a, b)
tail_of <- function(xs) xs[-1]
show_value <- function(v) {
  if (inherits(v, "tuple")) return(paste0("{", paste(vapply(unclass(v), show_value, ""), collapse = " "), "}"))
  if (inherits(v, "map")) {
    v <- unclass(v)
    keys <- if (length(v) == 0) character() else sort(names(v), method = "radix")
    return(paste0("%{", paste(vapply(keys, function(k) paste0(show_value(k), ":", show_value(v[[k]])), ""), collapse = " "), "}"))
  }
  if (is.list(v)) return(paste0("[", paste(vapply(v, show_value, ""), collapse = " "), "]"))
  if (is.logical(v)) return(if (v) "true" else "false")
  if (is.integer(v)) return(sprintf("%d", v))
  if (is.double(v)) return(paste0("r", paste(as.character(writeBin(v, raw(), endian = "big")), collapse = "")))
  paste0("#", paste(as.character(charToRaw(v)), collapse = ""))
}
attempt <- function(f) cat(tryCatch(show_value(f()), error = function(e) "trap"), "\n", sep = "")
