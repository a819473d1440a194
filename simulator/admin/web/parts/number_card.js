/** All that the blacklist knows of one number, and what may be done about it. */

import { change } from "../core/api.js";
import { h, icon } from "../core/dom.js";
import { dayAndTime, latin, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { local } from "../core/numbers.js";
import { address } from "../core/router.js";
import { select } from "./field.js";

const OPERATORS = [
  "mci", "irancell", "rightel", "taliya", "telekish", "spadan", "shatel", "samantel", "aptel", "azartel", "lotustel", "ariantel",
];

/** The names of the operators, to be chosen from. */
export function operatorChoices() {
  return OPERATORS.map((operator) => [operator, called("operator", operator)]);
}

/** The card of a number by what `GET /blacklist/numbers/{number}` says; `act(ask, done)` does something and tells that it is done. */
export function numberCard(state, { isShared, act }) {
  const number = local(state.number);
  const list = select([["", t("blacklist.served")], ...operatorChoices()], { "aria-label": t("blacklist.list"), disabled: isShared });
  const put = (kind, done) => act(() => change(kind, { numbers: [state.number], operator: list.value || null }), t(done, { number }));
  return h("section", { class: "card number-card", "aria-label": number, data: { listed: state.listed } },
    h("header", {}, h("h2", {}, latin(number)),
      h("p", { class: "handset-standing", data: { listed: state.listed } }, icon(state.listed ? "blacklist" : "check"),
        t(state.listed ? "handset.listed" : "handset.not-listed")),
      h("span", { class: "bar-space" }), h("a", { class: "button small", href: address(["phone", state.number]) }, icon("phone"), t("blacklist.phone"))),
    h("dl", { class: "fact-grid" }, facts(state).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    state.listed && !state.enforced && h("p", { class: "quiet" }, t("handset.not-enforced")),
    h("div", { class: "number-acts" },
      h("button", { class: "button", type: "button", on: { click: () => put("list-numbers", "blacklist.added") } }, icon("plus"), t("blacklist.add")),
      h("button", { class: "button danger", type: "button", on: { click: () => put("unlist-numbers", "blacklist.removed") } }, icon("cross"), t("blacklist.remove")),
      !isShared && h("label", { class: "number-list" }, h("span", { class: "quiet" }, t("blacklist.list")), list)));
}

function facts(state) {
  const listedBy = state.listed_by.map((operator) => h("span", { class: "chip" }, called("operator", operator)));
  const next = state.next && [t(state.next.on ? "handset.next-on" : "handset.next-off"), moment(state.next.at, dayAndTime)];
  return [
    [t("handset.operator"), called("operator", state.served_by)],
    [t("handset.prefix"), called("operator", state.prefix_of)],
    [t("handset.rules"), called("operator", state.rules_of)],
    [t("blacklist.listed-by"), listedBy.length > 0 ? listedBy : t("blacklist.nobodys")],
    [t("blacklist.since"), state.since ? moment(state.since, dayAndTime) : t("blacklist.since-start")],
    ...(next ? [next] : []),
    ...state.headers.filter(({ stopped }) => stopped).map(({ line, since }) =>
      [t("blacklist.stopped"), [latin(line), since && [" ", moment(since, dayAndTime)]]]),
  ];
}
