"use strict";
// Shows what /v1/events says; where the stream does not come through, asks again and again instead.

const KEY = "wormhole-token";
const POLL_MILLIS = 2000;
const RETRY_MILLIS = 1500;
const SILENCE_MILLIS = 25000; // two and a half heartbeats
const BLOCKS_SHOWN = 28;
const LOG_LINES = 60;
const SYNCING_FROM = 4; // a header or two on its way is every day's work

const $ = (id) => document.getElementById(id);
const known = { status: null, channels: [], lines: [], orders: [] };
let token = takeToken();
let session = 0; // grows when the token changes; loops of an older session end
let seenAt = 0;

// ---- small tools

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") node.className = value;
    else if (name === "width") node.style.width = value; // by script, since the page's policy forbids inline styles
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function fill(id, children) {
  $(id).replaceChildren(...children);
}

const short = (text, head = 10, tail = 6) =>
  !text || text.length <= head + tail + 1 ? String(text ?? "") : text.slice(0, head) + "…" + (tail ? text.slice(-tail) : "");
const whole = (number) => Number(number).toLocaleString("en");
const pause = (millis) => new Promise((done) => setTimeout(done, millis));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function age(millis) {
  const s = Math.max(0, Math.floor(millis / 1000));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min " + (s % 60) + " s";
  if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor((s % 3600) / 60) + " min";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

// DSD as decimal text → base units; exact, because money is never a floating-point number.
function units(text) {
  const [wholePart, fraction = ""] = String(text).split(".");
  return BigInt(wholePart) * 1000000000n + BigInt((fraction + "000000000").slice(0, 9) || "0");
}
const share = (part, total) => (total > 0n ? Number((part * 10000n) / total) / 100 : 0);
function money(text) {
  const [wholePart, fraction = ""] = String(text).replace(/ *DSD$/, "").split(".");
  const grouped = wholePart.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  const cut = fraction.replace(/0+$/, "");
  return grouped + (cut ? "." + cut : "");
}
const bare = (text) => String(text).replace(/ *DSD$/, "");

// ---- token

function takeToken() {
  const match = /(?:^#|&)token=([^&]+)/.exec(location.hash);
  if (match) {
    sessionStorage.setItem(KEY, decodeURIComponent(match[1]));
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

function ask(error) {
  session += 1;
  token = null;
  sessionStorage.removeItem(KEY);
  $("ask").hidden = false;
  $("board").hidden = true;
  $("leave").hidden = true;
  $("ask-error").textContent = error || "";
  $("whoami").textContent = "not connected";
  link("off", "not connected");
  $("token").focus();
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  token = $("token").value.trim();
  $("token").value = "";
  if (!token) return;
  sessionStorage.setItem(KEY, token);
  connect();
});
$("leave").addEventListener("click", () => ask(""));

// ---- look

function theme(name) {
  document.documentElement.dataset.theme = name;
}
theme(localStorage.getItem("wormhole-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
$("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("wormhole-theme", next);
  theme(next);
});

function link(state, words) {
  $("link").dataset.state = state;
  $("link").querySelector("b").textContent = words;
}

// ---- talking to the node

class Unauthorised extends Error {}

async function request(path, signal) {
  const response = await fetch(path, { headers: { Authorization: "Bearer " + token }, cache: "no-store", signal });
  if (response.status === 401) throw new Unauthorised();
  if (!response.ok) throw new Error(path + " answered " + response.status);
  return response;
}

async function connect() {
  session += 1;
  const mine = session;
  while (mine === session) {
    try {
      await follow(mine);
    } catch (failure) {
      if (mine !== session) return;
      if (failure instanceof Unauthorised) return ask("The node does not know this token.");
      await pollOnce(mine);
    }
    if (mine === session) await pause(RETRY_MILLIS);
  }
}

async function follow(mine) {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENCE_MILLIS);
  try {
    const response = await request("/v1/events", abort.signal);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    open();
    link("live", "live");
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done || mine !== session) return;
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MILLIS);
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      events.forEach(event);
    }
  } finally {
    clearTimeout(silence);
    abort.abort();
  }
}

