// Corners of the language: each function takes nothing, and gives what the engine gives.

function t1() { return tuple(Math.trunc(-7 / 2), Math.floor(-7 / 2), -7 % 3, 7 % -3, -7 % -3); }

function t2() { let fs = []; for (const i of range(3)) { fs = [...fs, () => i * 10]; } return fs.map((f) => f()); }

function t3() { const x = 1; let y = 0; if (x === 1) { const x = 5; y = x; } return tuple(x, y); }

function t4() { const [a, [b, c]] = tuple(1, [2, 3]); return a * 100 + b * 10 + c; }

function t5() { return tuple(String(0), "n" + String(-12), String(1000000)); }

function t6() { return tuple(2 ** 10, (-2) ** 3, 2 ** 3 ** 2, 0 ** 0, 2.0 ** 0.5); }

function t7() { return tuple(Math.floor(-0.5), Math.ceil(-0.5), Math.trunc(-0.5), Math.abs(-3), Math.abs(-0.0)); }

function t8() { return tuple(Math.min(1.5, -2.5), Math.max(1.5, 2.5), Math.min(3, 2), Math.max(-3, -2)); }

function t9() { return tuple(0.1 + 0.2, 5e-324, 1.7976931348623157e308 * 10.0, 1e21, 123456789.125 / 3.0); }

function t15() { return 1 < 2 === true; }

function t17() { let x = 1; if (x > 5) { x = 2; } else { if (x > 0) { x = 3; } else { x = 4; } } x += 10; return x; }

function t18() { return [1, 2, 3].reduce((a, b) => a - b, 10); }

function t19() { return tuple(-0.0 === 0.0, [0.0].includes(-0.0), 0.0 < -0.0); }

function t20() { const inf = 1e308 * 10.0; const nan = inf - inf; return tuple(nan === nan, nan !== nan, nan < 1.0, !(nan >= 1.0)); }

function t21() { let s = 0; for (const i of range(4)) { for (const j of range(4)) { if (j > i) break; if (j === 1) continue; s += 10 * i + j; } } return s; }

function t22() { let n = 0; for (const x of [5, 1, 4]) { if (x === 1) continue; n = n * 10 + x; if (x === 4) break; } return n; }

function t23() { const f = (x) => (y) => x * 10 + y; return f(3)(4); }

function t24() { const add = (a) => (b) => a + b; const inc = add(1); return [1, 2].map(inc).map(add(10)); }

function t25() { return true ? false ? 1 : 2 : 3; }

function t26() { const { a, b: { c } } = { a: { c: 1 }, b: { c: 2 } }; return tuple(a.c, c); }

function t27() { return [[1, 2], [3]].map((xs) => xs.reduce((a, b) => a + b, 0)).concat([9]).toReversed(); }

function t30() { const x = 3; const f = (x) => x + 1; return f(10) + x; }

function t31() { return tuple(!(1 < 2) || 3 < 4 && false, !true === false); }

function t32() { switch (3) { case 1: return "a"; case 3: case 4: return "b"; default: return "c"; } }

function t33() { switch (-0.0) { case 0.0: return "zero"; default: return "other"; } }

function t34() { return -(2 ** 2) + 1 - -1; }

function t35() { return 7 - 3 - 2 + 10 % 4 * 2; }

function t42() { const f = (n) => n === 0 ? 1 : n * f(n - 1); return f(10); }

function t43() { let r = ""; for (const c of ["x", "y"]) { r = r + c + "-"; } return r; }

function t45() { return [1, 2, 3].some((x) => x > 2) && [].every((x) => x > 2); }

function t46() { return [1, [2, 3]].length; }

function t47() { return 9007199254740991 + 1; }

function t48() { return 9007199254740991 * 3; }

function t49() { let i = 5; i++; return i; }

function t51() { return { "b": 1, "a": { "d": 2, "c": 3 } }; }

function t52() { const k = "x"; return { [k + "1"]: 1, [k]: 2 }; }

function t53() { const a = 1, b = a + 1; return b; }

function t56() { return Math.max(1, 2, 3) - Math.min(4, 5, 6); }

function t64() { return 1_000; }

function t65() { for (const x of [1, 2, 3]) { if (x === 2) { return x; } } fail("none"); }

