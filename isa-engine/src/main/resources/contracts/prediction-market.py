"""A prediction market about one question of an oracle, in an account of its own.

One unit is worth one YES and one NO: whoever puts it in gets both. Orders wait in the book; from one
block to the next all that meet are matched at one price, so that being first in a block earns
nothing. The oracle's answer makes one of the two worth the unit; without yes or no each is worth
half of it.

terms    (question, unit); unit in base units, a multiple of a million, so that nothing is rounded
state    (shares, book, height, history, worth)
         shares: address -> (yes, no); book: orders (address, is_yes, limit, count), limit in
         millionths of the unit; height of the last order; history: (height, price, volume), newest
         first; worth of a YES after the answer, before it -1
payloads ("buy", is_yes, limit, count) with count * unit * limit / 1000000
         ("cancel", is_yes), ("clear",)
         ("mint", sets) with sets * unit, ("redeem", sets)
         ("answer", proof), ("claim", address)
"""

MILLION = 1000000
MOST_ORDERS = 25
MOST_HISTORY = 200
MOST_SHARES = 1000000000000


def contract(terms, state, message, answers):
    unit = terms[1]
    require(unit > 0 and unit % MILLION == 0, "a unit is a multiple of a million base units")
    cleared, refunds = clear(unit // MILLION, state, message[1])
    after, paid = act(terms, cleared, message, answers)
    return after, [*refunds, *paid], []


def act(terms, state, message, answers):
    sender, height, balance, payload, amount = message
    kind = payload[0]
    part = terms[1] // MILLION
    if kind != "claim":
        require(state[4] < 0, "the question is answered: claim")
    if kind == "buy":
        return buy(part, state, height, (sender, side(payload[1]), payload[2], payload[3]), amount)
    if kind == "mint":
        sets = payload[1]
        require_count(sets)
        require(amount == sets * terms[1], "a set costs one unit")
        return with_shares(state, give(state[0], sender, sets, sets)), []
    require(amount == 0, "nothing is paid with this message")
    if kind == "redeem":
        sets = payload[1]
        require_count(sets)
        return with_shares(state, give(state[0], sender, 0 - sets, 0 - sets)), [(sender, sets * terms[1])]
    if kind == "cancel":
        return cancel(part, state, sender, payload[1])
    if kind == "answer":
        return answered(terms, state, answers, payload[1])
    if kind == "claim":
        return claim(terms[1], state, payload[1])
    require(kind == "clear", "unknown message")
    return state, []


def require(holds, otherwise):
    if not holds:
        fail(otherwise)
    return True


def require_count(count):
    return require(count > 0 and count <= MOST_SHARES, "from 1 to 1000000000000 shares")


def with_shares(state, shares):
    return shares, state[1], state[2], state[3], state[4]


def give(shares, who, yes, no):
    has = shares.get(who, (0, 0))
    more = (has[0] + yes, has[1] + no)
    require(more[0] >= 0 and more[1] >= 0, "not as many shares")
    return {**shares, who: more}


# ---- orders

def side(is_yes):
    """Traps unless it is a boolean: an order of another side would stop every message after it."""
    return True if is_yes else False


def buy(part, state, height, order, amount):
    who, is_yes, limit, count = order
    require_count(count)
    require(limit > 0 and limit < MILLION, "a limit is from 1 to 999999 millionths")
    require(amount == count * limit * part, "pay what the order can cost")
    require(not has_order(state[1], who, is_yes), "one order of a side at a time: cancel it first")
    shares, book, before, history, worth = state
    left, refunds = make_room(part, book, is_yes, limit)
    return (shares, [order, *left], height, history, worth), refunds


def has_order(book, who, is_yes):
    return any(order[0] == who and order[1] == is_yes for order in book)


def make_room(part, book, is_yes, limit):
    """A full side drops its lowest order for a higher one, so that nobody can fill it with air."""
    side = [order for order in book if order[1] == is_yes]
    if len(side) < MOST_ORDERS:
        return book, []
    lowest = reduce(lambda a, b: b if b[2] < a[2] else a, side, side[0])
    require(lowest[2] < limit, "the book is full of better orders")
    return [order for order in book if order != lowest], [(lowest[0], cost(part, lowest))]


def cost(part, order):
    return order[2] * order[3] * part


def cancel(part, state, who, is_yes):
    shares, book, height, history, worth = state
    mine = [order for order in book if order[0] == who and order[1] == is_yes]
    require(len(mine) > 0, "no such order")
    rest = [order for order in book if not (order[0] == who and order[1] == is_yes)]
    return (shares, rest, height, history, worth), [(who, cost(part, order)) for order in mine]


# ---- the auction of what earlier blocks brought

def clear(part, state, now):
    shares, book, height, history, worth = state
    if worth >= 0 or len(book) == 0 or now <= height:
        return state, []
    price, volume = match(book)
    if volume == 0:
        return state, []
    yes = fills(book, True, price, volume)
    no = fills(book, False, MILLION - price, volume)
    rest = []
    refunds = []
    for who, is_yes, limit, count in book:
        got = yes.get(who, 0) if is_yes else no.get(who, 0)
        if got > 0:
            shares = give(shares, who, got if is_yes else 0, 0 if is_yes else got)
            less = limit - (price if is_yes else MILLION - price)
            if less > 0:
                refunds = [(who, got * less * part), *refunds]
        if count > got:
            rest = [(who, is_yes, limit, count - got), *rest]
    kept = [history[i] for i in range(0, min(len(history), MOST_HISTORY - 1))]
    return (shares, rest, height, [(height, price, volume), *kept], worth), refunds


def match(book):
    """The price of most volume; of several the middle of the lowest and the highest."""
    prices = {}
    for who, is_yes, limit, count in book:
        prices = {**prices, (limit if is_yes else MILLION - limit): True}
    best, low, high = 0, 0, 0
    for price in sorted(prices.keys()):
        volume = min(wanted(book, True, price), wanted(book, False, MILLION - price))
        if volume > best:
            best = volume
            low = price
        if volume == best:
            high = price
    return (low + high) // 2, best


def wanted(book, is_yes, price):
    return sum(order[3] for order in book if order[1] == is_yes and order[2] >= price)


def fills(book, side, price, volume):
    """By limit, the highest first, then by address."""
    turns = {}
    for who, is_yes, limit, count in book:
        if is_yes == side and limit >= price:
            turns = {**turns, (0 - limit, who): count}
    left = volume
    filled = {}
    for turn, wish in sorted(turns.items()):
        got = min(left, wish)
        left -= got
        filled = {**filled, turn[1]: got}
    return filled


# ---- the answer

def answered(terms, state, answers, proof):
    shares, book, height, history, worth = state
    answer = oracle_answer(answers, terms[0], proof)
    unit = terms[1]
    value = unit if answer == 1 else 0 if answer == 0 else unit // 2
    refunds = [(order[0], cost(unit // MILLION, order)) for order in book]
    return (shares, [], height, history, value), refunds


def claim(unit, state, who):
    shares, book, height, history, worth = state
    require(worth >= 0, "the question is not answered")
    require(who in shares, "no shares")
    has = shares[who]
    due = has[0] * worth + has[1] * (unit - worth)
    paid = [(who, due)] if due > 0 else []
    return ({**shares, who: (0, 0)}, book, height, history, worth), paid


def oracle_answer(answers, question, proof):
    settled, path = proof
    root = sha256(b"wormhole/map-leaf/1\x00" + question + sha256(b"wormhole/map-value/1\x00" + settled))
    for is_left, sibling in path:
        pair = sibling + root if is_left else root + sibling
        root = sha256(b"wormhole/map-branch/1\x00" + pair)
    require(any(root == known for known in answers), "no final state holds this answer")
    if settled[97] == 0:
        return -1
    return 1 if settled[98] == 0 else 0 if settled[98] == 1 else -1
