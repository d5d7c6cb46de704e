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