function t66() { const xs = [1, 2]; return xs[2]; }

function t67() { const xs = [1, 2]; return xs[-1]; }

function t68() { return { a: 1 }.b; }

function t69() { const t = tuple(1, "x"); return tuple(t[1], t[0]); }

function t72() { if (false) return 1; else if (true) return 2; return 3; }

function t73() { const f = function (x) { return x * 2; }; return f(4); }

function t74() { function inner(x) { return x * 3; } return inner(4); }

function t81() { return [[1, "a"], [2, "b"]].map(([n, s]) => s); }

function t82() { return "a" === "a" && "a" !== "b"; }

function t83() { return 5 / 2.0; }

function t84() { return Number(3) / 2; }

function t85() { return [0.1, 0.2, 0.3].reduce((a, b) => a + b, 0.0); }

function t86() { return [1, 2, 3, 4].reduce((a, x) => x % 2 === 0 ? [...a, x] : a, []); }

function t87() { const compose = (f, g) => (x) => f(g(x)); return compose((x) => x + 1, (x) => x * 2)(5); }

function t90() { return [-7, 0, 3].map((n) => Math.sign(n)); }

function t91() { return [-2.5, 0.0, 0.25].map((x) => Math.sign(x)); }

function t92() { let a = 0; let b = 1; for (const i of range(20)) { [a, b] = [b, a + b]; } return [a, b]; }

function t93() { let a = 1; let b = 2; let c = 3; [a, b, c] = [c, a, b]; return [a, b, c]; }

function t94() { const swapped = (xs) => xs.toReversed(); let a = 4; let b = 9; [a, b] = swapped([a, b]); return a * 10 + b; }

function t95() { let a = 1; let b = 2; if (a < b) { [a, b] = [b, a]; } return a * 10 + b; }

function t150() { const even = (n) => n === 0 ? true : odd(n - 1); const odd = (n) => n === 0 ? false : even(n - 1); return tuple(even(10), odd(7), even(7)); }

function t151() { const k = 3; const f = (n) => n <= 0 ? k : g(n - 1) + 1; const g = (n) => n <= 0 ? -k : f(n - 2) * 2; return [0, 1, 2, 3, 9].map(f); }

function t152() { function a(n, x) { return n < 1 ? x : b(n - 1); } function b(n) { return n < 1 ? y : c(n - 1) + 1; } function c(n) { return a(n, y) + b(n - 1); } const z = a(7, 5); return z; }
const y = 11;

function t153f(n) { return n + 100; }
function t153() { const g = (n) => t153f(n); const t153f = (n) => n * 2; return g(4); }

function t500() { let x; x = 3; return x + 1; }

function t501() { let a, b; a = 1; b = a + 1; return [a, b]; }

function t502() { let best; for (const x of [3,1,2]) { best = x; } return 1; }

function t503() { const { a, b = 5 } = { a: 1 }; return [a, b]; }

function t504() { const { a: { b, ...rest } } = { a: { b: 1, c: 2, d: 3 } }; return rest; }

function t505() { const { a, ...rest } = { a: 1, b: 2, c: 3 }; return rest; }

function t506() { let s = 0; for (const [a, [b, c]] of [[1, [2, 3]], [4, [5, 6]]]) { s += a * b - c; } return s; }

function t507() { let s = 0; for (const { p: [x, y], q: { z } } of [{ p: [1, 2], q: { z: 3 } }]) { s += x + 10 * y + 100 * z; } return s; }

function t508() { let s = 0; for (const { a, b = 7 } of [{ a: 1 }, { a: 2, b: 3 }]) s += a * b; return s; }

function t509() { const [, b] = [1, 2]; return b; }

function t510() { const o = { a: 1, b: { c: [1, 2, 3] } }; return { ...o, b: { ...o.b, d: 4 } }; }

function t511() { const a = { x: 1, y: 2 }; const b = { y: 3, z: 4 }; return { ...a, ...b }; }

function t512() { return { x: 1, ...{ x: 2, y: 3 } }; }

function t513() { const even = (n) => n === 0 ? true : odd(n - 1); const odd = (n) => n === 0 ? false : even(n - 1); return [even(10), odd(7), even(3)]; }

