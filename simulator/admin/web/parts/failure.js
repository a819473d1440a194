/** What went wrong, as the operator tells it, and a way to try again. */

import { h } from "../core/dom.js";
import { t } from "../core/i18n.js";

export function failure(error, again) {
  return h("div", { class: "failure", role: "alert" },
    h("h2", {}, t(error.status === 0 ? "failure.gone" : error.status === 404 ? "failure.nothing" : "failure.refused")),
    h("p", { dir: "auto" }, error.message),
    error.errors?.length > 0 && h("ul", {}, error.errors.map(({ path, message }) => h("li", { dir: "auto" }, `${path}: ${message}`))),
    again && h("button", { class: "button", type: "button", on: { click: again } }, t("failure.again")));
}
