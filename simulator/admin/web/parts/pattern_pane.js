/** One pattern: its text with its variables, what the review finds, what may be decided, and a text to try against it. */

import { get, post } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { latin, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { address } from "../core/router.js";
import { changeForm, written } from "./change_form.js";
import { failure } from "./failure.js";
import { input } from "./field.js";
import { factList } from "./trace.js";
import { badge, kindOf } from "./verdict.js";

const DECISIONS = { pending: ["approve-pattern", "reject-pattern"], approved: ["reject-pattern"], rejected: ["approve-pattern"] };
const MARKS = { percent: (name) => `%${name}%`, token: (name) => `%${name}`, braces: (name) => `{${name}}`, hash: (name) => `#${name}#` };
const RECIPIENT = "09121234567";
const RULE = "unapproved-pattern";

export class PatternPane {
  #isLeft = false;
  #state = null;

  constructor(id, root, { say, changed, gone }) {
    Object.assign(this, { id, root, say, changed, gone });
    this.told = h("div", { class: "pattern-told" });
    this.decisions = h("div", { class: "acts" });
    this.answer = h("div", { "aria-live": "polite" });
    this.element = h("article", { class: "card pattern-pane" }, this.told, this.decisions, h("section", { class: "sub" }, this.#trial(), this.answer));
    this.read();
  }

  leave() {
    this.#isLeft = true;
  }

  async read() {
    try {
      const pattern = await get(`/patterns/${encodeURIComponent(this.id)}`);
      if (!this.#isLeft) this.#draw(pattern);
    } catch (error) {
      if (!this.#isLeft) fill(this.root, failure(error, () => this.read()));
    }
  }

  #draw(pattern) {
    this.pattern = pattern;
    if (!this.element.isConnected) fill(this.root, this.element);
    fill(this.told, headOf(pattern), textOf(pattern), variableTable(pattern.variables), reviewOf(pattern));
    if (pattern.state === this.#state) return;
    this.#state = pattern.state;
    fill(this.decisions, DECISIONS[pattern.state].map((kind) => this.#decision(kind)), this.#withdrawal());
  }

  #decision(kind) {
    const controls = kind === "reject-pattern" ? { reason: input({ dir: "auto", maxlength: 500, required: true }) } : {};
    return changeForm(kind, {
      fields: Object.entries(controls).map(([name, control]) => ({ path: name, label: called("stated", name), control })),
      body: () => ({ line: this.pattern.line, pattern: this.pattern.name, ...written(controls) }),
      made: () => this.changed(),
      isDanger: kind === "reject-pattern",
    });
  }

  #withdrawal() {
    const body = () => ({ line: this.pattern.line, pattern: this.pattern.name });
    return changeForm("withdraw-pattern", { body, made: () => this.gone(), isDanger: true });
  }

  /** Asks what would become of a text on the pattern's line. */
  #trial() {
    const text = h("textarea", { rows: 3, dir: "auto", "aria-label": t("pattern.try") });
    const ask = async (event) => {
      event.preventDefault();
      try {
        const answer = await post("/explain", { from: this.pattern.line, to: RECIPIENT, text: text.value });
        if (!this.#isLeft) fill(this.answer, this.#told(answer));
      } catch (error) {
        this.say(error.message, "bad");
      }
    };
    return h("form", { class: "trial", on: { submit: ask } }, h("h3", {}, t("pattern.try")), h("p", { class: "quiet" }, t("pattern.try.what")),
      text, h("button", { class: "button" }, icon("explain"), t("pattern.ask")));
  }

  #told({ verdict, pattern }) {
    const step = verdict.trace.find(({ rule }) => rule === RULE);
    const fits = pattern === null ? t("pattern.fits-none") : t(pattern === this.pattern.name ? "pattern.fits" : "pattern.fits-other", { name: pattern });
    return h("div", { class: "trial-answer" },
      h("p", {}, badge(kindOf(verdict.outcome, verdict.rule)), " ", h("b", {}, fits)),
      verdict.rule && verdict.rule !== RULE && h("p", {}, called("rule", verdict.rule)),
      step && factList(step.facts));
  }
}

function headOf({ id, name, line, account, sender, state, reason }) {
  return [
    h("div", { class: "message-bar" }, h("h2", {}, h("bdi", {}, name)), patternState(state), h("span", { class: "bar-space" }),
      state === "rejected" && h("a", { class: "button small", href: address(["patterns"], { new: id }) }, t("pattern.again"))),
    reason && h("p", { class: "field-fault", dir: "auto" }, reason),
    h("dl", { class: "facts" }, [
      ["line", h("a", { href: address(["lines", line]) }, latin(line))], ["account", h("bdi", {}, account)], ["sender", sender && h("bdi", {}, sender)],
    ].filter(([, value]) => value).map(([key, value]) => h("div", {}, h("dt", {}, called("stated", key)), h("dd", {}, value)))),
  ];
}

/** The text with its variables marked, each where it stands first behind the one before. */
function textOf({ text, syntax, variables }) {
  const pieces = [];
  let from = 0;
  for (const { name } of variables) {
    const mark = MARKS[syntax](name);
    const at = text.indexOf(mark, from);
    if (at < 0) continue;
    pieces.push(text.slice(from, at), h("mark", {}, h("bdi", {}, mark)));
    from = at + mark.length;
  }
  return h("div", { class: "text-panel" }, h("p", { class: "text", dir: "auto" }, pieces, text.slice(from)));
}

function variableTable(variables) {
  return variables.length > 0 && h("table", { class: "table" },
    h("thead", {}, h("tr", {}, ["name", "type", "max", "blanks"].map((name) => h("th", { scope: "col" }, t(`variable.${name}`))))),
    h("tbody", {}, variables.map(({ name, type, max, blanks }) => h("tr", {},
      h("th", { scope: "row" }, h("bdi", {}, name)), h("td", {}, called("variable_type", type)), h("td", {}, number(max)),
      h("td", {}, blanks === null ? t("variable.any") : number(blanks))))));
}

function reviewOf({ review }) {
  if (review.length === 0) return h("p", { class: "calm" }, icon("check"), t("pattern.in-order"));
  return h("section", { class: "sub objections", data: { verdict: "counted" } }, h("h3", {}, t("pattern.stands-against")),
    h("ul", {}, review.map(({ code, says }) => h("li", {}, h("b", {}, called("finding", code)), h("span", { lang: "en", dir: "ltr" }, says)))));
}

/** A pattern's state in its colour. */
export function patternState(state) {
  return h("span", { class: "state", data: { state } }, called("pattern_state", state));
}