function t514() { const even = (n) => n === 0 ? true : odd(n - 1); const k = 1; const odd = (n) => n === 0 ? false : even(n - k); return [even(10), odd(7), even(3)]; }

function t515() { function even(n) { return n === 0 ? true : odd(n - 1); } const start = 10; function odd(n) { return n === 0 ? false : even(n - 1); } return even(start); }

function t516() { const r = g(3); function g(n) { return n * 2; } return r; }

function t517() { return helper(4); function helper(n) { return n + 1; } }

function t518() { let x = 1; { let x = 2; x += 5; } return x; }

function t519() { let x = 1; { x = 2; } return x; }

function t520() { let x = 1; if (true) { let x = 10; x += 1; } return x; }

function t521() { let s = 0; for (let i = 0; i < 3; i++) { let s2 = i * 2; s += s2; } for (let i = 10; i > 7; i--) s += i; return s; }

function t522() { let s = 0; let i = 0; while (i < 5) { s += i; i++; } return s; }

function t523() { let s = 0; let i = 0; do { s += i; i++; } while (i < 5); return s; }

function t524() { let s = 0; for (let i = 0, j = 10; i < j; i++, j--) { s += j - i; } return s; }

function t525() { let s = 0; for (let i = 0; i < 5; i = i + 1) { s += i; } return s; }

function t526() { const m = { a: 1 }; return m["b"] ?? 7; }

function t527() { return [7 % 3, -7 % 3, 7 % -3, -7 % -3]; }

function t528() { return [Math.floor(-7 / 2), Math.trunc(-7 / 2), Math.floor(7 / -2), Math.ceil(7.0 / 2.0), Math.ceil(-7.0 / 2.0)]; }

function t529() { return Math.ceil(7 / 2); }

function t530() { return 0.1 + 0.2; }

function t531() { const x = NaN; return [x === x, x !== x, x < 1.0]; }

function t532() { switch (2) { case 1: return "a"; case 2: case 3: return "b"; default: return "c"; } }

function t533() { let s = 0; for (const x of [1, 2, 3, 4]) { switch (x) { case 2: continue; case 3: s += 100; break; default: s += x; } } return s; }

function t534() { const f = function (n) { return n <= 1 ? 1 : n * f(n - 1); }; return f(5); }

function t535() { const compose = (f, g) => (x) => f(g(x)); return compose((x) => x + 1, (x) => x * 2)(5); }

function t536() { const fs = [0, 1, 2].map((i) => () => i); return fs.map((f) => f()); }

function t537() { let fs = []; for (let i = 0; i < 3; i++) { const j = i; fs = [...fs, () => j]; } return fs.map((f) => f()); }

function t538() { let c = 0; c = 5; const get1 = () => c; return get1(); }

function t539() { const x = 1, y = 2, z = x + y; return z; }

function t540() { let a = 1, b = 1; for (let i = 0; i < 10; i++) { [a, b] = [b, a + b]; } return a; }

function t541() { let a = 1, b = 1; for (let i = 0; i < 10; i++) { const c = a + b; a = b; b = c; } return a; }

function t542() { const xs = [[1, "a"], [2, "b"]]; return xs.map(([n, s]) => s + String(n)); }

function t543() { const people = [{ n: "x", age: 3 }, { n: "y", age: 9 }]; return people.filter(({ age }) => age > 5).map(({ n }) => n); }

function t544() { const groups = [1,2,3,4].reduce((g, x) => { const k = x % 2 === 0 ? "even" : "odd"; return { ...g, [k]: [...(g[k] ?? []), x] }; }, {}); return groups; }

function t545() { return [1, 2, 3].reduce((m, x) => ({ ...m, ["k" + String(x)]: x }), {}); }

function t546() { const { a: x, b: [y, z] } = { a: 1, b: [2, 3] }; return x + y + z; }

function t547() { let x = 1; const f = (x) => { x = x + 1; return x; }; return [f(5), x]; }

function t548() { const isPrime = (n) => { if (n < 2) return false; for (let i = 2; i * i <= n; i++) { if (n % i === 0) return false; } return true; }; let r = []; for (let i = 0; i < 20; i++) { if (isPrime(i)) r = [...r, i]; } return r; }

