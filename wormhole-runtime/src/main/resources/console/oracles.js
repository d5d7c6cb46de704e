"use strict";
// One page for questions: a list, and one question in full; asks the API again and again.

const KEY = "wormhole-token";
const POLL_MILLIS = 1500;
const PLACES = ["yes", "no", "bad-question"];

const $ = (id) => document.getElementById(id);
const token = sessionStorage.getItem(KEY);
const whole = (number) => Number(number).toLocaleString("en");
const short = (text) => (text.length > 18 ? text.slice(0, 10) + "…" + text.slice(-6) : text);
let shown = ""; // what the page shows, so that it is drawn anew only when something changed

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") node.className = value;
    else if (name === "width") node.style.width = value; // by script, since the page's policy forbids inline styles
    else if (name === "click") node.addEventListener("click", value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

async function api(path, body) {
  const options = { headers: { Authorization: "Bearer " + token }, cache: "no-store" };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
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

const selected = () => (/^#([0-9a-f]{64})$/.exec(location.hash) || [])[1];

// ---- one question

function stations(question) {
  if (question.phase === "settled") {
    const opened = question.opensAt === undefined ? [] : [["opened", question.opensAt]];
    return [...opened, ["settled: " + question.ending.toLowerCase(), question.settledAt]];
  }
  const stops = [["opens", question.opensAt]];
  if (question.given) stops.push([`answered ${question.given.answer}`, question.given.at]);
  else stops.push(["window ends", question.windowEndsAt]);
  if (question.dispute) {
    stops.push([`disputed: ${question.dispute.answer}`, question.dispute.at]);
    stops.push([question.phase === "extension" ? "extension begins" : "vote begins", question.dispute.votesFrom]);
    stops.push(["votes are counted", question.dueAt]);
  } else {
    stops.push(["stands if not disputed before", question.dueAt]);
  }
  return stops;
}

function timeline(question) {
  const now = question.now ?? question.settledAt;
  const stops = stations(question);
  const present = stops.filter(([, height]) => height <= now).length - 1;
  return el("ol", { class: "timeline" }, ...stops.map(([name, height], place) =>
    el("li", { class: place < present ? "past" : place === present ? "now" : "" }, name, el("b", {}, "block " + whole(height)))));
}

function chamber(name, parts, total, says, words) {
  const bars = parts.filter((part) => part.value > 0n).map((part) =>
    el("span", { class: "v-" + part.answer.toLowerCase(), width: (total > 0n ? Number((part.value * 10000n) / total) / 100 : 0) + "%",
      title: `${part.answer}: ${part.shown}` }));
  return el("div", { class: "chamber" },
    el("div", { class: "progress-text" }, el("span", {}, `${name}: ${parts.map((p) => `${p.answer} ${p.shown}`).join(" · ")} of ${words}`), el("span", {}, says)),
    el("div", { class: "track", role: "img", "aria-label": `${name} says ${says}` }, ...bars));
}

function chambers(votes) {
  if (!votes) return [];
  const stake = votes.byAnswer.map((line) => ({ answer: line.answer, value: BigInt(line.stakeBaseUnits), shown: line.stake }));
  const work = votes.byAnswer.map((line) => ({ answer: line.answer, value: BigInt(line.blocks), shown: whole(line.blocks) }));
  return [
    chamber("Stake", stake, BigInt(votes.activeStakeBaseUnits), votes.stakeSays, votes.activeStake),
    chamber("Work", work, BigInt(votes.blocks), votes.workSays, votes.blocks + " blocks"),
  ];
}

function act(question, what, words) {
  return PLACES.map((answer) => el("button", { type: "button", class: "ghost", click: () => say(question.id, what, answer) }, `${words} ${answer}`));
}

function acts(question) {
  switch (question.phase) {
    case "open": return act(question, "answer", "Answer");
    case "answered": case "missed": return act(question, "dispute", "Dispute:");
    case "voting": case "extension": return act(question, "vote", "Vote");
    default: return [];
  }
}

async function say(id, what, answer) {
  const reason = prompt(`Why ${answer}? The text is kept as evidence.`);
  if (reason === null) return;
  try {
    await api(`oracles/${id}/${what}`, { answer, reason });
    trouble("");
  } catch (failure) {
    trouble(failure.message);
  }
}

async function proof(id) {
  const text = JSON.stringify(await api(`oracles/${id}/proof`), null, 2);
  const file = el("a", { download: `answer-${id.slice(0, 16)}.json`, href: "data:application/json," + encodeURIComponent(text) });
  file.click();
}

function facts(question) {
  const all = [["asker", short(question.asker)]];
  if (question.deposit) all.push(["deposit", question.deposit], ["held", question.dispute ? "2 × " + question.deposit : question.deposit]);
  if (question.dispute) all.push(["challenger", short(question.dispute.challenger)]);
  if (question.content) all.push(["content", short(question.content)]);
  if (question.ending) all.push(["ending", question.ending.toLowerCase()], ["final", question.final ? "yes" : "not yet"]);
  if (question.evidence) all.push(["evidence", short(question.evidence)]);
  return el("div", { class: "facts" }, ...all.map(([name, value]) => el("span", {}, name + " ", el("b", { class: "mono" }, String(value)))));
}

function evidence(question, duties) {
  const mine = Object.entries(duties).flatMap(([role, memory]) => memory.duties
    .filter((duty) => duty.oracle === question.id && duty.evidence)
    .map((duty) => el("div", {}, el("p", { class: "muted" }, `Evidence of this node's ${role}, hash ${short(duty.evidence.hash)}`),
      el("div", { class: "evidence" }, duty.evidence.text))));
  return mine;
}

function showOne(question, duties) {
  const chip = question.phase === "settled" ? question.answer || "no answer" : question.phase;
  $("one").replaceChildren(
    el("div", { class: "head" }, el("h2", {}, question.text || "Question " + short(question.id)), el("span", { class: "chip accent" }, chip)),
    el("p", { class: "id muted" }, question.id),
    timeline(question), facts(question), ...chambers(question.votes), ...evidence(question, duties),
    el("div", { class: "acts" }, ...acts(question),
      question.phase === "settled" ? el("button", { type: "button", click: () => proof(question.id).catch((f) => trouble(f.message)) }, "Download the proof") : ""));
  $("one").hidden = false;
}

// ---- the list

function showList(open) {
  $("count").textContent = open.length;
  $("list").replaceChildren(...(open.length ? open.map((question) => el("div", { class: "item" },
    el("div", { class: "item-head" },
      el("button", { type: "button", class: "plain", click: () => { location.hash = question.id; } }, question.text || "(by content hash)"),
      el("span", { class: "chip" }, question.phase)),
    el("div", { class: "facts" }, el("span", {}, "deposit ", el("b", {}, question.deposit)), el("span", {}, "next step at block ", el("b", {}, whole(question.dueAt))),
      question.given ? el("span", {}, "answer ", el("b", {}, question.given.answer)) : ""))) : [el("p", { class: "empty" }, "No question is open.")]));
}

function showDuties(duties) {
  const rows = Object.entries(duties).flatMap(([role, memory]) => memory.duties.map((duty) => el("tr", {},
    el("td", {}, role), el("td", {}, el("button", { type: "button", class: "plain ghost", click: () => { location.hash = duty.oracle; } }, short(duty.oracle))),
    el("td", {}, duty.plan || "by hand"), el("td", {}, duty.answer || "undecided"),
    el("td", {}, duty.outcome || Object.entries(duty.steps).map(([step, how]) => `${step}: ${how}`).join(", ")))));
  $("duties").replaceChildren(rows.length ? el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, ...["Role", "Question", "Plan", "Says", "State"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...rows))) : el("p", { class: "empty" }, "Nothing yet."));
}

async function look() {
  const id = selected();
  const [all, duties, one] = await Promise.all([api("oracles"), api("duties"), id ? api("oracles/" + id) : null]);
  link("live", "block " + whole(all.now));
  const seen = JSON.stringify([all.open, duties, one]);
  if (seen === shown) return;
  shown = seen;
  showList(all.open);
  showDuties(duties);
  if (one) showOne(one, duties);
  else $("one").hidden = true;
}

$("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const wish = { text: $("ask-text").value, opensIn: Number($("ask-opens").value), window: Number($("ask-window").value) };
  if ($("ask-plan").value.trim()) wish.plan = $("ask-plan").value.trim();
  try {
    await api("oracles", wish);
    $("ask-said").textContent = "Asked; it appears below when its block is there.";
    trouble("");
  } catch (failure) {
    trouble(failure.message);
  }
});
window.addEventListener("hashchange", () => { shown = ""; });

async function run() {
  if (!token) return trouble("Connect on the console's first page, in this tab, then come back.");
  for (;;) {
    try {
      await look();
    } catch (failure) {
      link("off", "no answer");
      trouble(failure.message);
    }
    await new Promise((done) => setTimeout(done, POLL_MILLIS));
  }
}
run();
