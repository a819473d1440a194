/** Changes of the registers, one below the other: when, what, who made it, and what it says. */

import { h } from "../core/dom.js";
import { dayAndTime, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";

const LONGEST = 160;

/** Entries of the journal; of what each says, the names in `leaves` are left out. */
export function changeList(entries, leaves = []) {
  if (entries.length === 0) return h("p", { class: "quiet" }, t("changes.none"));
  return h("ol", { class: "change-list" }, entries.map(({ at, origin, change: { kind, ...said } }) => h("li", {},
    h("span", { class: "quiet" }, moment(at, dayAndTime)),
    h("div", { class: "step-body" },
      h("div", { class: "step-head" }, h("b", { title: kind }, called("change", kind)), originChip(origin)),
      saidList(Object.entries(said).filter(([name]) => !leaves.includes(name)))))));
}

/** Who made a change. */
export function originChip(origin) {
  return h("span", { class: "chip", data: { origin } }, called("origin", origin));
}

/** What a change says, as pairs of name and value; what is empty says nothing. */
export function saidList(pairs) {
  const told = pairs.map(([name, value]) => [name, spoken(value)]).filter(([, value]) => value);
  return told.length > 0 && h("dl", { class: "facts" },
    told.map(([name, value]) => h("div", {}, h("dt", {}, called("stated", name)), h("dd", {}, h("bdi", {}, value)))));
}

function spoken(value) {
  if (value === null || value === "") return "";
  if (typeof value === "boolean") return t(value ? "said.yes" : "said.no");
  const words = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (words === "[]" || words === "{}") return "";
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