function t549() { const bubble = (xs) => { if (xs.length === 0) return []; const [p, ...r] = xs; return [...bubble(r.filter(x => x < p)), p, ...bubble(r.filter(x => x >= p))]; }; return bubble([3,1,2,5,4]); }

function t550() { return [0.5, 1.0, 100.0, 1e21, 1e-7, 123456789.123].map(x => x * 1.0); }

function t551() { const a = [1,2,3]; const [x, y, z] = a; return x + y + z; }

function t552() { const a = [1,2,3]; const [x] = a; return x; }

function t553() { let x = 0; x++; ++x; x--; return x; }

function t554() { let x = true; x &&= false; return x; }

function t555() { return !!true; }

function t556() { return [1,2,3].includes(2); }

function t557() { return [1,2,3].every(x => x > 0) && ![1,2].some(x => x > 5); }

function t558() { return "a" in { a: 1 } && !("b" in { a: 1 }); }

function t559() { if (true) return 1; else return 2; }

function t560() { let n = 27; let steps = 0; const collatz = (n, s) => n === 1 ? s : collatz(n % 2 === 0 ? idiv(n, 2) : 3 * n + 1, s + 1); return collatz(n, steps); }

function t561() { const avg = (xs) => xs.reduce((a, b) => a + b, 0.0) / Number(xs.length); return avg([1.5, 2.5]); }

function t562() { const x = 1; { const x = 2; { const x = 3; } } return x; }

function t563() { const r = (() => { const a = 1; return a + 1; })(); return r; }

function t564() {
  const x = 1
  const y = 2
  return x + y
}

function t565() { const o = { f: (x) => x + 1 }; const { f } = o; return f(1); }

function t566() { const xs = [1, 2, 3]; return xs[xs.length - 1]; }

function t567() { const xs = [[1, 2], [3, 4]]; return xs[1][0]; }

function t568() { const xs = []; return xs.length === 0; }

function t569() { const m = { a: 1 }; const k = "a"; return m[k]; }

function t570() { const state = { n: 1, log: [] }; const next = { ...state, n: state.n + 1, log: [...state.log, "x"] }; return next; }

function t571() { const x = 10; const r = x > 5 ? x > 8 ? "a" : "b" : "c"; return r; }

function t572() { return 2 ** 3 ** 2; }

function t573() { return (-2) ** 2; }

function t574() { return [0x1f, 1e3, .5, 5.]; }

function t575() { return 9007199254740991 + 1; }

function t576() { return "a\tb\n\u0041\x42"; }

function t577() { return 'it\'s'; }

function t578() { return "ab" === "a" + "b"; }

function t579() { return true && 5; }

function t580() { return [true === true, true !== false, !true]; }

function t581() { const t1 = tuple(1, "a"); const [n, s] = t1; return s + String(n); }

function t582() { let r = []; for (let i = 0; i < 3; i++) for (let j = 0; j < i; j++) r = [...r, [i, j]]; return r; }

function t583() { let r = 0; for (let i = 0; i < 10; i++) { if (i === 3) continue; if (i === 6) break; r += i; } return r; }

function t584() { let r = 0; for (let i = 0; i < 10; i += 3) { r += i; i++; } return r; }

function t585() { for (let i = 0; ; i++) { if (i > 5) return i; } }

function t586() { let i = 0; for (; i < 5; i++) { } return i; }

function t587() { let i = 0; for (i = 0; i < 5; i++) { } return i; }

function t588() { const x = 4.0 / 2.0; switch (x) { case 2: return "two"; default: return "other"; } }

function t589() { let x = 1; const f = () => { let x = 2; x += 1; return x; }; return [f(), x]; }

function t590() { let x = 1; for (const y of [1, 2]) { let x = 10; x += y; } return x; }

function t591() { let x = 1; for (const x of [5, 6]) { } return x; }

function t592() { let x = 1; for (let x = 5; x < 7; x++) { } return x; }

function t593() { let x = 1; for (let i = 0; i < 3; i++) { x += i; { let x = 100; x += 1; } if (i === 1) { const x = 7; } } return x; }

function t594() { let a = 1; if (a > 0) { a = 2; { let a = 50; a = 60; } a += 3; } else { a = 9; } return a; }

