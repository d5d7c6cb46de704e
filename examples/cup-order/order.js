// An order of cups, paid one by one as the line delivers them: order.wha in JavaScript.
//
// terms    (network, order id, price, count, attestation key, maker, customer, deadline)
// state    how many cups were delivered and paid
// message  (sender, height, locked, payload); payload ("deliver", cup, signature)

const TAG = hex("776f726d686f6c652f64656c69766572792f3100"); // "wormhole/delivery/1", zero byte

function contract(terms, delivered, message) {
  const payload = message[3];
  if (payload[0] === "deliver") {
    return deliver(terms, delivered, message[1], payload[1], payload[2]);
  }
  fail("unknown message");
}

function deliver(terms, delivered, height, cup, signature) {
  if (cup !== delivered + 1) fail("not the next cup");
  if (cup > terms[3]) fail("more cups than ordered");
  if (height > terms[7]) fail("after the deadline");
  if (!ed25519(terms[4], attestedBytes(terms, cup), signature)) {
    fail("the attestation is not the line's");
  }
  return tuple(cup, pay(terms[5], terms[2]), []);
}

// What the line signs: tag, network, order id, cup as four bytes.
function attestedBytes(terms, cup) {
  return concat(TAG, terms[0], terms[1], toBytes(cup, 4));
}

// Payouts of a channel of two.
function pay(participant, amount) {
  return participant === 0 ? [amount, 0] : [0, amount];
}
