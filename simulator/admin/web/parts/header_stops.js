/** Who stopped which line: by line, and by how the numbers begin. */

import { change, get } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { dayAndTime, latin, moment, number as written } from "../core/format.js";
import { t } from "../core/i18n.js";
import { local } from "../core/numbers.js";
import { address } from "../core/router.js";
import { failure } from "./failure.js";

const PAGE = 50;

/** `addressOf(line)` is where the stops of a line are shown, of all with ""; `act(ask, done)` does something and tells that it is done. */
export class HeaderStops {
  #turn = 0;
  #limit = PAGE;
  #filters = {};

  constructor({ addressOf, act }) {
    Object.assign(this, { addressOf, act });
    this.tabs = h("nav", { class: "stop-lines", "aria-label": t("blacklist.line") });
    this.list = h("div");
    this.element = h("section", { class: "card" }, h("h2", {}, t("blacklist.stops")), this.tabs, this.list);
  }

  /** Shows the stops that fit, `{line, begins}`; `counts` are how many stopped each line. */
  async show(filters, counts) {
    if (JSON.stringify(filters) !== JSON.stringify(this.#filters)) this.#limit = PAGE;
    this.#filters = filters;
    fill(this.tabs, Object.keys(counts).length > 0 && ["", ...Object.keys(counts)].map((line) => this.#tab(line, counts)));
    const turn = ++this.#turn;
    try {
      const answer = await get("/header-stops", { ...filters, limit: this.#limit });
      if (turn === this.#turn) this.#draw(answer, counts);
    } catch (error) {
      if (turn === this.#turn) fill(this.list, failure(error));
    }
  }

  #tab(line, counts) {
    const count = line ? counts[line] : Object.values(counts).reduce((sum, each) => sum + each, 0);
    return h("a", { class: "stop-line", href: this.addressOf(line), "aria-current": (this.#filters.line ?? "") === line ? "true" : null },
      line ? latin(line) : t("blacklist.stops.all"), h("span", { class: "count" }, written(count)));
  }

  #draw({ stops, total }, counts) {
    if (stops.length === 0) {
      fill(this.list, h("p", { class: "quiet" }, t("blacklist.stops.none")));
      return;
    }
    const more = () => {
      this.#limit += PAGE;
      this.show(this.#filters, counts);
    };
    fill(this.list, h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["line", "number", "stopped"].map((name) => h("th", {}, t(`blacklist.${name}`))), h("th", {}))),
      h("tbody", {}, stops.map((stop) => this.#row(stop)))),
    stops.length < total && h("button", { class: "button small", type: "button", on: { click: more } }, t("blacklist.more")));
  }

  #row({ line, number, since, next }) {
    const open = () => this.act(() => change("rejoin-header", { number, line }), t("blacklist.rejoined", { line, number: local(number) }));
    return h("tr", {}, h("td", {}, h("a", { href: address(["lines", line]) }, latin(line))), h("td", {}, h("a", { href: address(["phone", number, line]) }, latin(local(number)))),
      h("td", { class: "quiet" }, since ? moment(since, dayAndTime) : t("blacklist.since-start"), next && [" → ", moment(next.at, dayAndTime)]),
      h("td", {}, h("button", { class: "button small", type: "button", on: { click: open } }, t("blacklist.rejoin"))));
  }
}
