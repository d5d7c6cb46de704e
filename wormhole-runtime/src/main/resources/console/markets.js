"use strict";
// One market in full: its prices as a chart, the book, what this node holds; asks the API again and again.

const KEY = "wormhole-token";
const KNOWN = "wormhole-markets";
const POLL_MILLIS = 1500;
const SVG = "http://www.w3.org/2000/svg";

const $ = (id) => document.getElementById(id);
const token = sessionStorage.getItem(KEY);
const whole = (number) => Number(number).toLocaleString("en");
const short = (text) => (text.length > 22 ? text.slice(0, 12) + "…" + text.slice(-6) : text);
const percent = (ppm) => (ppm / 10000).toFixed(2).replace(/\.?0+$/, "") + " %";
let shown = "";

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") node.className = value;
    else if (name === "click") node.addEventListener("click", value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function svg(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

async function api(path, body) {
  const options = { headers: { Authorization: "Bearer " + token }, cache: "no-store" };
  if (body !== undefined) Object.assign(options, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  const response = await fetch("/v1/" + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ? answer.error.message : "status " + response.status);
  return answer;
}

function trouble(words) {
  $("trouble").hidden = !words;
  $("trouble").textContent = words || "";
}

function link(state, words) {
  $("link").dataset.state = state;
  $("link").querySelector("b").textContent = words;
}

const selected = () => (/^#(dsd1[0-9a-z]+)$/.exec(location.hash) || [])[1];
const known = () => JSON.parse(localStorage.getItem(KNOWN) || "[]");

function remember(address) {
  const all = [address, ...known().filter((other) => other !== address)].slice(0, 20);
  localStorage.setItem(KNOWN, JSON.stringify(all));
}

// ---- the chart: a step for each block that traded, the volume as bars below

function chart(history) {
  if (!history.length) return el("p", { class: "empty" }, "Nothing was traded yet.");
  const batches = [...history].reverse();
  const wide = 720, high = 220, left = 46, bottom = 26, bars = 44;
  const first = batches[0].height, last = Math.max(batches[batches.length - 1].height, first + 1);
  const x = (height) => left + ((height - first) / (last - first)) * (wide - left - 12);
  const y = (ppm) => 8 + (1 - ppm / 1e6) * (high - bottom - bars - 8);
  const most = Math.max(...batches.map((batch) => batch.volume));
  const drawing = svg("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img",
    "aria-label": `price of YES from block ${first} to ${last}, now ${percent(batches[batches.length - 1].pricePpm)}` });
  for (const line of [0, 250000, 500000, 750000, 1000000]) {
    drawing.append(svg("line", { x1: left, x2: wide - 12, y1: y(line), y2: y(line), class: "grid" }),
      svg("text", { x: left - 6, y: y(line) + 4, "text-anchor": "end" }, line / 10000 + " %"));
  }
  let path = "";
  batches.forEach((batch, place) => {
    path += place ? `H${x(batch.height)}V${y(batch.pricePpm)}` : `M${x(batch.height)} ${y(batch.pricePpm)}`;
    const tall = Math.max(2, (batch.volume / most) * bars);
    const bar = svg("rect", { x: x(batch.height) - 3, y: high - bottom - tall, width: 6, height: tall, class: "volume" });
    bar.append(svg("title", {}, `block ${batch.height}: ${whole(batch.volume)} sets at ${percent(batch.pricePpm)}`));
    drawing.append(bar);
  });
  drawing.append(svg("path", { d: path + `H${wide - 12}`, class: "price" }));
  batches.forEach((batch) => drawing.append(svg("circle", { cx: x(batch.height), cy: y(batch.pricePpm), r: 3, class: "dot" })));
  drawing.append(svg("text", { x: left, y: high - 8 }, "block " + whole(first)),
    svg("text", { x: wide - 12, y: high - 8, "text-anchor": "end" }, "block " + whole(last)));
  return drawing;
}

function table(heads, rows, none) {
  if (!rows.length) return el("p", { class: "empty" }, none);
  return el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell)))))));
}

async function act(market, what, body) {
  trouble("");
  link("live", "waiting for the block to be final …");
  try {
    await api(`markets/${market}/${what}`, body === undefined ? "" : body);
  } catch (failure) {
    trouble(failure.message);
  }
  shown = "";
}

function order(market) {
  const side = el("select", { id: "side" }, el("option", { value: "yes" }, "YES"), el("option", { value: "no" }, "NO"));
  const limit = el("input", { id: "limit", type: "number", min: "0.0001", max: "99.9999", step: "0.0001", value: "50", required: "" });
  const count = el("input", { id: "count", type: "number", min: "1", value: "10", required: "" });
  const form = el("form", { class: "row", autocomplete: "off" },
    el("div", {}, el("label", { for: "side" }, "Side"), side),
    el("div", {}, el("label", { for: "limit" }, "Pay at most, % of the unit"), limit),
    el("div", {}, el("label", { for: "count" }, "Shares"), count),
    el("button", { type: "submit" }, "Order"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(market, "buy", { side: side.value, limitPpm: Math.round(Number(limit.value) * 10000), count: Number(count.value) });
  });
  return form;
}

