/** How much of something is used: a bar that fills, with the figures in words. */

import { h } from "../core/dom.js";
import { number } from "../core/format.js";
import { t } from "../core/i18n.js";

/** `limit` null: without bound, so that there is nothing to fill. */
export function gauge(name, used, limit) {
  const share = limit ? Math.min(1, used / limit) : 0;
  const words = limit === null ? t("gauge.unlimited", { used }) : t("gauge.of", { used, limit });
  return h("div", { class: "gauge" },
    h("span", { class: "gauge-name" }, name), h("span", { class: "gauge-value" }, words),
    h("div", {
      class: "meter", role: "meter", "aria-label": name, "aria-valuenow": used, "aria-valuemin": 0, "aria-valuemax": limit ?? used, "aria-valuetext": words,
      data: { level: share > 0.9 ? "full" : share > 0.6 ? "high" : "low" },
    }, h("i", { style: { "inline-size": `${share * 100}%` } })));
}
