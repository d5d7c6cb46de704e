# An order of cups, paid one by one as the line delivers them: order.wha in R.
#
# terms    (network, order id, price, count, attestation key, maker, customer, deadline)
# state    how many cups were delivered and paid
# message  (sender, height, locked, payload); payload ("deliver", cup, signature)

tag <- hex("776f726d686f6c652f64656c69766572792f3100") # "wormhole/delivery/1", zero byte

contract <- function(terms, delivered, message) {
  payload <- message[[4]]
  if (payload[[1]] == "deliver") {
    deliver(terms, delivered, message[[2]], payload[[2]], payload[[3]])
  } else {
    stop("unknown message")
  }
}

deliver <- function(terms, delivered, height, cup, signature) {
  if (cup != delivered + 1L) stop("not the next cup")
  if (cup > terms[[4]]) stop("more cups than ordered")
  if (height > terms[[8]]) stop("after the deadline")
  if (!ed25519(terms[[5]], attested.bytes(terms, cup), signature)) {
    stop("the attestation is not the line's")
  }
  tuple(cup, pay(terms[[6]], terms[[3]]), list())
}

# What the line signs: tag, network, order id, cup as four bytes.
attested.bytes <- function(terms, cup) {
  concat(tag, terms[[1]], terms[[2]], to_bytes(cup, 4L))
}

# Payouts of a channel of two.
pay <- function(participant, amount) {
  if (participant == 0L) list(amount, 0L) else list(0L, amount)
}
