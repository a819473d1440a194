/** All lines, filtered by what is typed and chosen; and the requests by which lines become service lines. */

import { fill, h, icon } from "../core/dom.js";
import { latin, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { address, go } from "../core/router.js";
import { heading } from "../view.js";
import { failure } from "./failure.js";
import { input, select } from "./field.js";
import { requestList } from "./request_list.js";
import { serviceForm } from "./service_form.js";

const TYPES = ["promotional", "dedicated_service", "shared_service", "samantel"];
const STATES = ["active", "suspended", "closed", "expired"];
const FILTERS = ["text", "type", "state"];
const COLUMNS = ["number", "type", "owner", "account", "state", "violations"];
const READING = 2000;

export class LineList {
  #lines = null;

  constructor(root, { store, live, own, say, place }) {
    const changed = { input: () => go(["lines"], this.#filters, { replace: true }) };
    this.controls = {
      text: input({ type: "search", class: "search-input", dir: "auto", placeholder: t("lines.search"), "aria-label": t("lines.search"), on: changed }),
      type: choice("type", "line_type", TYPES, changed),
      state: choice("state", "line_state", STATES, changed),
    };
    this.count = h("span", { class: "quiet" });
    this.rows = h("tbody");
    this.trouble = h("div");
    const refresh = () => store.refresh("requests");
    const requests = requestList({ store, own, say, changed: refresh });
    const form = h("div", { class: "card" });
    fill(root, h("div", { class: "view" }, heading("lines"),
      h("div", { class: "register-bar" }, h("label", { class: "search" }, icon("search"), this.controls.text), this.controls.type, this.controls.state, this.count),
      this.trouble,
      h("div", { class: "card table-card" }, h("table", { class: "table line-table" },
        h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col" }, t(`line.${name}`))))), this.rows)),
      h("section", { class: "part" }, h("h2", {}, t("request.title.all")), requests.element),
      h("section", { class: "part" }, h("h2", {}, t("service.drawn")), h("p", { class: "quiet" }, t("service.drawn.what")), form)));
    this.show(place.query);
    own(store.watch("lines", ({ value, error }) => {
      fill(this.trouble, error && failure(error, () => store.refresh("lines")));
      if (value) this.#take(value);
    }));
    own(store.watch("requests", ({ value }) => value && requests.update(value.requests)));
    own(store.watch("accounts", ({ value }) => value && !form.firstChild && fill(form, serviceForm(null, value, refresh))));
    // A message may be an offence of its line, which is no change of it.
    own(live.on("messages", paced(() => store.refresh("lines"), READING)));
  }

  /** Shows the lines that fit the filters of an address. */
  show(query) {
    for (const name of FILTERS) if (this.controls[name].value !== (query[name] ?? "")) this.controls[name].value = query[name] ?? "";
    this.#draw();
  }

  get #filters() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.controls[name].value]));
  }

  #take({ lines, total }) {
    this.#lines = lines;
    this.isAll = lines.length === total;
    this.#draw();
  }

  #draw() {
    if (!this.#lines) return;
    const { text, type, state } = this.#filters;
    const sought = text.trim().toLowerCase();
    const fit = (line) => (!type || line.type === type) && (!state || line.state === state)
      && `${line.number} ${line.owner.name} ${line.account}`.toLowerCase().includes(sought);
    const fitting = this.#lines.filter(fit);
    fill(this.count, t("lines.count", { count: fitting.length }), !this.isAll && [" · ", t("lines.first", { n: this.#lines.length })]);
    fill(this.rows, fitting.map(row));
  }
}

function choice(name, kind, words, on) {
  return select([["", t(`line.${name}`)], ...words.map((word) => [word, called(kind, word)])], { "aria-label": t(`line.${name}`), on });
}

function row(line) {
  return h("tr", { data: { line: line.number } },
    h("th", { scope: "row" }, h("a", { href: address(["lines", line.number]) }, latin(line.number))),
    h("td", {}, h("span", { class: "chip", data: { label: line.type === "promotional" ? "promotional" : "service" } }, called("line_type", line.type))),
    h("td", {}, h("bdi", {}, line.owner.name || "–")),
    h("td", {}, h("bdi", {}, line.account)),
    h("td", {}, lineState(line.state)),
    h("td", { class: line.violations > 0 ? "is-bad" : "quiet" }, number(line.violations)));
}

/** A line's state in its colour. */
export function lineState(state) {
  return h("span", { class: "state", data: { state } }, called("line_state", state));
}