function acts(view) {
  const sets = () => Number(prompt("How many complete sets?") || 0);
  if (view.worthOfYes !== undefined) return [el("button", { type: "button", click: () => act(view.market, "claim") }, "Claim what my shares are worth")];
  return [
    el("button", { type: "button", class: "ghost", click: () => { const n = sets(); if (n) act(view.market, "mint", { count: n }); } }, "Mint sets"),
    el("button", { type: "button", class: "ghost", click: () => { const n = sets(); if (n) act(view.market, "redeem", { count: n }); } }, "Redeem sets"),
    ...["yes", "no"].filter((side) => view.book.some((o) => o.by === view.me && o.side === side))
      .map((side) => el("button", { type: "button", class: "ghost", click: () => act(view.market, "cancel", { side }) }, `Cancel my ${side.toUpperCase()} order`)),
    el("button", { type: "button", class: "ghost", click: () => act(view.market, "clear") }, "Match now"),
    el("button", { type: "button", class: "ghost", click: () => act(view.market, "answer") }, "Show the answer"),
  ];
}

function show(view, question) {
  const mine = view.holders.find((holder) => holder.address === view.me) || { yes: 0, no: 0 };
  const price = view.history.length ? percent(view.history[0].pricePpm) : "no price yet";
  $("one").replaceChildren(
    el("div", { class: "head" }, el("h2", {}, question.text || "Question " + short(view.question)),
      el("span", { class: "chip accent" }, view.worthOfYes !== undefined ? "answered" : "YES " + price)),
    el("p", { class: "id muted" }, view.market),
    el("div", { class: "facts" },
      el("span", {}, "unit ", el("b", { class: "mono" }, view.unit)),
      el("span", {}, "I hold ", el("b", { class: "mono" }, `${whole(mine.yes)} YES, ${whole(mine.no)} NO`)),
      view.worthOfYes !== undefined ? el("span", {}, "a YES is worth ", el("b", { class: "mono" }, view.worthOfYes)) : "",
      el("span", {}, el("a", { href: "oracles.html#" + view.question }, "the question"))),
    el("h3", {}, "Price of YES"), chart(view.history),
    view.worthOfYes === undefined ? order(view.market) : "",
    el("h3", {}, "Orders that wait"),
    table(["Side", "At most", "Shares", "By"], view.book.map((o) => [o.side.toUpperCase(), percent(o.limitPpm), whole(o.count), o.by === view.me ? "me" : short(o.by)]), "The book is empty."),
    el("h3", {}, "Holders"),
    table(["Account", "YES", "NO"], view.holders.filter((h) => h.yes || h.no).map((h) => [h.address === view.me ? "me" : short(h.address), whole(h.yes), whole(h.no)]), "Nobody holds a share."),
    el("div", { class: "acts" }, ...acts(view)));
  $("one").hidden = false;
}

function showKnown() {
  $("known").replaceChildren(...known().map((address) => el("div", { class: "item" },
    el("button", { type: "button", class: "plain", click: () => { location.hash = address; } }, address))));
}

async function look() {
  const address = selected();
  const status = await api("status");
  link("live", "block " + whole(status.chain.height));
  if (!address) {
    $("one").hidden = true;
    return;
  }
  const view = await api("markets/" + address);
  const seen = JSON.stringify(view);
  if (seen === shown || document.activeElement.closest("#one form")) return; // nobody's typing is lost
  const question = await api("oracles/" + view.question).catch(() => ({}));
  remember(address);
  showKnown();
  show(view, question);
  shown = seen;
}

$("find").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = $("find-address").value.trim();
});
$("make").addEventListener("submit", async (event) => {
  event.preventDefault();
  $("make-said").textContent = "Waiting for the block to be final …";
  try {
    const made = await api("markets", { question: $("make-question").value.trim(), unit: $("make-unit").value.trim() });
    $("make-said").textContent = "";
    location.hash = made.market;
  } catch (failure) {
    $("make-said").textContent = "";
    trouble(failure.message);
  }
});
window.addEventListener("hashchange", () => { shown = ""; });

async function run() {
  if (!token) return trouble("Connect on the console's first page, in this tab, then come back.");
  showKnown();
  let lost = false;
  for (;;) {
    try {
      await look();
      if (lost) trouble("");
      lost = false;
    } catch (failure) {
      lost = true;
      link("off", "no answer");
      trouble(failure.message);
    }
    await new Promise((done) => setTimeout(done, POLL_MILLIS));
  }
}
run();