function t595() { let r = 0; let i = 0; while (true) { i++; if (i % 2 === 0) continue; if (i > 7) break; r += i; } return [r, i]; }

function t596() { let n = 0; do { n += 1; if (n === 3) continue; if (n === 5) break; } while (n < 10); return n; }

function t597() { let n = 0; do n++; while (n < 3); return n; }

function t598() { let s = 0; for (let i = 0, j = 10; i < j; i++, j -= 2) { if (j === 6) continue; s += j - i; } return s; }

function t599() { let i = 0, s = 0; for (;;) { if (i > 3) break; s += i; i++; } return [i, s]; }

function t600() { let i; let s = 0; for (i = 2; i < 5; i++) s += i; return [i, s]; }

function t601() { let x; const f = (n) => n + 1; if (f(1) === 2) { x = "a"; } else { return "none"; } return x; }

function t602() { let x; { x = 4; } return x; }

function t603() { let x, y; if (true) { x = 1; y = 2; } else { x = 3; y = 4; } return x * 10 + y; }

function t604() { let x; let y = 0; for (const k of [1, 2, 3]) { let z; if (k > 1) z = k; else z = 0; y += z; } return y; }

function t605() { let total = 0; for (const x of [1, 2, 3]) total += x; const f = (y) => y * total; return [1, 2].map(f); }

function t606() { let fs = []; for (const x of [1, 2, 3]) { let k = x; k *= 2; fs = [...fs, () => k]; } return fs.map((f) => f()); }

function t607() { const { a, ...rest } = { a: 1, b: 2, c: 3 }; const { b = 9, z = 10 } = rest; return [a, b, z, rest]; }

function t608() { const [a, , b, ...c] = [1, 2, 3, 4, 5]; return [a, b, c]; }

function t609() { const [...all] = [1, 2]; return all; }

function t610() { const [a, [b, { c: [d] }]] = [1, [2, { c: [3] }]]; return a + b + d; }

function t611() { const f = ([a, b], { c }) => a + b + c; return f([1, 2], { c: 3 }); }

function t612() { const xs = [[1, { n: "a" }], [2, { n: "b" }]]; return xs.map(([i, { n }]) => n + String(i)); }

function t613() { const a = { x: 1, y: 2 }, b = { y: 3, z: 4 }; return [{ ...a, ...b }, { q: 0, ...a, x: 9, ...b }]; }

function t614() { const isEven = (n) => n === 0 || isOdd(n - 1); const limit = 10; const isOdd = (n) => n !== 0 && isEven(n - 1); return [isEven(limit), isOdd(limit)]; }

function t615() { const a = (n) => n <= 0 ? 0 : b(n - 1) + 1; const x = 3; const b = (n) => n <= 0 ? x : c(n - 1); const c = (n) => a(n - 1) * 2; return a(10); }

function t616() { function a(n) { return n <= 0 ? 0 : b(n - 1) + 1; } const x = 3; const y = x + 1; function b(n) { return n <= 0 ? 7 : a(n - 2); } return a(9) + y; }

function t617() { return main(3); function main(n) { return helper(n) + 1; } function helper(n) { return n * 2; } }

function t618() { const a = f(1); let k = 2; k = 3; function f(n) { return n + 1; } return a + k; }

function t619() { const o = { n: 1, xs: [1, 2], s: "a", f: 2.5 }; return [o.n + 1, o.xs.length, o.s + "b", o.f * 2.0, o.xs[1] + o.n]; }

function t620() { const pairs = [["a", 1], ["b", 2]]; let m = {}; for (const [k, v] of pairs) { m = { ...m, [k]: v * 2 }; } return m; }

function t621() { let best = { score: -1, name: "" }; for (const p of [{ score: 3, name: "x" }, { score: 9, name: "y" }]) { if (p.score > best.score) best = p; } return best.name; }

function t622() { let xs = [5, 3, 9, 1]; let out = []; while (xs.length > 0) { const [h, ...r] = xs; let i = 0; let before = []; let rest = out; while (rest.length > 0 && rest[0] < h) { before = [...before, rest[0]]; const [, ...more] = rest; rest = more; i++; } out = [...before, h, ...rest]; xs = r; } return out; }

