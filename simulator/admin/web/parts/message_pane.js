/** One message with all that is known of it: the verdict and its reason first, then text, way, rules, wire. */

import { get, post, remove } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { dayAndTime, latin, moment, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { address } from "../core/router.js";
import { failure } from "./failure.js";
import { input, select } from "./field.js";
import { handsetLink } from "./handset_link.js";
import { pduTable } from "./pdu_table.js";
import { contentChips, reasonBox } from "./reason_box.js";
import { textPanel } from "./text_panel.js";
import { timeline } from "./timeline.js";
import { clauseText, trace } from "./trace.js";
import { vendorTable } from "./vendor_codes.js";
import { badge, kindOf, stateChip } from "./verdict.js";

const PAUSE = 500;
const LOOKING = 1500;
const UNDER_WAY = ["ENROUTE", "SCHEDULED"];
const ENDS = ["DELIVERED", "UNDELIVERABLE", "EXPIRED", "REJECTED", "DELETED"];

/**
 * Shows a message in an element until `close`, and keeps it as it is at the operator; `actions` are what else may be done,
 * `gone` is called when it was deleted.
 */
export function messagePane(id, root, { store, live, say, actions, gone }) {
  const pane = new MessagePane({ id, root, say, actions, gone });
  const stops = [
    store.watch("catalogue", ({ value }) => pane.take({ catalogue: value })),
    live.on("messages", ({ messages, skipped }) => (skipped > 0 || messages.some((row) => row.id === id)) && pane.read()),
    live.on("opened", () => pane.read()),
  ];
  // The event stream tells of messages, not of their receipts.
  const timer = setInterval(() => pane.awaitsReceipt && pane.read(), LOOKING);
  stops.push(() => clearInterval(timer));
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
  #text = null;
  isClosed = false;

  constructor(given) {
    Object.assign(this, given);
    this.read = paced(() => this.#read(), PAUSE);
  }

  take(news) {
    if (this.isClosed) return;
    Object.assign(this.#known, news);
    this.#draw();
  }

  /** The panel of the text, the same one as long as the text is judged alike: somebody may have switched or marked something in it. */
  #textPanel(text, content) {
    const shown = JSON.stringify([text, content]);
    if (this.#text?.shown !== shown) this.#text = { shown, panel: textPanel(text, content, content && contentChips(content)) };
    return this.#text.panel;
  }

  /** Whether a receipt is asked for, and none was acknowledged or given up yet. */
  get awaitsReceipt() {
    const { message } = this.#known;
    return Boolean(message?.registered_delivery) && !message.receipts.some((each) => each.acknowledged_at ?? each.given_up_at);
  }

  async explainAgain() {
    const { message } = this.#known;
    if (!message) return;
    try {
      const draft = { from: message.source, to: message.destination, text: wholeText(message) };
      this.take({ now: await post("/explain", draft) });
    } catch (error) {
      this.say(error.message, "bad");
    }
  }

  async #read() {
    if (this.isClosed) return;
    try {
      const message = await get(`/messages/${this.id}`);
      if (this.#known.error || JSON.stringify(message) !== JSON.stringify(this.#known.message)) this.take({ message, error: null });
    } catch (error) {
      this.take({ error });
    }
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
      section("text", this.#textPanel(wholeText(message), verdict?.content)),
      message.parts.length > 0 && section("parts", partList(message)),
      this.#again(catalogue),
      section("facts", factGrid(message)),
      section("history", timeline(message), UNDER_WAY.includes(message.state) && this.#mover(message)),
      verdict && section("trace", trace(verdict, catalogue)),
      verdict?.vendors.length > 0 && folded("vendors", vendorTable(verdict.vendors)),
      this.#pduFold(),
    );
  }

  #head(message, kind) {
    return h("header", { class: "message-head" },
      h("div", { class: "message-bar" }, badge(kind), stateChip(message.state), h("span", { class: "bar-space" }),
        action("again", () => this.explainAgain(), t("message.again.what")),
        action("copy", () => this.#copy(message)),
        action("delete", () => this.#delete(message)),
        this.actions),
      h("h2", { class: "route" }, latin(message.line), icon("pass"), handsetLink(message.to, message.line)),
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

  /** The PDU, which is read when somebody wants to see it. */
  #pduFold() {
    const { pdu } = this.#known;
    const fold = folded("pdu", pdu && pduTable(pdu));
    fold.addEventListener("toggle", () => {
      if (fold.open && !this.#known.pdu) this.#readPdu();
    });
    return fold;
  }

  async #readPdu() {
    try {
      this.take({ pdu: await get(`/messages/${this.id}/pdu`) });
    } catch (error) {
      this.say(error.message, "bad");
    }
  }

  /** Brings a message that is under way to its end by hand. */
  #mover(message) {
    const state = select(ENDS.map((name) => [name, called("state", name)]), { "aria-label": t("message.move.state") });
    const err = input({ value: "000", dir: "ltr", maxlength: 3, pattern: "[0-9]{3}", "aria-label": t("message.move.err") });
    const move = async (event) => {
      event.preventDefault();
      try {
        this.take({ message: await post(`/messages/${message.id}/move`, { state: state.value, err: err.value }) });
      } catch (error) {
        this.say(error.message, "bad");
      }
    };
    return h("form", { class: "mover", on: { submit: move } },
      h("span", { class: "quiet" }, t("message.move.what")), state, err, h("button", { class: "button small" }, t("message.move")));
  }

  /** Deletes a finished message; the operator keeps one that is under way, and says so. */
  async #delete(message) {
    try {
      await remove(`/messages/${message.id}`);
      this.say(t("message.deleted", { id: message.id }), "good");
      this.gone();
    } catch (error) {
      this.say(error.message, "bad");
    }
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

/** The text that was judged: of a part, that of all parts, if they have come. */
function wholeText(message) {
  const pieces = new Map(message.parts.map(({ number, text }) => [number, text]));
  if (pieces.size !== message.part?.total) return message.text;
  return [...pieces].sort(([one], [other]) => one - other).map(([, text]) => text).join("");
}

function reason(verdict, catalogue, message) {
  if (!verdict) return h("div", { class: "reason-box" }, h("p", {}, t("reason.waiting")));
  return reasonBox(verdict, catalogue, t("reason.told"), " ", latin(message.command_status, "code"),
    message.err !== "000" && [" · ", latin(`err ${message.err}`, "code")]);
}

function partList(message) {
  return h("ol", { class: "part-list" }, message.parts.map((part) => h("li", {},
    h("a", { href: address(["messages", part.id]), "aria-current": part.id === message.id ? "true" : null },
      t("part.of", { number: part.number, total: message.part.total }), " ", latin(part.id, "code"), stateChip(part.state)))));
}

function factGrid(message) {
  const facts = [
    ["id", latin(message.id, "code")],
    ["received", moment(message.received_at, dayAndTime)],
    ["account", h("a", { href: address(["sessions"]) }, h("bdi", {}, message.account))],
    ["line", message.line_type ? h("a", { href: address(["lines", message.line]) }, latin(message.source)) : latin(message.source)],
    ["line_type", message.line_type ? called("line_type", message.line_type) : t("fact-grid.no-line")],
    ["to", handsetLink(message.to, message.line, message.destination)],
    ["operator", message.operator && called("operator", message.operator)],
    ["encoding", [latin(`data_coding ${message.data_coding}`, "code")]],
    ["part", message.part && t("part.of", { number: message.part.number, total: message.part.total })],
    ["receipt", t(message.registered_delivery & 3 ? "fact-grid.asked" : "fact-grid.not-asked")],
    ["scheduled", message.scheduled_for && moment(message.scheduled_for, dayAndTime)],
    ["valid", moment(message.valid_until, dayAndTime)],
    ["attempts", message.attempts > 0 && number(message.attempts)],
    ["cost", message.cost > 0 && t("fact-grid.rials", { n: message.cost })],
  ];
  return h("dl", { class: "fact-grid" },
    facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(`fact-grid.${name}`)), h("dd", {}, value))));
}

function action(name, run, title = null) {
  return h("button", { class: "ghost small", type: "button", title, "aria-label": t(`message.${name}`), on: { click: run } },
    icon(name), h("span", { class: "wide-only" }, t(`message.${name}`)));
}

function section(name, ...children) {
  return h("section", { class: "message-section" }, h("h3", {}, t(`message.${name}`)), children);
}

function folded(name, ...children) {
  return h("details", { class: "message-section fold-section", data: { name } }, h("summary", {}, h("h3", {}, t(`message.${name}`))), children);
}
