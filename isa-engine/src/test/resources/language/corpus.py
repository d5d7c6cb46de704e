import math

LIMIT = 10


def sum_to(n):
    return 0 if n == 0 else n + sum_to(n - 1)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def steps(n, count):
    if n <= 1:
        return count
    return steps(n // 2, count + 1) if n % 2 == 0 else steps(3 * n + 1, count + 1)


def divisions(a, b):
    if b == 0:
        fail("zero")
    return idiv(a, b), a % b, a // b, irem(a, b)


def inserted(x, xs):
    if len(xs) == 0:
        return [x]
    return [x, *xs] if x <= xs[0] else [xs[0], *inserted(x, xs[1:])]


def sorted_list(xs):
    done = []
    for x in xs:
        done = inserted(x, done)
    return done


def squares(xs):
    return [x * x for x in xs if x % 2 == 0]


def total(xs, k):
    result, seen = 0, 0
    for x in xs:
        if x == k:
            break
        if x < 0:
            continue
        seen += 1
        result = result + x * seen
    return result, seen


def poly(x):
    return (2.0 * x - 3.5) * x + 0.25


def mean(xs):
    return sum(xs, 0.0) / float(len(xs))


def clamp(x, low, high):
    return min(max(x, low), high)


def sizes(n):
    match n:
        case 0:
            return "none"
        case 1 | 2:
            return "few"
        case _ if n > LIMIT:
            return "many"
        case _:
            return "some"


def greeting(name, n):
    return "hello " + name + str(n)


def counts(names):
    m = {}
    for name in names:
        m = {**m, name: m.get(name, 0) + 1}
    return m


def compose(f, g):
    return lambda x: g(f(x))


def composed(a, x):
    add = lambda y: y + a
    return compose(add, compose(lambda y: y * 2, add))(x)


def pairs(n):
    return list(reversed([(i, j) for i in range(n) for j in range(i, n)]))


def logic(a, b):
    return a < b < 20, a > b or a == 3, not a == b, a != b


def found(xs, x):
    return any(y == x for y in xs), any(y > x for y in xs), all(y > x for y in xs)


def roots(x):
    return math.sqrt(abs(x)), math.floor(x), math.ceil(x), int(x)
