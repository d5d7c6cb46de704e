"""Crowdfunding with dominant assurance and many backers, in an account of its own.

When the goal is missed, or what was promised is not delivered, every backer gets the pledge back and
a bonus on top, from the bond of the one who asks. So to pledge is better than to wait, whatever the
others do. The bond comes with the transaction that makes the account.

terms    (question, entrepreneur, goal, bonus_ppm, deadline, expiry)
state    (pledges, outcome, rate, due)
         pledges: address -> amount; outcome: 0 open, 1 success, 2 goal missed, 3 not delivered,
         4 nobody can say; rate: the bonus in millionths of a pledge, once it is known; due: the
         bond, and after the outcome what is the entrepreneur's
payloads ("pledge",) below the deadline, with a five-hundredth of the goal or more
         ("settle",) a missed goal from the deadline on, a missing answer from the expiry on
         ("answer", proof) where the goal was reached, from the deadline on and below the expiry
         ("claim", address) pays a backer or the entrepreneur, once, whoever sends it

The question should open at the deadline or later: nobody can then pledge for the bonus alone, knowing
that the answer is no. A full list has reached its goal, so nobody can fill it with air.
"""

MILLION = 1000000
MOST_BACKERS = 500


def contract(terms, state, message, answers):
    sender, height, balance, payload, amount = message
    kind = payload[0]
    if kind == "pledge":
        return pledge(terms, state, message), [], []
    require(amount == 0, "nothing is paid with this message")
    if kind == "claim":
        after, paid = claim(terms, state, payload[1])
        return after, paid, []
    require(state[1] == 0, "already ended")
    reached = total(state[0]) >= terms[2]
    if kind == "settle":
        return settle(terms, state, height, reached), [], []
    require(kind == "answer", "unknown message")
    require(reached, "the goal is not reached")
    require(height >= terms[4], "the deadline is not over")
    require(height < terms[5], "expired")
    answer = oracle_answer(answers, terms[0], payload[1])
    return ended(terms, state, 1 if answer == 1 else 3 if answer == 0 else 4), [], []


def require(holds, otherwise):
    if not holds:
        fail(otherwise)
    return True


def total(pledges):
    return sum(amount for who, amount in sorted(pledges.items()))


def pledge(terms, state, message):
    sender, height, balance, payload, amount = message
    pledges, outcome, rate, due = state
    require(outcome == 0 and height < terms[4], "the deadline is over")
    require(amount > 0 and amount * MOST_BACKERS >= terms[2], "a five-hundredth of the goal at least")
    require(sender != terms[1], "the entrepreneur puts in the bond, no pledge")
    require(sender in pledges or len(pledges) < MOST_BACKERS, "there are 500 backers already")
    more = {**pledges, sender: pledges.get(sender, 0) + amount}
    require(balance >= total(more) + due, "the bond is not there")
    return more, outcome, rate, due


def settle(terms, state, height, reached):
    if reached:
        require(height >= terms[5], "the goal is reached and the answer is awaited")
        return ended(terms, state, 3)
    require(height >= terms[4], "the deadline is not over")
    return ended(terms, state, 2)


def ended(terms, state, outcome):
    pledges, before, unknown, bond = state
    whole = total(pledges)
    if outcome == 1:
        return {}, outcome, 0, bond + whole
    if outcome == 4 or whole == 0:
        return pledges, outcome, 0, bond
    rate = min(terms[3], bond * MILLION // whole)
    bonuses = sum(bonus(rate, amount) for who, amount in sorted(pledges.items()))
    return pledges, outcome, rate, bond - bonuses


def bonus(rate, amount):
    return amount * rate // MILLION


def claim(terms, state, who):
    pledges, outcome, rate, due = state
    require(outcome > 0, "not yet ended")
    if who == terms[1]:
        require(due > 0, "nothing to claim")
        return (pledges, outcome, rate, 0), [(who, due)]
    require(pledges.get(who, 0) > 0, "nothing to claim")
    paid = pledges[who] + bonus(rate, pledges[who])
    return ({**pledges, who: 0}, outcome, rate, due), [(who, paid)]


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
