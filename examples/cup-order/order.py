# An order of cups, paid one by one as the line delivers them: order.wha in Python.
#
# terms    (network, order id, price, count, attestation key, maker, customer, deadline)
# state    how many cups were delivered and paid
# message  (sender, height, locked, payload); payload ("deliver", cup, signature)

TAG = b"wormhole/delivery/1\x00"


def contract(terms, delivered, message):
    payload = message[3]
    if payload[0] == "deliver":
        return deliver(terms, delivered, message[1], payload[1], payload[2])
    fail("unknown message")


def deliver(terms, delivered, height, cup, signature):
    if cup != delivered + 1:
        fail("not the next cup")
    if cup > terms[3]:
        fail("more cups than ordered")
    if height > terms[7]:
        fail("after the deadline")
    if not ed25519(terms[4], attested_bytes(terms, cup), signature):
        fail("the attestation is not the line's")
    return cup, pay(terms[5], terms[2]), []


def attested_bytes(terms, cup):
    """What the line signs: tag, network, order id, cup as four bytes."""
    return TAG + terms[0] + terms[1] + cup.to_bytes(4, "big")


def pay(participant, amount):
    """Payouts of a channel of two."""
    return [amount, 0] if participant == 0 else [0, amount]
