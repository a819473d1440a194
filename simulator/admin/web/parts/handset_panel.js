/** What stands beside a handset: who serves it, how it is found, and what its subscriber wants nothing of. */

import { fill, h, icon } from "../core/dom.js";
import { dayAndTime, latin, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { local } from "../core/numbers.js";
import { address } from "../core/router.js";
import { select } from "./field.js";

const STATES = ["on", "roaming", "off", "out-of-coverage", "memory-full", "absent", "unknown", "barred", "ported"];
const SWITCHES = [["power", "power", "off"], ["coverage", "signal", "out-of-coverage"], ["memory", "memory", "memory-full"]];

/** `find(state)` has the handset be found so; `write(to, text)` sends a message of its subscriber. */
export class HandsetPanel {
  constructor({ find, write }) {
    Object.assign(this, { find, write });
    this.number = h("h2", { class: "handset-number" });
    this.facts = h("dl", { class: "fact-grid" });
    this.switches = SWITCHES.map(([name, drawing, without]) => this.#switch(name, drawing, without));
    this.state = select([["", t("handset.by-chance")], ...STATES.map((state) => [state, called("handset_state", state)])], {
      "aria-label": t("handset.state"), on: { change: () => this.state.value && find(this.state.value) },
    });
    this.advertising = h("div", { class: "handset-block" });
    this.stops = h("div", { class: "handset-block" });
    this.element = h("aside", { class: "handset-panel", "aria-label": t("handset.panel") }, this.number, this.facts,
      h("section", { class: "card" }, h("h3", {}, t("handset.state")), this.switches, this.state),
      h("section", { class: "card" }, h("h3", {}, t("handset.advertising")), this.advertising),
      h("section", { class: "card" }, h("h3", {}, t("handset.stops")), this.stops));
  }

  #switch(name, drawing, without) {
    return h("button", {
      class: "switch", type: "button", role: "switch", data: { without },
      on: { click: (event) => this.find(event.currentTarget.getAttribute("aria-checked") === "true" ? without : "on") },
    }, icon(drawing), h("span", {}, t(`handset.${name}`)), h("i", {}));
  }

  /** Shows what is known of the handset, in the words by which its operator is told. */
  show({ subscriber, standing }, words) {
    fill(this.number, latin(local(subscriber.number)));
    fill(this.facts, facts(standing).map(([name, value]) => h("div", {}, h("dt", {}, t(`handset.${name}`)), h("dd", {}, value))));
    for (const each of this.switches) each.setAttribute("aria-checked", String(subscriber.state !== each.dataset.without));
    this.state.value = subscriber.state ?? "";
    this.#redraw(this.advertising, standing, () => this.#advertising(standing, words));
    this.#redraw(this.stops, standing.headers, () => this.#stops(standing.headers.filter(({ stopped }) => stopped), words));
  }

  /** Draws what is another than before, so that what has the focus keeps it. */
  #redraw(element, data, draw) {
    const print = JSON.stringify(data);
    if (element.dataset.print === print) return;
    element.dataset.print = print;
    fill(element, draw());
  }

  #advertising(standing, words) {
    const own = words.codeOf(standing.served_by);
    const button = (key, word) => h("button", { class: "button small", type: "button", on: { click: () => this.write(own.code, word) } }, t(key, { word }));
    return [
      h("p", { class: "handset-standing", data: { listed: standing.listed } }, icon(standing.listed ? "blacklist" : "check"),
        t(standing.listed ? "handset.listed" : "handset.not-listed")),
      standing.since && h("p", { class: "quiet" }, t("handset.since"), " ", moment(standing.since, dayAndTime)),
      standing.next && h("p", { class: "quiet" }, t(standing.next.on ? "handset.next-on" : "handset.next-off"), " ", moment(standing.next.at, dayAndTime)),
      standing.listed && !standing.enforced && h("p", { class: "quiet" }, t("handset.not-enforced")),
      own ? [h("p", { class: "quiet" }, t("handset.code"), " ", latin(own.code)),
        h("div", { class: "handset-buttons" }, button("phone.out", own.block), button("phone.in", own.allow))] : h("p", { class: "quiet" }, t("handset.no-code")),
      h("a", { href: address(["blacklist", standing.number]) }, t("handset.in-blacklist")),
    ];
  }

  #stops(headers, words) {
    if (headers.length === 0) return h("p", { class: "quiet" }, t("handset.no-stops"));
    return h("ul", { class: "handset-stops" }, headers.map(({ line, since }) => h("li", {},
      h("a", { href: address(["blacklist"], { line }) }, latin(line)), since && h("span", { class: "quiet" }, moment(since, dayAndTime)),
      h("button", { class: "button small", type: "button", on: { click: () => this.write(line, words.rejoin) } }, t("phone.rejoin", { word: words.rejoin })))));
  }
}

function facts(standing) {
  const ported = standing.prefix_of !== standing.served_by;
  return [
    ["operator", called("operator", standing.served_by)],
    ...(ported ? [["prefix", called("operator", standing.prefix_of)], ["rules", called("operator", standing.rules_of)]] : []),
  ];
}
