/** What panels and aggregators show for a refusal. */

import { h } from "../core/dom.js";
import { latin } from "../core/format.js";
import { called, t } from "../core/i18n.js";

export function vendorTable(vendors) {
  return h("table", { class: "table" },
    h("thead", {}, h("tr", {}, ["vendor", "moment", "code", "meaning", "source"].map((name) => h("th", { scope: "col" }, t(`vendor.${name}`))))),
    h("tbody", {}, vendors.map((each) => h("tr", {},
      h("td", {}, h("bdi", {}, each.vendor)), h("td", {}, called("vendor.moment", each.moment)), h("td", {}, latin(each.code, "code")),
      h("td", {}, h("bdi", {}, each.meaning)), h("td", { class: "quiet" }, called("confidence", each.source))))),
  );
}
