/** Why a message was taken or refused: the rule, the sentence of its clause, and how the sender learns of it. */

import { h } from "../core/dom.js";
import { called, t } from "../core/i18n.js";
import { clauseText } from "./trace.js";

/** `told` says how the sender learns of it. */
export function reasonBox(verdict, { clauses }, ...told) {
  return h("div", { class: "reason-box" },
    h("p", { class: "reason-rule" }, verdict.rule ? called("rule", verdict.rule) : t("reason.nothing")),
    verdict.clause && clauseText(clauses.get(verdict.clause)),
    h("p", { class: "quiet" }, told, verdict.violation && [" · ", t("reason.violation")]));
}

/** What a text was taken for. */
export function contentChips(content) {
  return [
    h("span", { class: "chip", data: { label: content.label } }, called("label", content.label)),
    h("span", { class: "chip", data: { label: content.label } }, called("category", content.category)),
  ];
}