function event(text) {
  let name = "message";
  const data = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  seenAt = Date.now();
  if (data.length) took(name, JSON.parse(data.join("\n")));
}

async function pollOnce(mine) {
  try {
    const [status, channels, lines, orders] = await Promise.all(
      ["status", "channels", "lines", "orders"].map(async (part) => (await request("/v1/" + part)).json()));
    for (const line of lines.lines) {
      const path = "/v1/lines/tree?name=" + encodeURIComponent(line.name);
      line.tree = await request(path).then((response) => response.json(), () => undefined);
    }
    if (mine !== session) return;
    open();
    took("status", status);
    took("channels", channels);
    took("lines", lines);
    took("orders", orders);
    link("polling", "polling");
    await pause(POLL_MILLIS - RETRY_MILLIS);
  } catch (failure) {
    if (failure instanceof Unauthorised) return ask("The node does not know this token.");
    link("off", "node unreachable");
  }
}

function open() {
  $("ask").hidden = true;
  $("board").hidden = false;
  $("leave").hidden = false;
}

// ---- what arrives

function took(name, data) {
  const now = Date.now();
  if (name === "status") {
    const before = known.status;
    known.status = data;
    if (before) chainNews(before.chain, data.chain);
    showStatus(data);
  } else if (name === "channels") {
    known.channels = data.channels;
    showChannels();
  } else if (name === "lines") {
    data.lines.forEach((line) => line.tree && stamp(line.tree, now));
    known.lines = data.lines;
    showLines();
  } else if (name === "orders") {
    orderNews(known.orders, data.orders);
    known.orders = data.orders;
    showOrders();
  } else if (name === "notice") {
    log(noticeWords(data));
  } else if (name === "crash") {
    log(`${data.path}: ${data.kind.replaceAll("_", " ")} (${data.reason})`);
  }
}

function stamp(tree, now) {
  tree.startedAt = tree.uptimeMillis > 0 ? now - tree.uptimeMillis : 0;
  tree.children.forEach((child) => stamp(child, now));
}

function chainNews(before, now) {
  if (now.finalHeight > before.finalHeight) log(`Block ${whole(now.finalHeight)} is final`);
  if (now.height < before.height) log(`Reorganisation: the head is block ${whole(now.height)} again`);
  if (now.peers.length !== before.peers.length) log(`${now.peers.length} peers are connected`);
}

function orderNews(before, now) {
  for (const order of now) {
    const old = before.find((other) => other.id === order.id);
    if (old && old.phase !== order.phase) log(`Order ${short(order.id, 8, 0)} is ${order.phase}`);
    if (old && old.delivered !== order.delivered) log(`Order ${short(order.id, 8, 0)}: ${order.delivered} of ${order.count} delivered`);
  }
}

function noticeWords(notice) {
  const channel = "Channel " + short(notice.channel, 8, 0);
  switch (notice.what) {
    case "ready": return channel + " is open";
    case "open-failed": return `${channel} was not opened: ${notice.reason}`;
    case "update-completed": return `${channel}: update ${notice.nonce} has both signatures`;
    case "update-dropped": return `${channel}: an update was dropped: ${notice.reason}`;
    case "partner-update": return `${channel}: the partner's update ${notice.nonce} is signed`;
    case "close-failed": return `${channel} could not be closed together: ${notice.reason}`;
    case "dispute": return `${channel}: ${notice.mine ? "this node" : "the partner"} closes alone`;
    case "loss": return `${channel}: data was lost here; the partner proved nonce ${notice.provenNonce}, known is ${notice.knownNonce}`;
    case "ended": return `${channel} has ended: ${notice.payouts.map((p) => money(p)).join(" and ")} DSD paid out`;
    default: return channel + " changed";
  }
}

