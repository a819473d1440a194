/** The form that switches a fault on: its own parameters, for whom it is, how often and how long. */

import { h, icon } from "../core/dom.js";
import { latin } from "../core/format.js";
import { t } from "../core/i18n.js";
import { field, input, select, showFaults } from "./field.js";

const SCOPE = ["account", "line", "destination"];

/** `switchOn` is given the fault as `POST /faults` takes it. */
export function faultForm(kind, switchOn) {
  const own = kind.parameters.map((parameter) => [parameter, control(parameter)]);
  const scope = SCOPE.map((name) => [name, input({ dir: "ltr", maxlength: 40 })]);
  const share = input({ type: "number", min: "0", max: "100", step: "any", value: "100", dir: "ltr" });
  const count = input({ type: "number", min: "1", dir: "ltr" });
  const seconds = input({ type: "number", min: "0", step: "any", dir: "ltr" });
  const fault = h("p", { class: "field-fault", role: "alert" });

  const table = () => ({
    name: kind.name,
    ...Object.fromEntries(own.map(([parameter, each]) => [parameter.name, read(parameter, each)]).filter(([, value]) => value !== undefined)),
    scope: Object.fromEntries(scope.map(([name, each]) => [name, each.value]).filter(([, value]) => value)),
    ...(share.value === "100" ? {} : { share: Number(share.value) / 100 }),
    ...(count.value ? { count: Number(count.value) } : {}),
    ...(seconds.value ? { span: Number(seconds.value) } : {}),
  });
  const form = h("form", {
    class: "card fault-form",
    on: {
      submit: async (event) => {
        event.preventDefault();
        try {
          await switchOn(table());
          fault.textContent = showFaults(form, null);
        } catch (error) {
          fault.textContent = showFaults(form, error);
        }
      },
    },
  },
  h("h2", {}, latin(kind.name)),
  h("p", { lang: "en", dir: "ltr" }, kind.what),
  kind.threads && h("p", { class: "quiet", lang: "en", dir: "ltr" }, kind.threads),
  own.length > 0 && h("div", { class: "field-row" }, own.map(([parameter, each]) => field(parameter.name, each, `body.${parameter.name}`))),
  h("h3", {}, t("faults.scope")),
  h("div", { class: "field-row" }, scope.map(([name, each]) => field(t(`faults.scope.${name}`), each, `body.scope.${name}`, name === "destination" ? t("faults.scope.destination.what") : ""))),
  h("h3", {}, t("faults.often")),
  h("div", { class: "field-row" },
    field(t("faults.share"), share, "body.share"), field(t("faults.count"), count, "body.count"), field(t("faults.span"), seconds, "body.span")),
  fault,
  h("button", { class: "button primary" }, icon("faults"), t("faults.switch-on")));
  return form;
}

function control({ choices, default: value }) {
  if (choices.length > 0) {
    const choice = select(choices.map((word) => [word, word]), { dir: "ltr" });
    choice.value = value;
    return choice;
  }
  if (typeof value === "boolean") return h("input", { type: "checkbox", checked: value });
  return input({ dir: "ltr", value: value ?? "" });
}

/** A parameter as the operator takes it; undefined leaves its default. */
function read({ default: value }, each) {
  if (each.type === "checkbox") return each.checked;
  if (each.value === "" || each.value === String(value)) return undefined;
  return typeof value === "number" && !each.value.startsWith("0x") ? Number(each.value) : each.value;
}
