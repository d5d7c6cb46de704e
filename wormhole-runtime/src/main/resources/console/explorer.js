"use strict";
// The chain as this node sees it: forks, blocks, validators, and what a search finds.

const KEY = "wormhole-token";
const POLL_MILLIS = 2000;
const STEP = 26;
const BLOCKS_SHOWN = 20;
const TRANSACTIONS_SHOWN = 12;
const COLOURS = { final: "#34d3b4", justified: "#7c8cff", tentative: "#e0a340", abandoned: "#8890a8" };
const SVG = "http://www.w3.org/2000/svg";
const token = firstToken();
let olderThan = null; // a height while the reader looks at old blocks

// The token comes from the console's session, or once in the address, where it does not stay.
function firstToken() {
  const given = /^#token=([\w-]+)$/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

const $ = (id) => document.getElementById(id);
document.documentElement.dataset.theme =
  localStorage.getItem("wormhole-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// FinalityTransaction.Vote is a finality vote.
const kindOf = (name) => name.replace("Transaction.", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

const short = (text) => (text && text.length > 18 ? text.slice(0, 10) + "…" + text.slice(-6) : String(text ?? ""));

async function read(path) {
  const response = await fetch("/v1/" + path, { headers: { Authorization: "Bearer " + token }, cache: "no-store" });
  // What is refused before it is understood, such as a query that is too long, is answered in words.
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const said = body.error ? body.error.message : "the node answers " + response.status;
    throw Object.assign(new Error(said), { isMissing: response.status === 404 });
  }
  return body;
}

function link(state, words) {
  $("link").dataset.state = state;
  $("link").querySelector("b").textContent = words;
}

// ---- tables and details

function jump(text, query) {
  const anchor = el("a", { href: "#" + encodeURIComponent(query), class: "mono" }, text);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    search(query);
  });
  return anchor;
}

function table(heads, rows) {
  const head = el("tr", {}, ...heads.map((text) => el("th", { scope: "col" }, text)));
  return el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
}

const row = (...cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell)));

const words = (name) => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

/** What a click on a value looks for. */
function target(name, text, value) {
  if (/^(dsd1|\/)/.test(text) || name === "transaction") return text;
  if (name === "height") return text;
  if (name === "previous" && value.height > 0) return String(value.height - 1);
  if (name === "block" && value.height !== undefined) return String(value.height);
  return null;
}

function details(title, value) {
  const list = el("dl", { class: "facts" });
  for (const [name, entry] of Object.entries(value)) {
    if (entry === null || Array.isArray(entry)) continue;
    const isTime = name.endsWith("Millis");
    const text = isTime ? new Date(entry).toISOString() : typeof entry === "object" ? JSON.stringify(entry) : String(entry);
    const query = target(name, text, value);
    list.append(el("dt", {}, words(isTime ? name.slice(0, -6) : name)), el("dd", { class: "mono" }, query ? jump(text, query) : text));
  }
  return el("div", {}, el("h3", {}, title), list);
}

function block(view, where = "") {
  const rows = view.transactions.map((t) =>
    row(jump(short(t.transaction), t.transaction), kindOf(t.kind), jump(short(t.sender), t.sender)));
  return el("div", {}, details("Block " + view.height + where, view),
    rows.length ? table(["Transaction", "Kind", "Sender"], rows) : el("p", { class: "muted" }, "no transactions"));
}

// ---- search

async function first(...attempts) {
  let why = "Nothing on this node's chain has that name.";
  for (const attempt of attempts) {
    try {
      const found = await attempt();
      if (found) return found;
    } catch (failure) {
      // The next attempt may know it. A mistyped query or a node that is gone is not absence.
      if (!failure.isMissing) why = failure.message;
    }
  }
  return el("p", { class: "bad" }, why);
}

async function transaction(id) {
  const view = await read("transactions/" + id);
  if (view.status === "unknown") return null;
  const inside = view.height === undefined ? null : await read("blocks/" + view.height);
  const more = inside && inside.transactions.find((each) => each.transaction === id);
  return details("Transaction", more ? { ...view, ...more, kind: kindOf(more.kind) } : view);
}

async function blockByHash(hash) {
  const view = await read("blocks/" + hash);
  const followed = await read("blocks/" + view.height).catch((failure) => {
    if (!failure.isMissing) throw failure;
    return {};
  });
  return block(view, followed.hash === hash ? "" : " (not on the followed chain)");
}

async function search(asked) {
  const query = /^[0-9A-F]{64}$/i.test(asked) ? asked.toLowerCase() : asked;
  $("query").value = query;
  let found;
  if (/^[0-9]{1,15}$/.test(query)) found = await first(async () => block(await read("blocks/" + query)));
  else if (/^[0-9a-f]{64}$/.test(query)) {
    found = await first(() => transaction(query), () => blockByHash(query),
      async () => details("Channel", await read("consensus/channels/" + query)));
  } else if (query.startsWith("/")) {
    found = await first(async () => details("Name", await read("names?name=" + encodeURIComponent(query))));
  } else {
    found = await first(async () => details("Account", await read("accounts/" + encodeURIComponent(query))));
  }
  $("found").replaceChildren(found);
  $("found").scrollIntoView({ block: "nearest" });
}

$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  search($("query").value.trim());
});

// ---- live

function legend() {
  const sign = (colour, words, radius) =>
    el("span", { class: "legend-sign" },
      draw("svg", { width: 20, height: 18 }, draw("circle", { cx: 10, cy: 9, r: radius, fill: colour })), words);
  $("legend").replaceChildren(
    ...Object.entries(COLOURS).map(([words, colour]) => sign(colour, words === "abandoned" ? "on another fork" : words, 6)),
    sign(COLOURS.abandoned, "checkpoint", 9));
}