function log(words) {
  const now = new Date();
  const clock = now.toLocaleTimeString("en-GB");
  $("log").prepend(el("li", {}, el("time", { datetime: now.toISOString() }, clock), el("span", {}, words)));
  while ($("log").children.length > LOG_LINES) $("log").lastChild.remove();
}

// ---- status

function tile(name, value, unit, note) {
  return el("dl", { class: value.length > 9 ? "tile long" : "tile" }, el("dt", {}, name), el("dd", { title: value }, value, unit ? el("small", {}, " " + unit) : ""), note ? el("p", { title: note }, note) : "");
}

function showStatus(status) {
  const chain = status.chain;
  $("whoami").textContent = short(status.address, 14, 8);
  $("whoami").title = status.address;
  document.title = `#${chain.height} · Wormhole console`;
  const printed = known.lines.flatMap((line) => line.jobs).length;
  fill("tiles", [
    tile("Head", whole(chain.height), "", short(chain.hash, 10, 6)),
    tile("Final", whole(chain.finalHeight), "", chain.finalityLag + (chain.finalityLag === 1 ? " block" : " blocks") + " behind the head"),
    tile("Balance", money(bare(status.account.balance)), "", "DSD, final"),
    tile("Peers", whole(chain.peers.length), "", "session at " + status.session),
    tile("Waiting", whole(chain.mempool), "transactions", "justified epoch " + chain.justifiedEpoch),
    tile("In work", whole(printed), printed === 1 ? "job" : "jobs", whole(known.lines.length) + (known.lines.length === 1 ? " wormhole" : " wormholes")),
  ]);
  fill("chain-roles", [
    el("span", { class: "chip" }, short(chain.network, 8, 4)),
    chain.mining ? el("span", { class: "chip accent" }, "miner") : "",
    chain.voting ? el("span", { class: "chip accent" }, "validator") : "",
    chain.syncing > SYNCING_FROM ? el("span", { class: "chip warn" }, "syncing " + whole(chain.syncing)) : el("span", { class: "chip good" }, "in sync"),
  ].filter(Boolean));
  const trouble = chain.alarm || (chain.paused && "Production is paused: " + chain.paused) || chain.clockDoubt;
  $("alarm").hidden = !trouble;
  $("alarm").textContent = trouble || "";
  showBlocks(chain);
  showPeers(chain.peers, chain.height);
  $("heap").textContent = Math.round(status.heapBytes / 1048576) + " MiB heap in use";
}

function showBlocks(chain) {
  const first = Math.max(0, chain.height - BLOCKS_SHOWN + 1);
  const blocks = [];
  for (let height = first; height <= chain.height; height++) {
    const kind = height === chain.height ? "headb" : height <= chain.finalHeight ? "final" : "tentative";
    blocks.push(el("div", { class: "block " + kind, title: `block ${height}: ${kind === "headb" ? "head" : kind}` }, el("i"), String(height)));
  }
  $("blocks").setAttribute("role", "img");
  $("blocks").setAttribute("aria-label", `Blocks ${first} to ${chain.height}; final up to ${chain.finalHeight}`);
  fill("blocks", blocks);
}

function showPeers(peers, height) {
  $("peer-count").textContent = peers.length;
  if (!peers.length) return fill("peers", [el("p", { class: "empty" }, "No other node is connected; this node works alone.")]);
  const rows = peers.map((peer) => el("tr", {},
    el("td", {}, el("span", { class: "id", title: peer.key }, short(peer.key, 10, 4))),
    el("td", {}, peer.address.replace(/^\//, "")),
    el("td", {}, peer.outbound ? "dialled" : "accepted"),
    el("td", {}, peer.agent),
    el("td", { class: "num" }, whole(peer.height) + (peer.height < height ? ` (−${height - peer.height})` : ""))));
  fill("peers", [el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, ...["Node", "Address", "Link", "Software"].map((t) => el("th", { scope: "col" }, t)), el("th", { scope: "col", class: "num" }, "Height"))),
    el("tbody", {}, ...rows)))]);
}

// ---- lines, jobs, orders

