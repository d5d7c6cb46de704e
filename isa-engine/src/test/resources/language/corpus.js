const LIMIT = 10;
function sum_to(n) { return n === 0 ? 0 : n + sum_to(n - 1); }
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function steps(n, count) {
  if (n <= 1) return count;
  return n % 2 === 0 ? steps(Math.floor(n / 2), count + 1) : steps(3 * n + 1, count + 1);
}
function divisions(a, b) {
  if (b === 0) fail("zero");
  return tuple(Math.trunc(a / b), a % b, Math.floor(a / b), idiv(a, b));
}
function inserted(x, xs) {
  if (xs.length === 0) return [x];
  const [first, ...rest] = xs;
  return x <= first ? [x, ...xs] : [first, ...inserted(x, rest)];
}
function sorted_list(xs) { return xs.reduce((done, x) => inserted(x, done), []); }
function squares(xs) { return xs.filter((x) => x % 2 === 0).map((x) => x * x); }
function total(xs, k) {
  let sum = 0;
  let seen = 0;
  for (const x of xs) {
    if (x === k) break;
    if (x < 0) continue;
    seen += 1;
    sum = sum + x * seen;
  }
  return tuple(sum, seen);
}
function poly(x) { return (2.0 * x - 3.5) * x + 0.25; }
function mean(xs) { return xs.length === 0 ? 0.0 : xs.reduce((s, x) => s + x, 0.0) / Number(xs.length); }
function clamp(x, low, high) { return Math.min(Math.max(x, low), high); }
function sizes(n) {
  switch (n) {
    case 0: return "none";
    case 1: case 2: return "few";
    default: return n > LIMIT ? "many" : "some";
  }
}
function greeting(name, n) { return "hello " + name + String(n); }
function counts(names) {
  let m = {};
  for (const name of names) { m = { ...m, [name]: (m[name] ?? 0) + 1 }; }
  return m;
}
function compose(f, g) { return (x) => g(f(x)); }
function composed(a, x) {
  const add = (y) => y + a;
  return compose(add, compose((y) => y * 2, add))(x);
}
function pairs(n) {
  let all = [];
  for (const i of range(n)) { for (const j of range(i, n)) { all = [tuple(i, j), ...all]; } }
  return all;
}
function logic(a, b) { return tuple(a < b && b < 20, a > b || a === 3, !(a === b), a !== b); }
function found(xs, x) { return tuple(xs.includes(x), xs.some((y) => y > x), xs.every((y) => y > x)); }
function roots(x) { return tuple(Math.sqrt(Math.abs(x)), Math.floor(x), Math.ceil(x), Math.trunc(x)); }
