/** Fields of a form, and what the operator finds wrong with them, shown where it is wrong. */

import { h } from "../core/dom.js";

/** An input with its label; `path` is where it stands in the body, such as `body.to`. */
export function field(label, input, path = "", hint = "") {
  return h("label", { class: "field", data: { path } }, h("span", {}, label), input,
    hint && h("small", { class: "quiet" }, hint), h("em", { class: "field-fault", role: "alert", hidden: true }));
}

export function input(properties = {}) {
  return h("input", { type: "text", autocomplete: "off", spellcheck: "false", ...properties });
}

export function select(choices, properties = {}) {
  return h("select", properties, choices.map(([value, label]) => h("option", { value }, label)));
}

/**
 * Shows an error of the API at the fields of a form, and gives what belongs to none of them; null takes all away.
 */
export function showFaults(form, error) {
  const left = error && new Set(error.errors?.length > 0 ? error.errors.map(({ path, message }) => `${path}: ${message}`) : [error.message]);
  for (const place of form.querySelectorAll(".field[data-path]")) {
    const message = error?.at?.(place.dataset.path);
    const words = place.querySelector(".field-fault");
    words.hidden = !message;
    words.textContent = message ?? "";
    place.querySelector("input, select, textarea").setAttribute("aria-invalid", String(Boolean(message)));
    if (message) left.delete(`${place.dataset.path}: ${message}`);
  }
  return left ? [...left].join("\n") : "";
}