const blocksByHash = new Map(); // what a block holds never changes

/** The blocks behind headers; only those not seen yet are asked for. */
async function blocksOf(headers) {
  const missing = headers.filter((header) => !blocksByHash.has(header.hash));
  await Promise.all(missing.map(async (header) => {
    const view = await read("blocks/" + header.height);
    if (view.hash === header.hash) blocksByHash.set(header.hash, view);
  }));
  while (blocksByHash.size > 10 * BLOCKS_SHOWN) blocksByHash.delete(blocksByHash.keys().next().value);
  return headers.map((header) => blocksByHash.get(header.hash)).filter((view) => view);
}

function transactions(blocks) {
  const all = blocks.flatMap((view) => view.transactions.map((each) => ({ height: view.height, ...each })));
  $("transaction-count").textContent = all.length;
  $("transactions").replaceChildren(all.length
    ? table(["Block", "Transaction", "Kind", "Sender"], all.slice(0, TRANSACTIONS_SHOWN).map((each) =>
      row(jump(String(each.height), String(each.height)), jump(short(each.transaction), each.transaction), kindOf(each.kind),
        jump(short(each.sender), each.sender))))
    : el("p", { class: "muted" }, "none in the blocks shown"));
}

function tree(view) {
  const blocks = view.blocks;
  if (!blocks.length) return;
  const byHash = new Map(blocks.map((each) => [each.hash, each]));
  const onChain = new Set();
  for (let at = byHash.get(view.head); at; at = byHash.get(at.parent)) onChain.add(at.hash);
  const lowest = blocks[0].height;
  const lanes = new Map(); // how many blocks a height has beside the followed one
  const places = new Map();
  for (const each of blocks) {
    const lane = onChain.has(each.hash) ? 0 : (lanes.get(each.height) || 0) + 1;
    if (lane) lanes.set(each.height, lane);
    places.set(each.hash, { x: (each.height - lowest) * STEP + STEP, y: lane * STEP + STEP });
  }
  const width = (blocks[blocks.length - 1].height - lowest + 2) * STEP;
  const height = (Math.max(0, ...lanes.values()) + 2) * STEP;
  const picture = draw("svg", { viewBox: "0 0 " + width + " " + height, width: "100%" });
  const justified = byHash.get(view.justifiedHash);
  for (const each of blocks) {
    const place = places.get(each.hash);
    const parent = places.get(each.parent);
    if (parent) picture.append(draw("line", { x1: parent.x, y1: parent.y, x2: place.x, y2: place.y, stroke: COLOURS.abandoned, "stroke-width": 2 }));
  }
  for (const each of blocks) {
    const place = places.get(each.hash);
    const isFinal = onChain.has(each.hash) && each.height <= view.finalHeight;
    const isJustified = onChain.has(each.hash) && justified && each.height <= justified.height;
    const colour = COLOURS[isFinal ? "final" : isJustified ? "justified" : onChain.has(each.hash) ? "tentative" : "abandoned"];
    const isCheckpoint = each.height % view.epochLength === 0;
    const dot = draw("circle", { cx: place.x, cy: place.y, r: isCheckpoint ? 9 : 6, fill: colour },
      draw("title", {}, "height " + each.height + ", " + each.hash + (isFinal ? ", final" : isJustified ? ", justified" : "")));
    dot.addEventListener("click", () => search(onChain.has(each.hash) ? String(each.height) : each.hash));
    picture.append(dot);
  }
  $("tree").replaceChildren(picture);
}

async function refresh() {
  const [view, finality, validators] = await Promise.all(["consensus/tree", "consensus/finality", "consensus/validators"].map(read));
  tree(view);
  $("where").textContent = "head " + finality.height;
  $("finality").textContent = finality.alarm
    ? "ALARM: " + finality.alarm
    : "epoch " + finality.epoch + ", justified " + finality.justified.epoch + ", final " + finality.finalHeight + " (" + finality.lagBlocks + " behind)";
  $("validator-count").textContent = validators.validators.length;
  $("validators").replaceChildren(table(["Address", "Stake", "State", "Voted"], validators.validators.map((each) =>
    row(jump(short(each.address), each.address), each.stake + " DSD", each.status, each.voted ? "yes" : "no"))));
  const from = olderThan === null ? Math.max(0, finality.height - BLOCKS_SHOWN + 1) : Math.max(0, olderThan - BLOCKS_SHOWN);
  const headers = (await read("consensus/headers/" + from)).headers.slice(0, BLOCKS_SHOWN).reverse();
  const blocks = await blocksOf(headers);
  const counts = new Map(blocks.map((view) => [view.hash, view.transactions.length]));
  transactions(blocks);
  $("blocks").replaceChildren(table(["Height", "Hash", "Txs", "Producer", "Time"], headers.map((each) =>
    row(jump(String(each.height), String(each.height)), el("span", { class: "mono" }, short(each.hash)),
      String(counts.get(each.hash) ?? "…"),
      jump(short(each.producer), each.producer), new Date(each.timeMillis).toLocaleTimeString("en-GB")))));
  $("older").dataset.from = from;
}

$("older").addEventListener("click", () => {
  olderThan = Math.max(BLOCKS_SHOWN, Number($("older").dataset.from || BLOCKS_SHOWN));
  refresh();
});
$("newest").addEventListener("click", () => {
  olderThan = null;
  refresh();
});

async function live() {
  for (;;) {
    try {
      await refresh();
      link("live", "live");
    } catch (failure) {
      link("off", String(failure.message || failure));
    }
    await new Promise((done) => setTimeout(done, POLL_MILLIS));
  }
}

if (token) {
  legend();
  live();
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) search(asked);
}
else $("ask").hidden = false;
