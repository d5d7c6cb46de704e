"use strict";
// The chain as this node sees it: forks, blocks, validators, and what a search finds.

const KEY = "wormhole-token";
const POLL_MILLIS = 2000;
const STEP = 26;
const SVG = "http://www.w3.org/2000/svg";
const token = sessionStorage.getItem(KEY);
let olderThan = null; // a height while the reader looks at old blocks

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

const short = (text) => (text && text.length > 18 ? text.slice(0, 10) + "…" + text.slice(-6) : String(text ?? ""));

async function read(path) {
  const response = await fetch("/v1/" + path, { headers: { Authorization: "Bearer " + token }, cache: "no-store" });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ? body.error.message : response.status);
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

function details(title, value) {
  const list = el("dl", {});
  for (const [name, entry] of Object.entries(value)) {
    if (entry === null || typeof entry === "object") continue;
    const text = String(entry);
    const known = /^(dsd1|\/)/.test(text) || ["previous", "block", "transaction"].includes(name);
    list.append(el("dt", {}, name), el("dd", { class: "mono" }, known ? jump(text, text) : text));
  }
  return el("div", {}, el("h3", {}, title), list);
}

function block(view) {
  const rows = view.transactions.map((t) =>
    row(jump(short(t.transaction), t.transaction), t.kind, jump(short(t.sender), t.sender)));
  return el("div", {}, details("Block " + view.height, view),
    rows.length ? table(["Transaction", "Kind", "Sender"], rows) : el("p", { class: "muted" }, "no transactions"));
}

// ---- search

async function first(...attempts) {
  for (const attempt of attempts) {
    try {
      const found = await attempt();
      if (found) return found;
    } catch (missing) {
      // The next attempt may know it; when none does, the reader is told so below.
    }
  }
  return el("p", { class: "bad" }, "Nothing on this node's chain has that name.");
}

async function transaction(id) {
  const view = await read("transactions/" + id);
  return view.status === "unknown" ? null : details("Transaction", view);
}

async function blockByHash(hash) {
  const tree = await read("consensus/tree");
  const found = tree.blocks.find((each) => each.hash === hash);
  return found ? details("Block " + found.height + " (any fork)", found) : null;
}

async function search(query) {
  $("query").value = query;
  let found;
  if (/^[0-9]{1,15}$/.test(query)) found = await first(async () => block(await read("blocks/" + query)));
  else if (/^[0-9a-fA-F]{64}$/.test(query)) {
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
    if (parent) picture.append(draw("line", { x1: parent.x, y1: parent.y, x2: place.x, y2: place.y, stroke: "#8890a8", "stroke-width": 2 }));
  }
  for (const each of blocks) {
    const place = places.get(each.hash);
    const isFinal = onChain.has(each.hash) && each.height <= view.finalHeight;
    const isJustified = onChain.has(each.hash) && justified && each.height <= justified.height;
    const colour = isFinal ? "#34d3b4" : isJustified ? "#7c8cff" : onChain.has(each.hash) ? "#e0a340" : "#8890a8";
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
  const from = olderThan === null ? Math.max(0, finality.height - 19) : Math.max(0, olderThan - 20);
  const headers = (await read("consensus/headers/" + from)).headers.slice(0, 20).reverse();
  $("blocks").replaceChildren(table(["Height", "Hash", "Producer", "Time"], headers.map((each) =>
    row(jump(String(each.height), String(each.height)), el("span", { class: "mono" }, short(each.hash)),
      jump(short(each.producer), each.producer), new Date(each.timeMillis).toLocaleTimeString("en-GB")))));
  $("older").dataset.from = from;
}

$("older").addEventListener("click", () => {
  olderThan = Math.max(20, Number($("older").dataset.from || 20));
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

if (token) live();
else $("ask").hidden = false;
