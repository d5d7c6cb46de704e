const fail = (reason) => { throw new Error(reason); };
class Tuple { constructor(parts) { parts.forEach((part, i) => { this[i] = part; }); this.size = parts.length; Object.freeze(this); } *[Symbol.iterator]() { for (let i = 0; i < this.size; i++) yield this[i]; } }
const tuple = (...parts) => new Tuple(parts);
const idiv = (a, b) => typeof a === "bigint" ? a / b : Math.trunc(a / b);
const range = (a, b) => b === undefined ? Array.from({ length: Math.max(0, a) }, (_, i) => i) : Array.from({ length: Math.max(0, b - a) }, (_, i) => a + i);
const put = (m, k, v) => ({ ...m, [k]: v });
const bits = (x) => { const b = Buffer.alloc(8); b.writeDoubleBE(x); return b.toString("hex"); };
const hexOf = (s) => Buffer.from(s, "utf8").toString("hex");
const show = (v) => {
  if (typeof v === "bigint") return v.toString();
  if (typeof v === "number") return "r" + bits(v === 0 ? 0 : v);
  if (typeof v === "boolean") return String(v);
  if (typeof v === "string") return "#" + hexOf(v);
  if (Array.isArray(v)) return "[" + v.map(show).join(" ") + "]";
  if (v instanceof Tuple) return "{" + [...v].map(show).join(" ") + "}";
  return "%{" + Object.keys(v).sort().map((k) => show(k) + ":" + show(v[k])).join(" ") + "}";
};
const attempt = (f) => { let line; try { line = show(f()); } catch (e) { line = "trap"; } console.log(line); };
