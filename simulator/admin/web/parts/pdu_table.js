/** A PDU, field by field beside its octets; pointing at either shows the other. */

import { h } from "../core/dom.js";
import { latin } from "../core/format.js";
import { t } from "../core/i18n.js";

const WIDTH = 16;

/** A PDU as `GET /messages/{id}/pdu` tells it. */
export function pduTable(pdu) {
  const octets = pdu.octets.match(/../g) ?? [];
  const cells = octets.map((octet, at) => {
    const field = pdu.spans.findIndex(({ start, end }) => start <= at && at < end);
    return h("span", { class: "octet", data: { field } }, octet);
  });
  const rows = pdu.spans.map((span, field) => h("tr", { tabindex: "0", data: { field } },
    h("th", { scope: "row" }, latin(span.name, "code")),
    h("td", {}, h("bdi", { dir: "auto" }, String(span.value))),
    h("td", { class: "quiet" }, latin(`${span.end - span.start}`))));
  const element = h("div", { class: "pdu" },
    h("div", { class: "pdu-fields" }, h("table", { class: "table" },
      h("thead", {}, h("tr", {}, ["field", "value", "size"].map((name) => h("th", { scope: "col" }, t(`pdu.${name}`))))),
      h("tbody", {}, rows))),
    h("div", { class: "octets", dir: "ltr", role: "img", "aria-label": t("pdu.octets", { count: octets.length }) },
      lines(cells, octets)));
  light(element, [...cells, ...rows]);
  return element;
}

function lines(cells, octets) {
  const made = [];
  for (let at = 0; at < cells.length; at += WIDTH) {
    made.push(h("div", { class: "octet-line" },
      h("span", { class: "offset" }, at.toString(16).padStart(4, "0")),
      h("span", { class: "octet-cells" }, cells.slice(at, at + WIDTH)),
      h("span", { class: "ascii" }, octets.slice(at, at + WIDTH).map(printable).join(""))));
  }
  return made;
}

function printable(octet) {
  const code = parseInt(octet, 16);
  return code > 31 && code < 127 ? String.fromCharCode(code) : "·";
}

function light(element, parts) {
  const show = (field) => {
    for (const part of parts) part.classList.toggle("is-lit", field !== undefined && field !== "-1" && part.dataset.field === field);
  };
  const follow = (event) => show(event.target.closest("[data-field]")?.dataset.field);
  element.addEventListener("pointerover", follow);
  element.addEventListener("focusin", follow);
  element.addEventListener("pointerleave", () => show(undefined));
}
