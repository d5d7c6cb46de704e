import math, struct, functools
def fail(reason): raise ValueError(reason)
def idiv(a, b):
    q = abs(a) // abs(b)
    return q if (a < 0) == (b < 0) else -q
def irem(a, b): return a - b * idiv(a, b)
def reduce(f, xs, first): return functools.reduce(f, xs, first)
def show(v):
    if v is True or v is False: return "true" if v else "false"
    if isinstance(v, int): return str(v)
    if isinstance(v, float): return "r" + struct.pack(">d", v).hex()
    if isinstance(v, str): return "#" + v.encode().hex()
    if isinstance(v, bytes): return "#" + v.hex()
    if isinstance(v, list): return "[" + " ".join(map(show, v)) + "]"
    if isinstance(v, tuple): return "{" + " ".join(map(show, v)) + "}"
    return "%{" + " ".join(show(k) + ":" + show(v[k]) for k in sorted(v)) + "}"
def attempt(f):
    try: line = show(f())
    except Exception: line = "trap"
    print(line)