function progress(done, total, doing, words) {
  const all = Math.max(1, total);
  const bar = el("div", { class: "track", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": done, "aria-label": words },
    el("span", { class: "done", width: (100 * done) / all + "%" }),
    el("span", { class: "doing", width: (100 * Math.min(1, doing)) / all + "%" }));
  const percent = Math.min(100, Math.round((100 * (done + Math.min(1, doing))) / all));
  return el("div", { class: "progress" }, el("div", { class: "progress-text" }, el("span", {}, words), el("span", {}, percent + " %")), bar);
}

function showLines() {
  $("line-count").textContent = known.lines.length;
  if (!known.lines.length) return fill("lines", [el("p", { class: "empty" }, "No production line is deployed here. Deploy one with ", el("code", {}, "wormhole line deploy FILE"), ".")]);
  fill("lines", known.lines.map((line) => el("div", { class: "item" },
    el("div", { class: "item-head" }, el("div", {}, el("h3", {}, line.name)),
      el("span", { class: "chip " + (line.paused ? "warn" : "good") }, line.paused ? "paused" : "takes orders")),
    ...line.jobs.map(job),
    line.tree ? el("ul", { class: "tree", "aria-label": "Supervision tree of " + line.name }, branch(line.tree)) : el("p", { class: "empty" }, "Its supervision tree is being grown."))));
}

function job(job) {
  if (job.answers === false) return el("p", { class: "empty" }, `Job ${short(job.order, 8, 0)} is restarting.`);
  const doing = job.linesTotal > 0 && job.printed < job.count ? job.linesDone / job.linesTotal : 0;
  const words = `Job ${short(job.order, 8, 0)}: ${job.printed} of ${job.count} made, ${job.paid} paid`;
  const facts = [["device", job.device], ["price", money(bare(job.pricePerCup)) + " DSD"], ["attempt", job.attempt], ["lines", `${whole(job.linesDone)} / ${whole(job.linesTotal)}`]];
  return el("div", {}, progress(job.printed, job.count, doing, words),
    el("div", { class: "facts" }, ...facts.map(([name, value]) => el("span", {}, name + " ", el("b", {}, String(value)))),
      job.disputed ? el("span", { class: "chip bad" }, "disputed") : ""),
    job.waitsFor ? el("p", { class: "reason" }, "Waits: " + job.waitsFor) : "",
    job.reason ? el("p", { class: "reason" }, job.reason) : "");
}

function branch(node) {
  const word = String(node.status).toLowerCase();
  const dot = word === "running" ? "running" : /restart|start|wait|stopp/.test(word) ? "waiting" : "broken";
  const meta = [node.type.toLowerCase() === "supervisor" ? node.strategy : word];
  const line = el("div", { class: "node" },
    el("span", { class: "dot " + dot, role: "img", "aria-label": word }),
    el("span", { class: "name" }, node.id.length > 24 ? short(node.id, 10, 4) : node.id),
    el("span", { class: "meta" }, meta.filter(Boolean).join(" · ")),
    node.startedAt ? el("span", { class: "meta up", "data-since": node.startedAt }, "up " + age(Date.now() - node.startedAt)) : "",
    node.restarts > 0 ? el("span", { class: "meta hot" }, node.restarts + (node.restarts === 1 ? " restart" : " restarts")) : "");
  const children = node.children.map(branch);
  if (node.omitted > 0) children.push(el("li", { class: "meta" }, `and ${node.omitted} more`));
  return el("li", {}, line, children.length ? el("ul", {}, ...children) : "");
}

const phaseColour = (phase) => /complete|done|ready|open$/.test(phase) ? "good" : /refused|failed|lost|disputed|stopped/.test(phase) ? "bad" : /clos|ended|cancel/.test(phase) ? "" : "accent";

function showOrders() {
  $("order-count").textContent = known.orders.length;
  if (!known.orders.length) return fill("orders", [el("p", { class: "empty" }, "This node has ordered nothing. Order with ", el("code", {}, "wormhole order place"), ".")]);
  fill("orders", [...known.orders].reverse().map((order) => {
    const making = order.inProduction;
    const doing = making && order.delivered < order.count && making.linesTotal > 0 ? making.linesDone / making.linesTotal : 0;
    return el("div", { class: "item" },
      el("div", { class: "item-head" }, el("div", {}, el("h3", {}, order.line), el("span", { class: "id muted", title: order.id }, short(order.id, 8, 4))),
        el("span", { class: "chip " + phaseColour(order.phase) }, order.phase)),
      progress(order.delivered, order.count, doing, `${order.delivered} of ${order.count} delivered`),
      el("div", { class: "facts" },
        order.pricePerCup ? el("span", {}, "price each ", el("b", {}, money(bare(order.pricePerCup)) + " DSD")) : "",
        el("span", {}, "channel ", el("b", { class: "mono" }, short(order.channel, 8, 4))),
        making && doing > 0 ? el("span", {}, "in work ", el("b", {}, `${making.cup}: ${whole(making.linesDone)} of ${whole(making.linesTotal)} lines`)) : "",
        making && making.waitsFor ? el("span", { class: "chip warn" }, "waits: " + making.waitsFor) : ""),
      order.reason ? el("p", { class: "reason" }, order.reason) : "");
  }));
}

// ---- channels

function showChannels() {
  $("channel-count").textContent = known.channels.length;
  if (!known.channels.length) return fill("channels", [el("p", { class: "empty" }, "No channel yet. Open one with ", el("code", {}, "wormhole channel open"), ".")]);
  fill("channels", [...known.channels].reverse().map(channel));
}

function channel(channel) {
  const amounts = (channel.balances || channel.payouts || []).map(bare);
  const locks = (channel.locks || []).map((lock) => bare(lock.locked));
  const me = channel.me ?? 0;
  const mine = units(amounts[me] ?? "0");
  const theirs = units(amounts[1 - me] ?? "0");
  const locked = locks.map(units).reduce((a, b) => a + b, 0n);
  const total = mine + theirs + locked;
  const partner = channel.participants ? channel.participants[1 - me].address : "";
  return el("div", { class: "item" },
    el("div", { class: "item-head" },
      el("div", {}, el("span", { class: "id", title: channel.id }, short(channel.id, 10, 6))),
      el("span", { class: "chips" },
        channel.onChain ? el("span", { class: "chip" }, "chain: " + channel.onChain.phase) : "",
        el("span", { class: "chip " + phaseColour(channel.phase) }, channel.phase))),
    amounts.length ? el("div", { class: "progress" },
      el("div", { class: "progress-text" }, el("span", {}, "mine " + money(amounts[me]) + " DSD"), el("span", {}, "partner's " + money(amounts[1 - me]) + " DSD")),
      el("div", { class: "track balance", role: "img", "aria-label": `mine ${amounts[me]}, partner's ${amounts[1 - me]}, in ${locks.length} locks` },
        el("span", { class: "mine", width: share(mine, total) + "%" }),
        el("span", { class: "locked", width: share(locked, total) + "%" }),
        el("span", { class: "theirs", width: share(theirs, total) + "%" }))) : "",
    el("div", { class: "facts" },
      channel.nonce !== undefined ? el("span", {}, "nonce ", el("b", {}, whole(channel.nonce))) : "",
      el("span", {}, "partner ", el("b", { class: "mono", title: partner }, short(partner, 10, 4))),
      locks.length ? el("span", {}, "locked ", el("b", {}, locks.map(money).join(" + ") + " DSD")) : "",
      channel.waitingForPartner ? el("span", { class: "chip warn" }, "waits for the partner") : "",
      channel.payouts ? el("span", {}, "paid out") : ""));
}

// ---- time goes on

setInterval(() => {
  document.querySelectorAll(".up").forEach((node) => { node.textContent = "up " + age(Date.now() - Number(node.dataset.since)); });
  $("seen").textContent = seenAt && token ? "heard " + age(Date.now() - seenAt) + " ago" : "";
}, 1000);

if (token) connect();
else ask("");
