/** What stands in a conversation: bubbles of both sides, and what was decided between them. */

import { h, icon } from "../core/dom.js";
import { date, moment, sameDay } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { address } from "../core/router.js";
import { kindOf, ruleChip, stateChip } from "./verdict.js";

const UNDER_WAY = ["ENROUTE", "SCHEDULED", "ACCEPTED"];

/** What the handset has of a message: "delivered", "waiting", "refused" or "failed". */
export function fateOf({ verdict, state }) {
  if (verdict === "refused") return "refused";
  if (verdict === null || UNDER_WAY.includes(state)) return "waiting";
  return state === "DELIVERED" ? "delivered" : "failed";
}

/** The entries of a conversation, with the days between them. */
export function bubbles(entries) {
  return entries.map((entry, index) => [
    (index === 0 || !sameDay(entries[index - 1].at, entry.at)) && h("li", { class: "talk-day" }, date(entry.at)),
    entry.kind === "note" ? note(entry) : bubble(entry),
  ]);
}

function bubble(entry) {
  const isOwn = entry.kind === "wrote";
  const fate = entry.kind === "came" ? fateOf(entry) : isOwn && isLost(entry.outcome) ? "failed" : "delivered";
  return h("li", { class: "bubble", data: { side: isOwn ? "own" : "other", fate } },
    h("p", { class: "bubble-text", dir: "auto" }, entry.text),
    h("div", { class: "bubble-foot" }, whatElse(entry, fate), shownAt(entry)));
}

function isLost(outcome) {
  return outcome === "line-takes-none" || outcome === "unknown-destination";
}

function whatElse(entry, fate) {
  if (entry.kind === "wrote") return isLost(entry.outcome) && h("span", { class: "bubble-why" }, called("mo_outcome", entry.outcome));
  if (entry.kind === "reply") return h("span", {}, t("phone.reply"));
  return [
    entry.has < entry.of && h("span", {}, t("phone.parts", { has: entry.has, of: entry.of })),
    entry.rule ? ruleChip(entry.rule, kindOf(entry.verdict, entry.rule)) : fate !== "delivered" && stateChip(entry.state),
  ];
}

function shownAt({ at, ids }) {
  const time = moment(at);
  return ids ? h("a", { href: address(["messages", ids[0]]), title: t("phone.open-message") }, time) : time;
}

function note({ at, what, origin }) {
  return h("li", { class: "talk-note" }, icon(what === "opt-out" || what === "stop-header" ? "blacklist" : "check"),
    h("span", {}, t(`phone.note.${what}`), origin !== "mo" && [" · ", called("origin", origin)]), moment(at));
}
