/** What may be done with a line by hand: a tab for each, and the form of the one that is chosen. */

import { fill, h } from "../core/dom.js";
import { called, t } from "../core/i18n.js";
import { changeForm, written } from "./change_form.js";
import { input, select } from "./field.js";

const ACTIONS = [
  { kind: "warn-line", asks: ["reason"], in: ["active", "suspended", "closed", "expired"] },
  { kind: "suspend-line", asks: ["reason", "until"], in: ["active"], isDanger: true },
  { kind: "close-line", asks: ["reason"], in: ["active", "suspended", "expired"], isDanger: true },
  { kind: "reinstate-line", asks: ["reason"], in: ["suspended", "closed", "expired"] },
  { kind: "renew-line", asks: [], in: ["active", "suspended", "expired"], hasTerm: true },
  { kind: "transfer-line", asks: ["account"], in: ["active", "suspended", "closed", "expired"], toOthers: true },
];

/** Keeps what is being written while the line stays in its state; `made` is called when something was done. */
export function lineActions(number, made) {
  const tabs = h("div", { class: "tabs", role: "group", "aria-label": t("line.actions") });
  const place = h("div");
  const element = h("div", { class: "line-actions" }, tabs, place);
  let known = "";
  let chosen = null;

  function choose(action, accounts) {
    chosen = chosen === action.kind ? null : action.kind;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.kind === chosen));
    fill(place, chosen && formOf(number, action, accounts, made));
  }

  return {
    element,
    update: (line, accounts) => {
      const now = `${line.state} ${line.account} ${line.expires} ${accounts.length}`;
      if (now === known) return;
      known = now;
      chosen = null;
      const others = accounts.filter(({ system_id: name }) => name !== line.account);
      const possible = ACTIONS.filter((action) => action.in.includes(line.state)
        && (!action.hasTerm || line.expires) && (!action.toOthers || others.length > 0));
      fill(place);
      fill(tabs, possible.map((action) => h("button", {
        class: "tab", type: "button", data: { kind: action.kind }, "aria-pressed": "false", on: { click: () => choose(action, others) },
      }, called("change", action.kind))));
    },
  };
}

function formOf(line, { kind, asks, isDanger }, accounts, made) {
  const makers = {
    reason: () => input({ dir: "auto", maxlength: 500, required: true }),
    until: () => input({ type: "datetime-local", dir: "ltr" }),
    account: () => select(accounts.map(({ system_id: name }) => [name, name])),
  };
  const controls = Object.fromEntries(asks.map((name) => [name, makers[name]()]));
  return changeForm(kind, {
    fields: Object.entries(controls).map(([name, control]) => ({ path: name, label: called("stated", name), control, hint: name === "until" ? t("line.until.what") : "" })),
    body: () => ({ line, ...written(controls) }),
    made,
    isDanger,
  });
}