function t623() { let a = 0; for (let i = 0; i < 3; i++) { for (let i = 0; i < 2; i++) { a += 1; } a += 10; } return a; }

function t624() { let a = 0, i = 0; while (i < 4) { let j = 0; while (j < i) { if (j === 2) break; a += j + 1; j += 1; } i += 1; } return a; }

function t625() { let x = 5; if (x > 3) { let y = x; x = y * 2; } const z = x; { const x = z + 1; return x; } }

function t626() { let r = []; for (const x of [1, 2, 3]) { { if (x === 2) continue; } r = [...r, x]; { if (x === 3) break; } r = [...r, 0]; } return r; }

function t627() { let x = 1; switch (x) { case 1: { let x = 5; x += 1; break; } default: x = 9; } return x; }

function t628() { let x = 1; switch (x) { case 1: x = 5; break; case 5: x = 6; break; } return x; }

function t629() { let y; switch (3) { case 1: y = 5; break; default: y = 6; } return y; }

function t630() { let y = 0; switch ("b") { case "a": case "b": { y = 1; break; } case "c": y = 2; } return y; }

function t631() { let i = 0; let a = 0; for (; i < 3; ) { a += i; i += 1; } return a; }

function t632() { let a = 1; let b = 2; [a, b] = [b, a]; [b, a] = [a + b, a - b]; return [a, b]; }

function t633() { const n = 3; const xs = range(n).map((i) => range(i).map((j) => i * 10 + j)); return xs; }

function t634() { let k = 1; const r = g(); k = 5; function g() { return 7; } return r + k + g(); }

function t635() { const { "a-b": x, c: { d = 4 } } = { "a-b": 3, c: {} }; return x + d; }

function t636() { const x = 1; { const y = f(2); function f(n) { return n * x; } return y; } }

function t700() { return [5, 6, 7].map((x, i) => x * 10 + i); }

function t701() { return [5, 6, 7].filter((x, i) => i !== 1); }

function t702() { return tuple([1, 2].some((x, i) => x === i), [1, 2].some((x, i) => x === i + 1), [1, 2].every((x, i) => x > i), [].every((x, i) => x > i)); }

function t703() { return [3, 4, 5].reduce((sum, x, i) => sum + x * i, 100); }

function weighted(x, i) { return x * 100 + i; }

function t704() { return [7, 8].map(weighted); }

function t705() { const g = (x, i) => x - i; return [7, 8].map(g).concat([].map(g)); }

function t706() { return [4, 5].map(() => 1); }

function t707() { return [3, 1, 2].reduce((a, b) => a * 10 + b); }

function t708() { return [].reduce((a, b) => a + b); }

function t709() { return tuple([5, 6, 7].find((x) => x > 5) ?? 0, [5].find((x) => x > 5) ?? -1, [5, 6].find((x, i) => i === 1) ?? 0); }

function t710() { return ([].find((x) => x > 5) ?? fail("none")) + 1; }

function t711() { return [{ n: "a", v: 1 }, { n: "b", v: 2 }].find(({ n }) => n === "b") ?? { n: "", v: 0 }; }

function t712() { return tuple([5, 6, 6].findIndex((x) => x === 6), [5].findIndex((x) => x === 6), [5, 6].findIndex((x, i) => x + i === 7), [].findIndex((x) => x)); }

function t713() { return tuple([5, 6, 6].indexOf(6), [5].indexOf(6), ["a", "b"].indexOf("b"), [].indexOf(1), [1.5, 2.5].indexOf(2.5)); }

function t714() { const xs = [0, 1, 2, 3, 4]; return [xs.slice(1, 3), xs.slice(-2), xs.slice(0, -1), xs.slice(3, 1), xs.slice(-9, 9), xs.slice(9), xs.slice(), xs.slice(-3, -1), xs.slice(5, 5), [].slice(0, 1), [].slice(-1)]; }

function t715() { const xs = [1, 2, 3]; return range(9).map((k) => xs.slice(k - 4)); }

function t716() { return range(9).map((a) => range(9).map((b) => [1, 2, 3].slice(a - 4, b - 4))); }

