/** The rules that were asked, in order: the one that decided in full, those that found nothing folded together. */

import { h, icon } from "../core/dom.js";
import { latin } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { language } from "../core/preferences.js";

const ICONS = { passed: "check", exempt: "pass", counted: "flag", refused: "cross" };
const VALUES = { label: "label", category: "category", line_type: "line_type", operator: "operator" };

/** A verdict's trace; `catalogue` are the rules and clauses by id. The clause that decided is told beside the verdict. */
export function trace(verdict, catalogue) {
  const telling = verdict.trace.filter((step) => step.outcome !== "passed");
  const silent = verdict.trace.filter((step) => step.outcome === "passed");
  return h("div", { class: "trace" },
    h("ol", { class: "steps" }, telling.map((step) => stepRow(step, catalogue, step.clause !== verdict.clause))),
    silent.length > 0 && h("details", { class: "fold", open: telling.length === 0 },
      h("summary", {}, t("trace.passed", { count: silent.length })),
      h("ol", { class: "steps" }, silent.map((step) => stepRow(step, catalogue, true)))),
  );
}

/** A clause: what it says in the interface's language, and where it is written. */
export function clauseText(clause) {
  const sentence = language() === "fa" ? clause.statement_fa : clause.statement_en;
  return h("blockquote", { class: "clause" },
    h("p", {}, sentence),
    h("footer", { class: "quiet" }, latin(clause.id, "code"), " ", h("bdi", {}, `${clause.document} · ${clause.section}`),
      h("span", { class: "confidence", title: t("clause.confidence") }, called("confidence", clause.confidence))),
  );
}

/** What a rule looked at, as pairs of name and value. */
export function factList(facts) {
  const pairs = Object.entries(facts);
  return pairs.length > 0 && h("dl", { class: "facts" },
    pairs.map(([name, value]) => h("div", {}, h("dt", {}, called("fact", name)), h("dd", {}, h("bdi", {}, spoken(name, value))))));
}

function stepRow(step, { rules, clauses }, tellsClause) {
  const rule = rules.get(step.rule);
  const clause = clauses.get(step.clause);
  return h("li", { class: "step", data: { outcome: step.outcome } },
    h("span", { class: "step-mark", title: called("outcome", step.outcome) }, icon(ICONS[step.outcome])),
    h("div", { class: "step-body" },
      h("div", { class: "step-head" },
        h("b", { title: language() === "en" ? rule?.rationale : null }, called("rule", step.rule)),
        h("span", { class: "quiet" }, called("outcome", step.outcome))),
      factList(step.facts),
      tellsClause && clause && clauseText(clause)),
  );
}

function spoken(name, value) {
  if (value === "yes" || value === "no") return t(`said.${value}`);
  return VALUES[name] ? called(VALUES[name], value) : value;
}
