/** One message with all that is known of it: the verdict and its reason first, then text, way, rules, wire. */

import { get, post } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { latin, moment, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { address } from "../core/router.js";
import { failure } from "./failure.js";
import { pduTable } from "./pdu_table.js";
import { textPanel } from "./text_panel.js";
import { timeline } from "./timeline.js";
import { clauseText, trace } from "./trace.js";
import { vendorTable } from "./vendor_codes.js";
import { badge, kindOf, stateChip } from "./verdict.js";

const PAUSE = 500;

/** Shows a message in an element until `close`, and keeps it as it is at the operator. */
export function messagePane(id, root, { store, live, say, actions }) {
  const pane = new MessagePane(id, root, say, actions);
  const stops = [
    store.watch("catalogue", ({ value }) => pane.take({ catalogue: value })),
    live.on("messages", ({ messages, skipped }) => (skipped > 0 || messages.some((row) => row.id === id)) && pane.read()),
    live.on("opened", () => pane.read()),
  ];
  pane.read();
  return {
    explainAgain: () => pane.explainAgain(),
    close: () => {
      pane.isClosed = true;
      stops.forEach((stop) => stop());
    },
  };
}

class MessagePane {
  #known = { message: null, catalogue: null, pdu: null, error: null, now: null };
  isClosed = false;

  constructor(id, root, say, actions) {
    Object.assign(this, { id, root, say, actions });
    this.read = paced(() => this.#read(), PAUSE);
  }

  take(news) {
    if (this.isClosed) return;
    Object.assign(this.#known, news);
    this.#draw();
  }

  async explainAgain() {
    const { message } = this.#known;
    if (!message) return;
    try {
      const text = message.whole_text ?? message.text;
      this.take({ now: await post("/explain", { from: message.source, to: message.destination, text }) });
    } catch (error) {
      this.say(error.message, "bad");
    }
  }

  async #read() {
    if (this.isClosed) return;
    try {
      this.take({ message: await get(`/messages/${this.id}`), error: null });
    } catch (error) {
      this.take({ error });
      return;
    }
    if (!this.#known.pdu) this.take({ pdu: await get(`/messages/${this.id}/pdu`).catch(() => null) });
  }

  #draw() {
    const { message, catalogue, error } = this.#known;
    if (error) fill(this.root, failure(error, this.read));
    if (error || !message || !catalogue) return;
    const open = new Set([...this.root.querySelectorAll("details[open][data-name]")].map((each) => each.dataset.name));
    const { scrollTop } = this.root;
    fill(this.root, this.#sections(message, catalogue));
    for (const each of this.root.querySelectorAll("details[data-name]")) each.open = open.has(each.dataset.name) || each.open;
    this.root.scrollTop = scrollTop;
  }

  #sections(message, catalogue) {
    const { verdict } = message;
    const kind = kindOf(verdict?.outcome, verdict?.rule);
    return h("article", { class: "message", data: { verdict: kind }, "aria-label": t("message.title", { id: message.id }) },
      this.#head(message, kind),
      reason(verdict, catalogue, message),
      section("text", textPanel(message.text, verdict?.content?.evidence, contentChips(verdict))),
      message.parts && message.part && section("parts", partList(message)),
      this.#again(catalogue),
      section("facts", factGrid(message)),
      section("history", timeline(message)),
      verdict && section("trace", trace(verdict, catalogue)),
      verdict?.vendors.length > 0 && folded("vendors", vendorTable(verdict.vendors)),
      this.#known.pdu && folded("pdu", pduTable(this.#known.pdu)),
    );
  }

  #head(message, kind) {
    return h("header", { class: "message-head" },
      h("div", { class: "message-bar" }, badge(kind), stateChip(message.state), h("span", { class: "bar-space" }),
        h("button", { class: "ghost small", type: "button", title: t("message.again.what"), on: { click: () => this.explainAgain() } },
          icon("again"), t("message.again")),
        h("button", { class: "ghost small", type: "button", on: { click: () => this.#copy(message) } }, icon("copy"), t("message.copy")),
        this.actions),
      h("h2", { class: "route" }, latin(message.line), icon("pass"), latin(message.to)),
    );
  }

  /** The verdict on the same message if it came now. */
  #again(catalogue) {
    const { now, message } = this.#known;
    if (!now) return null;
    const kind = kindOf(now.verdict.outcome, now.verdict.rule);
    const same = now.verdict.outcome === message.verdict?.outcome && now.verdict.rule === message.verdict?.rule;
    return section("now", h("div", { class: "now" },
      h("p", {}, badge(kind), " ", t(same ? "now.same" : "now.differs"), " ", moment(now.at)),
      now.verdict.rule && h("p", {}, h("b", {}, called("rule", now.verdict.rule))),
      now.verdict.clause && clauseText(catalogue.clauses.get(now.verdict.clause)),
      h("details", { class: "fold" }, h("summary", {}, t("now.trace")), trace(now.verdict, catalogue))));
  }

  async #copy(message) {
    try {
      await navigator.clipboard.writeText(JSON.stringify(message, null, 2));
      this.say(t("message.copied"), "good");
    } catch (error) {
      this.say(error.message, "bad");
    }
  }
}

/** Why: the rule, the sentence of the clause, and how the sender was told. */
function reason(verdict, { clauses }, message) {
  if (!verdict) return h("div", { class: "reason-box" }, h("p", {}, t("reason.waiting")));
  const told = message.command_status === "ESME_ROK" ? t("reason.accepted") : t("reason.status");
  return h("div", { class: "reason-box" },
    h("p", { class: "reason-rule" }, verdict.rule ? called("rule", verdict.rule) : t("reason.nothing")),
    verdict.clause && clauseText(clauses.get(verdict.clause)),
    h("p", { class: "quiet" }, told, " ", latin(message.command_status, "code"),
      message.err !== "000" && [" · ", latin(`err ${message.err}`, "code")],
      verdict.violation && [" · ", t("reason.violation")]));
}

function contentChips(verdict) {
  if (!verdict?.content) return null;
  const { label, category } = verdict.content;
  return [h("span", { class: "chip" }, called("label", label)), h("span", { class: "chip" }, called("category", category))];
}

function partList(message) {
  return h("ol", { class: "part-list" }, message.parts.map((part) => h("li", {},
    h("a", { href: address(["messages", part.id]), "aria-current": part.id === message.id ? "true" : null },
      t("part.of", { number: part.number, total: message.part.total }), " ", latin(part.id, "code"), stateChip(part.state)))));
}

function factGrid(message) {
  const facts = [
    ["id", latin(message.id, "code")],
    ["received", moment(message.received_at)],
    ["account", h("a", { href: address(["sessions"]) }, h("bdi", {}, message.account))],
    ["line", h("a", { href: address(["lines", message.line]) }, latin(message.source))],
    ["line_type", message.line_type ? called("line_type", message.line_type) : t("fact-grid.no-line")],
    ["to", h("a", { href: address(["phone", message.to]) }, latin(message.destination))],
    ["operator", message.operator && called("operator", message.operator)],
    ["encoding", [latin(`data_coding ${message.data_coding}`, "code")]],
    ["part", message.part && t("part.of", { number: message.part.number, total: message.part.total })],
    ["receipt", t(message.registered_delivery & 3 ? "fact-grid.asked" : "fact-grid.not-asked")],
    ["scheduled", message.scheduled_for && moment(message.scheduled_for)],
    ["valid", moment(message.valid_until)],
    ["attempts", message.attempts > 0 && number(message.attempts)],
    ["cost", message.cost > 0 && t("fact-grid.rials", { n: message.cost })],
  ];
  return h("dl", { class: "fact-grid" },
    facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(`fact-grid.${name}`)), h("dd", {}, value))));
}

function section(name, ...children) {
  return h("section", { class: "message-section" }, h("h3", {}, t(`message.${name}`)), children);
}

function folded(name, ...children) {
  return h("details", { class: "message-section fold-section", data: { name } }, h("summary", {}, h("h3", {}, t(`message.${name}`))), children);
}
