/** What was decided of a message, as a mark, a word and a colour: "accepted", "refused", "counted" or "waiting". */

import { h, icon } from "../core/dom.js";
import { called, t } from "../core/i18n.js";

const ICONS = { accepted: "check", refused: "cross", counted: "flag", waiting: "wait" };

/** The kind of a verdict, told by its outcome and by the rule that refused or counted. */
export function kindOf(outcome, rule) {
  if (outcome === "accepted") return rule ? "counted" : "accepted";
  return outcome ?? "waiting";
}

/** The mark alone, for places where the word stands besides. */
export function mark(kind) {
  return h("span", { class: "mark", data: { verdict: kind } }, icon(ICONS[kind]));
}

/** Mark and word. */
export function badge(kind) {
  return h("span", { class: "badge", data: { verdict: kind } }, icon(ICONS[kind]), t(`verdict.${kind}`));
}

/** The name of a rule, in the colour of what it did. */
export function ruleChip(rule, kind) {
  return h("span", { class: "chip", data: { verdict: kind }, title: rule }, called("rule", rule));
}

/** A message_state in its colour. */
export function stateChip(state) {
  return h("span", { class: "state", data: { state } }, called("state", state));
}
