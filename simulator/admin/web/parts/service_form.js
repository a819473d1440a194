/** The form that opens a request for a service line, by one of the three routes; its papers are added to the draft. */

import { h } from "../core/dom.js";
import { called, t } from "../core/i18n.js";
import { changeForm, written } from "./change_form.js";
import { input, select } from "./field.js";

const ROUTES = ["dedicated", "shared", "samantel"];
const PERSONS = ["natural", "legal"];

/** For a line; or, without one, for a Samantel line that the operator is to give out. `made` is called when it is opened. */
export function serviceForm(line, accounts, made) {
  const account = select(accounts.map(({ system_id: name }) => [name, name]));
  const asked = { account, represents: input({ dir: "auto", maxlength: 200 }), digits: input({ dir: "ltr", inputmode: "numeric", maxlength: 15 }) };
  if (line) account.value = line.account;
  const own = line ? { route: select(ROUTES.map((route) => [route, called("route", route)])), ...asked } : asked;
  const owner = line ? {} : {
    kind: select(PERSONS.map((kind) => [kind, called("owner_kind", kind)])),
    name: input({ dir: "auto", maxlength: 200 }),
    identity: input({ dir: "ltr", inputmode: "numeric", maxlength: 11 }),
  };
  const told = (path, controls) => Object.entries(controls).map(([name, control]) => ({ path: `${path}${name}`, label: t(`service.${name}`), control }));
  return h("div", {}, changeForm("ask-for-service", {
    fields: [...told("", own), ...told("owner.", owner)],
    body: () => ({
      ...written(own), hand_in: false,
      ...(line ? { line: line.number } : { route: "samantel", owner: written(owner) }),
    }),
    made,
  }), h("p", { class: "quiet" }, t("service.what")));
}
