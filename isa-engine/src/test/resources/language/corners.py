# Corners of the language: each function takes nothing, and gives what the engine gives.

def t1():
    return -7 // 2, -7 % 2, 7 % -3, -7 % -3, 7 // -3

def t6():
    return 2 ** 10, (-2) ** 3, -2 ** 2, 0 ** 0, 2.0 ** 0.5

def t8():
    return int(-3.7), math.floor(-3.5), math.ceil(-3.5), math.trunc(3.9), abs(-4)

def t9():
    x = 3
    return 1 < x < 5, 1 < x < 2, x == 3 == 3, not x == 4

def t10():
    return [(x, y) for x in range(4) for y in range(x) if (x + y) % 2 == 1]

def t12m(v):
    match v:
        case (1, (x, [y, *_])) if x > y:
            return x * 100 + y
        case (1, (x, _)):
            return x
        case (2, _) | (3, _):
            return -1
        case _:
            return -2
def t12():
    return t12m((1, (5, [3, 4]))), t12m((1, (2, [3]))), t12m((3, (0, [0]))), t12m((9, (0, [0])))

def t13():
    a, b = 1, 2
    a, b = b, a
    return a, b

def t14():
    return b"abc"[1], b"abc"[1:], b"abc"[:2], b"a" + b"b", b"a" < b"b"

def t15():
    return "Z" < "a", "é" < "z", "😀" < "\ufffd", "" < "a", "ab" < "abc"

def t17():
    return str(12) + "x" + str(-3)

def t19():
    return 1 + 2 * 3 - 4 // 3 % 2, 2 * 3 % 4, 7 - 3 - 2, -3 % 5, -(3 % 5)

def t21():
    return (5 & 1) == 1, 5 & 1 == 1

def t22():
    x = 1
    f = lambda x: x + 1
    return f(10) + x

def t23():
    def add(a):
        return lambda b: a * 10 + b
    return add(3)(4)

def t24():
    s = 0
    for i in range(4):
        for j in range(4):
            if j > i:
                break
            if j == 1:
                continue
            s += 10 * i + j
    return s

def t26():
    return sum([1, 2, 3]), sum([0.5, 0.25], 0.0), max(1, 2, 3), min(4.5, 2.5)

def t28():
    return [x for x in reversed([1, 2, 3])], list(range(2, 5)), list(range(5, 2))

def t33():
    return 2 in [1, 2], "b" in {"a": 1}, 5 not in [1]

def t35():
    return 0.1 + 0.2, 5e-324, 1e308 * 10.0, 1e16, 123456789.125 / 3.0

def t36():
    return -0.0 == 0.0, 0.0 in [-0.0]

def t37():
    inf = 1e308 * 10.0
    nan = inf - inf
    return nan == nan, nan != nan, nan < 1.0, not nan >= 1.0

def t38():
    return True and not False or False, not True == False

def t39():
    return len([1, 2]), len((1, 2, 3)), len({"a": 1})

def t43():
    return [1, 2, 3][3]

def t44():
    return {"a": 1}["b"]

def t49():
    return 7 / 2.0, 7.0 / 2

def t50():
    return int.from_bytes((300).to_bytes(2, "big"), "big"), (5).to_bytes(4, "big")

def t51():
    return (300).to_bytes(1, "big")

def t52():
    x = 5
    x -= 2
    x *= 3
    x //= 2
    x **= 2
    x %= 7
    return x

def t53f(n, acc):
    if n == 0:
        return acc
    return t53f(n - 1, acc + n)
