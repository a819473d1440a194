/** A form that makes one change of the registers; what the operator finds wrong with it stands where it is wrong. */

import { ApiError, change } from "../core/api.js";
import { h } from "../core/dom.js";
import { called } from "../core/i18n.js";
import { field, showFaults } from "./field.js";

/**
 * `fields` are `{path, label, control, hint}`; `body` gives what the change says beside its kind; `made` is called when it is made.
 */
export function changeForm(kind, { fields = [], body, made, isDanger = false }) {
  const fault = h("p", { class: "field-fault", role: "alert" });
  const form = h("form", {
    class: "change-form",
    on: {
      submit: async (event) => {
        event.preventDefault();
        try {
          await change(kind, body());
          fault.textContent = showFaults(form, null);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          fault.textContent = showFaults(form, error);
          return;
        }
        await made();
      },
    },
  },
  fields.map(({ path, label, control, hint }) => field(label, control, `body.${path}`, hint)),
  h("button", { class: isDanger ? "button danger" : "button primary" }, called("change", kind)),
  fault);
  return form;
}

/** What is written in some controls, by their names; the empty ones are left out. */
export function written(controls) {
  return Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value]).filter(([, value]) => value !== ""));
}