function t717() { return [[1, 2], [], [3]].flatMap((x) => x).concat([1, 2].flatMap((x, i) => [x, i])); }

function t718() { return tuple([1, 2, 3].at(0), [1, 2, 3].at(-1), [1, 2, 3].at(-3)); }

function t719() { const n = 7; const s = "x"; return `a${n}b${s}${n + 1}` + `${n}` + `plain` + ``; }

function t720() { return `${-5}:${1 - 1}:${[1, 2].map((x) => "<" + String(x) + ">").join("")}`; }

function t721() { const who = "é😀"; return `hi
 ${who}\n${
  who
}!`; }

function t722() { return [3, 1, 2].toSorted((a, b) => a - b); }

function t723() { return tuple([3, 1, 2].toSorted((a, b) => b - a), [1.5, -2.5, 0.5].toSorted((a, b) => a - b), [].toSorted((a, b) => a - b), [9].toSorted((a, b) => a - b)); }

function t724() { return [{ k: 2, v: 1 }, { k: 1, v: 2 }, { k: 2, v: 3 }, { k: 1, v: 4 }, { k: 0, v: 5 }].toSorted((a, b) => a.k - b.k).map((x) => x.v); }

function t725() { return [5, 3, 8, 1, 9, 2, 2, 7].toSorted((a, b) => a > b ? 1 : -1); }

function t726() { return [{ k: 1, v: 1 }, { k: 1, v: 2 }, { k: 0, v: 3 }, { k: 1, v: 4 }].toSorted((a, b) => a.k > b.k ? 1 : -1).map((x) => x.v); }

function t727() { return [{ k: 1, v: 1 }, { k: 1, v: 2 }, { k: 0, v: 3 }, { k: 1, v: 4 }].toSorted((a, b) => a.k < b.k ? -1 : 1).map((x) => x.v); }

function t728() { return [...[2, 1], 0].sort((a, b) => a - b); }

function t729() { return range(40).map((i) => (i * 17) % 23).toSorted((a, b) => (a % 5) - (b % 5)); }

function plus(a, b = 2, c = a + b) { return a * 100 + b * 10 + c; }

function t730() { return tuple(plus(1), plus(1, 5), plus(1, 5, 9)); }

function t731() { const f = (a, b = a * 2) => a + b; const k = 10; function g(x, y = k) { return x - y; } return tuple(f(1), f(1, 1), g(1), g(1, 2)); }

function t732() { return Math.max(3, 9, 2, 5) * 10 + Math.min(3, 9, 2, 5); }

function t733() { return tuple([1, 2, 3].join("-"), ["a"].join(", "), [].join("x"), ["a", "b"].join(), [1, 2].join("")); }

function indexOf(xs, x) { return 99; }

function toSorted(xs) { return 98; }

function t734() { return tuple(indexOf([1], 1), toSorted([2]), [4, 5].indexOf(5)); }

function t735() { const out = []; const xs = [1, 2, 3]; return xs.map((x, i) => xs.slice(i).map((y, j) => xs.indexOf(y) * 10 + j)); }

function t736() { let n = 0; let all = []; while (n < 3) { n += 1; all = [...all, [3, 1, 2].map((x, i) => x * n + i).toSorted((a, b) => b - a)]; } return all; }

function t737() { const f = (n) => n === 0 ? [] : [n, ...f(n - 1)]; return f(4).flatMap((x, i) => f(x).slice(0, i)); }

function t738() { const better = (a, b) => a.v - b.v; return [{ v: 2.5 }, { v: 1.5 }].toSorted(better).at(0).v; }

function t739() { const i = 7; return [1, 2].map((x, i) => i).concat([i]); }

function t740() { return [[2, "b"], [1, "a"]].toSorted((p, q) => p[0] - q[0]).map(([n, s]) => `${s}${n}`).join("|"); }

function t741() { return [1, 2, 3, 4].map((x, i) => { if (i % 2 === 0) return x; return -x; }); }

function t742() { return plus(1, plus(2)); }

function t743() { const xs = [1, 2, 3]; return xs.find((x) => x === 2) ?? xs.find((x) => x === 9) ?? 5; }

function t744() { const f = (x, i = 9) => x * 10 + i; return [1, 2].map(f).concat([f(1)]); }
