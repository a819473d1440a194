/** The form that hands in a pattern, or a new wording of one that was rejected. */

import { h } from "../core/dom.js";
import { called, t } from "../core/i18n.js";
import { changeForm, written } from "./change_form.js";
import { input, select } from "./field.js";

/** `lines` are the shared service lines, `former` what the fields begin with; `made` is told the line and the name. */
export function patternForm(lines, former, made) {
  if (lines.length === 0) return h("p", { class: "nothing" }, t("pattern.no-line"));
  const controls = {
    line: select(lines.map(({ number, owner }) => [number, `${number} ${owner.name}`]), { dir: "auto" }),
    name: input({ dir: "auto", maxlength: 60 }),
    text: h("textarea", { rows: 4, dir: "auto", maxlength: 2000 }),
    sender: input({ dir: "auto", maxlength: 100 }),
    account: input({ dir: "ltr", maxlength: 15 }),
  };
  for (const [name, control] of Object.entries(controls)) control.value = former[name] ?? control.value;
  const hint = { text: t("pattern.text.what"), account: t("pattern.account.what") };
  const pattern = () => written(controls);
  return h("section", { class: "card" }, h("h2", {}, t("pattern.new")),
    changeForm("hand-in-pattern", {
      fields: Object.entries(controls).map(([name, control]) => ({ path: `pattern.${name}`, label: called("stated", name), control, hint: hint[name] ?? "" })),
      body: () => ({ pattern: pattern() }),
      made: () => made(pattern()),
    }));
}
