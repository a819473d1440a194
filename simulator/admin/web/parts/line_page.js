/** One line: how it is registered, what may be done with it, its requests, its violations and its history. */

import { get } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { date, dayAndTime, latin, moment, number as written } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { address } from "../core/router.js";
import { changeList } from "./change_list.js";
import { failure } from "./failure.js";
import { gauge } from "./gauge.js";
import { lineActions } from "./line_actions.js";
import { lineState } from "./line_list.js";
import { requestList } from "./request_list.js";
import { serviceForm } from "./service_form.js";

const PAUSE = 500;
const SHOWN = 50;

/** Fills an element with the page of a line, and keeps it as the line is at the operator until the view is left. */
export function linePage(number, root, { store, live, own, say }) {
  const page = new LinePage(number, root, { store, own, say });
  own(store.watch("accounts", ({ value }) => value && page.take({ accounts: value })));
  own(live.on("changes", () => page.read()));
  own(live.on("messages", ({ messages, skipped }) => (skipped > 0 || messages.some((row) => row.line === page.number)) && page.read()));
  own(live.on("opened", () => page.read()));
  own(live.on("reset", () => page.read()));
  own(() => page.leave());
  page.read();
}

class LinePage {
  #known = { line: null, accounts: null, violations: null };
  #isLeft = false;

  constructor(number, root, { store, own, say }) {
    Object.assign(this, { number, root });
    this.read = paced(() => this.#read(), PAUSE);
    const changed = () => this.read();
    this.head = h("header", { class: "line-head" });
    this.facts = h("div");
    this.actions = lineActions(number, changed);
    this.requests = requestList({ store, own, say, changed });
    this.ask = h("details", { class: "card ask" }, h("summary", {}, t("service.ask")));
    this.violations = h("div", { class: "card table-card" });
    this.history = h("div", { class: "card" });
    const part = (name, ...children) => h("section", { class: "part" }, h("h2", {}, t(`line.${name}`)), children);
    this.element = h("div", { class: "view line-page" },
      this.head,
      h("section", { class: "card" }, this.facts),
      part("actions", h("div", { class: "card" }, this.actions.element)),
      part("requests", this.requests.element, this.ask),
      part("violations", this.violations),
      part("history", this.history));
  }

  leave() {
    this.#isLeft = true;
  }

  take(news) {
    if (this.#isLeft) return;
    Object.assign(this.#known, news);
    const { line, accounts } = this.#known;
    if (!line || !accounts) return;
    if (!this.element.isConnected) fill(this.root, this.element);
    this.#draw(line, accounts);
  }

  async #read() {
    if (this.#isLeft) return;
    try {
      const path = `/lines/${encodeURIComponent(this.number)}`;
      const [line, violations] = await Promise.all([get(path), get("/violations", { line: this.number, order: "newest", limit: SHOWN })]);
      this.number = line.number; // which may have been asked for in another form
      this.take({ line, violations });
    } catch (error) {
      if (!this.#isLeft) fill(this.root, failure(error, this.read));
    }
  }

  #draw(line, accounts) {
    fill(this.head, headOf(line));
    fill(this.facts, factsOf(line));
    this.actions.update(line, accounts);
    this.requests.update(line.requests);
    if (this.ask.children.length === 1) this.ask.append(serviceForm(line, accounts, () => this.read()));
    fill(this.violations, violationTable(this.#known.violations));
    fill(this.history, changeList([...line.history].reverse(), ["line"]));
  }
}

function headOf(line) {
  return [
    h("a", { class: "ghost small", href: address(["lines"]) }, icon("back"), t("line.all")),
    h("div", { class: "message-bar" }, h("h1", {}, latin(line.number)),
      h("span", { class: "chip", data: { label: line.type === "promotional" ? "promotional" : "service" } }, called("line_type", line.type)),
      lineState(line.state), h("span", { class: "bar-space" }),
      line.type === "shared_service" && h("a", { class: "button small", href: address(["patterns"], { line: line.number }) }, icon("patterns"), t("line.patterns")),
      h("a", { class: "button small", href: address(["messages"], { line: line.number }) }, icon("inbox"), t("line.messages")),
      h("a", { class: "button small", href: address(["explain"], { from: line.number }) }, icon("explain"), t("line.explain"))),
  ];
}

function factsOf(line) {
  const { owner } = line;
  const noon = (day) => date(`${day}T12:00:00+03:30`);
  const facts = [
    ["account", h("bdi", {}, line.account)],
    ["owner", [h("bdi", {}, owner.name || "–"), " ", h("span", { class: "quiet" }, called("owner_kind", owner.kind))]],
    ["identity", owner.identity && latin(owner.identity)],
    ["verified", t(owner.verified ? "said.yes" : "said.no")],
    ["kind", latin(line.kind)],
    ["aggregator", line.aggregator && latin(line.aggregator)],
    ["use", called("use", line.use)],
    ["receives", t(line.receives ? "said.yes" : "said.no")],
    ["expires", line.expires && noon(line.expires)],
    ["suspended-until", line.suspended_until && moment(line.suspended_until, dayAndTime)],
    ["recipients", line.recipients === null ? t("line.undeclared") : written(line.recipients)],
    ["purpose", line.purpose.length === 0 ? t("line.undeclared") : line.purpose.map((each) => [h("span", { class: "chip" }, called("category", each)), " "])],
  ];
  return [
    h("dl", { class: "fact-grid" }, facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(`line.${name}`)), h("dd", {}, value)))),
    line.type !== "promotional" && gauge(t("line.strikes"), line.violations, line.strikes),
  ];
}

function violationTable({ violations, total }) {
  if (total === 0) return h("p", { class: "quiet" }, t("line.no-violations"));
  return [
    h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["at", "rule", "text", "recipient", "counts"].map((name) => h("th", { scope: "col" }, t(`violation.${name}`))))),
      h("tbody", {}, violations.map((each) => h("tr", {},
        h("td", {}, h("a", { href: placeOf(each) }, moment(each.at, dayAndTime))),
        h("td", {}, h("span", { title: each.clause }, called("rule", each.rule))),
        h("td", { class: "violation-text", dir: "auto" }, each.text),
        h("td", {}, latin(each.recipient)),
        h("td", {}, t(each.counts ? "said.yes" : "said.no")))))),
    total > violations.length && h("p", { class: "quiet" }, t("line.newest-violations", { n: violations.length, total })),
  ];
}

/** Where the message of a violation is to be seen; one of which the sender was told no message_id is sought by what is known of it. */
function placeOf({ message, line, rule, recipient: to }) {
  return message ? address(["messages", message]) : address(["messages"], { line, rule, to });
}