def t53():
    return t53f(5000 // 10, 0)

def t57():
    return (lambda a, b: a - b)(5, 3)

def t58():
    f = [lambda x: x + 1, lambda x: x * 2]
    return [g(5) for g in f]

def t59():
    x = 10
    g = [x + y for y in [1, 2] for x in [y]]
    return g, x

def t67():
    return [k for k in sorted({"b": 1, "a": 2}.keys())]

def t68():
    return list(map(lambda x: x * 2, filter(lambda x: x > 1, [1, 2, 3])))

def t69():
    return reduce(lambda a, b: a - b, [1, 2, 3], 10)

def t70():
    return 1 if False else 2 if False else 3

def t72f(len):
    return len + 1
def t72():
    return t72f(4)

def t73():
    if 1 < 2:
        y = 5
    else:
        y = 6
    return y

def t82():
    return 10 ** 30, -(10 ** 30) // 7, (10 ** 30) % 7, -(10 ** 30) % 7

def t83():
    return float(3) / 2, float(10 ** 30), int(1e20)

def t85():
    return "a" "b"

def t86():
    return 3 if [] == [] else 4

def t150():
    def even(n):
        return True if n == 0 else odd(n - 1)
    def odd(n):
        return False if n == 0 else even(n - 1)
    return even(10), odd(7), even(7)

def t151():
    k = 4
    a = lambda n: k if n < 1 else b(n - 1) + 1
    b = lambda n: -k if n < 1 else c(n - 1) * 2
    def c(n):
        return a(n) + b(n - 1) + k
    return [a(i) for i in range(8)]

def t153f(n):
    return n + 100
def t153():
    def g(n):
        return t153f(n)
    def t153f(n):
        return n * 2
    return g(4)

def t500():
    x = 1
    y = 2
    x, y = y, x
    return x, y


def t501():
    a, *b = [1, 2, 3]
    return a, b


def t502():
    a, (b, c) = 1, (2, 3)
    return a, b, c


def t503():
    (a, b), c = (1, 2), 3
    return a + b + c


def t504():
    [a, b] = [1, 2]
    return a + b


def t505():
    a, b = [1, 2]
    return a + b


def t506():
    *a, b = [1, 2, 3]
    return a, b


def t507():
    a, *b, c = [1, 2, 3, 4]
    return a, b, c


def t508():
    s = 0
    for (a, (b, c)) in [(1, (2, 3)), (4, (5, 6))]:
        s += a * b - c
    return s


def t509():
    i = 0
    s = 0
    while i < 5:
        s += i
        i += 1
    return s


def t510():
    i = 0
    while True:
        if i > 4:
            break
        i += 1
    return i


def t511():
    return [7 // 2, -7 // 2, 7 // -2, -7 // -2, 7 % 3, -7 % 3, 7 % -3, -7 % -3]


def t512():
    return 2 ** 10, (-2) ** 3, -2 ** 2, 2 ** 3 ** 2, 2.0 ** 0.5


def t513():
    return 1 < 2 < 3, 3 > 2 > 2, 1 < 3 < 2


def t514():
    return 1 == 1.0


def t515():
    return 1 < 2.5


def t516():
    return 1 + 2.5, 2 * 1.5


def t517():
    n = 3
    return float(n) * 1.5


def t518():
    return True and 5


def t519():
    return [1, 2] + [3]


def t520():
    return 2 in [1, 2, 3], 5 not in [1, 2]


def t521():
    m = {"a": 1}
    return "a" in m, "b" not in m


def t522():
    return max(1, 5, 3), min(4, 2), abs(-3), abs(-2.5)


def t523():
    return sum([1, 2, 3]), sum(x * x for x in [1, 2, 3])


def t524():
    return len([1, 2]), len({"a": 1}), len((1, 2)), len(b"abc")


def t525():
    return [x * y for x in range(3) for y in range(x) if x + y > 1]


def t526():
    return [[y for y in range(x)] for x in range(3)]


def t527():
    x = 5
    ys = [x for x in range(3)]
    return x, ys


def t528():
    def make(i):
        return lambda: i
    fs = [make(i) for i in range(3)]
    return [f() for f in fs]


def t529():
    def even(n):
        return True if n == 0 else odd(n - 1)
    k = 1
    def odd(n):
        return False if n == 0 else even(n - k)
    return even(10), odd(7)


def t530():
    def even(n):
        return True if n == 0 else odd(n - 1)
    def odd(n):
        return False if n == 0 else even(n - 1)
    return even(10), odd(7)


def t531():
    def fact(n):
        if n <= 1:
            return 1
        return n * fact(n - 1)
    return fact(30)


def t532():
    c = 0
    c = 5
    g = lambda: c
    return g()


def t533():
    total = 0
    for x in [1, 2, 3]:
        total += x
    return [x * total for x in [1, 2]]


def t534():
    total = 0
    for x in [1, 2, 3]:
        total += x
    return list(map(lambda y: y * total, [1, 2]))


def t535():
    total = 0
    for x in [1, 2, 3]:
        total += x
    def scaled(y):
        return y * total
    return scaled(2)


def t536():
    return -0.0, 0.0 == -0.0, 1e308 * 10.0, 5e-324


def t537():
    return 10 ** 40, 2 ** 200 - 1, -(2 ** 100) // 7, -(2 ** 100) % 7


def t538():
    return "ab" < "b", "é" == "é", "a" != "b"


def t539():
    return [1, 2] == [1, 2], (1, 2) == (1, 2), {"a": 1} == {"a": 1}


def t540():
    return 1 if True else 2 if False else 3


def t541():
    x = 3
    if x > 5:
        y = 1
    elif x > 2:
        y = 2
    else:
        y = 3
    return y


def t542():
    state = {"n": 1, "log": []}
    return {**state, "n": state["n"] + 1, "log": state["log"] + ["x"]}


def t543():
    x = y = 1
    return x + y


def t544():
    x: int = 5
    return x


def t545():
    return (lambda x, y: x + y)(1, 2)


def t546():
    return list(filter(lambda x: x % 2 == 0, range(6)))


def t547():
    x = 1
    x += 2; x *= 3; x -= 1; x //= 3; x **= 4; x %= 7
    return x


def t548():
    return bytes.fromhex("00ff"), "é".encode(), (258).to_bytes(4, "big"), int.from_bytes(b"\x01\x02", "big")


def t549():
    a = b"\x00" + b"\xff"
    return a == b"\x00\xff", len(a), a < b"\x01"


def t550():
    return "a" "b"


def t551():
    x = (1,)
    return x, (), ((1))


def t552():
    global_x = 5
    match global_x:
        case y if y > 3:
            return "big"
        case y:
            return "small"


def t553():
    d = {("a", 1): 2}
    return d[("a", 1)]


def t554():
    d = {1: "a", 2: "b"}
    return d[1]


def t555():
    x = 10
    def f():
        x = 5
        return x
    return f(), x


def t556():
    x = 10
    def f(x):
        x = x + 1
        return x
    return f(1), x


def t557():
    s = ""
    for c in ["a", "b"]:
        s += c
    return s


def t558():
    a = 1
    b = a
    a = 2
    return a, b


def t559():
    n, s = 10, 0
    for i in range(n):
        n -= 1
        s += n
    return n, s


def t560():
    xs = [1, 2, 3]
    for x in xs:
        xs = xs + [x]
    return xs


def t561():
    a, *b, c = [1, 2, 3, 4]
    (d, [e, *f]), g = (1, [2, 3, 4]), 5
    return a, b, c, d, e, f, g


def t562():
    r = []
    for a, *b in [[1, 2, 3], [4]]:
        r = [*r, (a, b)]
    return r


def t563():
    x = y = [1]
    a = b, c = 1, 2
    return x, y, a, b, c


def t564():
    x = 1; y = 2; x += y
    return x


def t565():
    a = [1, 2]
    x, y = a
    [p, q] = a
    (r, s) = a
    return x + y + p + q + r + s


def t566():
    a, b = 1, 2
    a, b = b, a + b
    (a, b), c = (b, a), a
    return a, b, c


def t567():
    i, s = 0, 0
    while i < 10:
        i += 1
        if i % 2 == 0:
            continue
        if i == 7:
            break
        s += i
    return i, s


def t568():
    n = 0
    while True:
        n += 1
        if n == 5:
            break
    return n


def t569():
    total = 0
    for x in [1, 2, 3]:
        total += x
    def scaled(y):
        return y * total
    return scaled(2)


def t570():
    def even(n):
        return True if n == 0 else odd(n - 1)
    k = 1
    def odd(n):
        return False if n == 0 else even(n - k)
    return even(10), odd(7)


def t571():
    a = {"x": 1}
    b = {"x": 2, "y": 3}
    return {**a, **b}, {"q": 0, **b, "x": 9, **a}


def t572():
    m = {"n": 1, "xs": [1, 2], "s": "a", "f": 2.5}
    return m["n"] + 1, len(m["xs"]), m["s"] + "b", m["f"] * 2.0, m["xs"][1] + m["n"]


def t573():
    x = 10
    for y in [1, 2]:
        z = y
        x += z
    return x


def t574():
    s = 0
    for i in range(3):
        for j in range(i):
            s += j
    return s


def t575():
    x = 0
    if x == 0:
        y = "zero"
    else:
        fail("x")
    return y


def t576():
    x = [y for [y, z] in [(1, 2), (3, 4)] if z > 2]
    return x


def t577():
    r = 0
    for i in range(5):
        if i == 3:
            r += 100
            continue
        r += i
    return r


def t578():
    match [1, [2, 3], {"a": (4, 5)}]:
        case [a, [b, *c], {"a": (d, e)}]:
            return a, b, c, d, e
        case _:
            return 0


def t579():
    x = 5
    match x:
        case n if n < 3:
            return "low"
        case n if n < 10:
            return "mid"
        case _:
            return "high"


def t580():
    match (1, 2):
        case (1, y) if y > 5:
            return "a"
        case (x, 2):
            z = x
        case _:
            z = 9
    return z


def t581():
    while False:
        pass
    return 1


def t582():
    n = 10
    steps = []
    while n != 1:
        steps = steps + [n]
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    return steps


def t800():
    n, s = 7, "x"
    return f"a{n}b{s}{n + 1}" + f"{n}" + f"plain" + f"" + f"{{{n}}}"


def t801():
    who = "é😀"
    return (f"hi {who}\n" "and " f'{len([1, 2])}'
            f"""{
    who
}""")


def t802(): return [f"{i}:{x}" for i, x in enumerate(["a", "b"])] + [f"{i}" for i in range(2)]


def t803():
    out = []
    for i, x in enumerate([5, 6], start=1):
        out = out + [i * 10 + x]
    for i, (a, b) in enumerate(zip([1, 2, 3], [4, 5])):
        out = out + [i * 100 + a * 10 + b]
    return out


def t804(): return list(zip([1, 2], ["a", "b"], [True, False, True])) + [(0, "z", False)]


def t805(): return list(enumerate([], 5)), list(enumerate(["q"], 5)), list(zip([], [1])), list(zip([1]))


def t806(): return [a * b for a, b in zip([1, 2, 3], [4, 5, 6]) if a != 2], sum(a for a in [1, 2])


def t807(): return sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted([]), sorted([1])


def t808(): return sorted(["b", "a", "é", "B", ""]), sorted([b"b", b"a"]), sorted([2.5, -1.5, 0.0])


def t809(): return sorted([(1, "a"), (0, "b"), (1, "c"), (0, "d")], key=lambda p: p[0])


def t810(): return sorted([(1, "a"), (0, "b"), (1, "c"), (0, "d")], key=lambda p: p[0], reverse=True)


def second(pair): return pair[1]


def t811(): return sorted([(1, "b"), (2, "a")], key=second), sorted([-3, 2, -1], key=abs), sorted([-3, 2], reverse=False)


def t812(): return sorted([(i * 17) % 23 for i in range(40)], key=lambda n: n % 5)


def t813():
    inf = 1e308 * 10.0
    return sorted([inf, -inf, 0.5]), sorted([-0.0, 0.0]), sorted([0.0, -0.0])


def t814():
    xs = [1, 2, 3]
    return xs[-1], xs[-3], [xs][-1][-2], b"abc"[-1]


def t815():
    xs = [1]
    return xs[-2]


def t816():
    xs = [0, 1, 2, 3, 4]
    return [xs[1:3], xs[-2:], xs[0:-1], xs[3:1], xs[-9:9], xs[9:], xs[0:], xs[-3:-1], xs[5:5], xs[:2], xs[2:]]


def t817():
    xs = [1, 2, 3]
    out = []
    for a in range(-4, 5):
        for b in range(-4, 5):
            out = out + [xs[a:b]]
        out = out + [xs[a:]]
    return out


def t818():
    b = b"hello"
    return b[1:3], b[2:], [1, 2, 3][0:2], len(b[1:3])


def price(n, each=2, name="cup"): return n * each, name


def t819(): return [price(3), price(3, 5), price(3, 5, "mug"), price(3, name="pot"), price(each=1, n=4), price(n=1)]


def t820():
    def scaled(x, by=-1): return x * by
    f = lambda x: scaled(x)
    return scaled(5), scaled(5, 2), scaled(by=3, x=2), f(1)


def t821(): return min([3, 1, 2]), max([3, 1, 2]), max(["a", "c", "b"]), min([2.5, -1.5]), max([7]), max(4, 9, 2)


def t822(): return max([])


def t823(): return ", ".join(["a", "b"]), "".join([]), "-".join(["x"]), ".".join(str(n) for n in [1, 2]), "é".join(["1", "2", "3"])


def t824(): return any([False, True]), any([]), all([True, False]), all([]), any([x > 1 for x in [1, 2]]), all(x > 0 for x in [1])


def t825():
    i = 0
    out = []
    while i < 3:
        i += 1
        out = out + [sorted([3, 1, 2], key=lambda x: (x * i) % 3)]
    return out


def t826(): return [[f"{j}{x}" for j, x in enumerate(row)] for row in [["a", "b"], [], ["c"]]]


def t827(): return sorted({"b": 2, "a": 1}.keys(), reverse=True), sorted(sorted({"b": 1, "a": 1, "c": 0}.items()), key=lambda kv: kv[1])


def t828(): return [sorted(row)[-1] for row in [[3, 4], [9, 1, 2]]], [row[0:1] for row in [[3, 4], [9, 1, 2]]]


def t829():
    x = 10
    return sorted([1, 2, 3], key=lambda y: (y + x) % 3), [x for x in sorted([2, 1])], x


def t830(): return [*zip([1], [2]), (3, 4)], list(map(lambda p: p[0] + p[1], zip([1, 2], [3, 4]))), sum([a for a, b in zip([1, 2], [3, 4])])


def t831(): return f"{'a' if 1 < 2 else 'b'}" + f"{[10, 20][1]}" + f"{max(1, 2)}" + f"{(lambda: 3)()}"


def t832(): return sorted([1, 2, 3], key=lambda n: -n)[0:2], sorted([[2, 1], [1]], key=len)


def t833(): return [price(n, each=n) for n in [1, 2]]


def t834(): return [[(1, 2)], [(3, 4)]][-1][-1][0]


def t835():
    def f(a, b=10): return a + b
    return list(map(f, [1, 2])), [f(x) for x in [3]], sorted([3, 1], key=lambda x: f(x, -x))


def part836(xs, n): return xs[0:n], xs[2:]
def t836(): return part836([1, 2, 3], 2), part836(b"abc", 2), part836([], 1)
