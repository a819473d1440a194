/** A message's text: what speaks for its label is marked, and what nobody sees can be shown. */

import { fill, h, icon } from "../core/dom.js";
import { called, t } from "../core/i18n.js";

const INVISIBLE = new Map([
  ["\u200c", "ZWNJ"], ["\u200d", "ZWJ"], ["\u00a0", "NBSP"], ["\u200e", "LRM"], ["\u200f", "RLM"], ["\u202a", "LRE"],
  ["\u202b", "RLE"], ["\u202c", "PDF"], ["\u2066", "LRI"], ["\u2067", "RLI"], ["\u2069", "PDI"], ["\u200b", "ZWSP"],
  ["\ufeff", "BOM"], ["\u00ad", "SHY"], ["\u0640", "TATWEEL"], ["\t", "TAB"], ["\r", "CR"], ["\n", "LF"],
]);

/**
 * The text with the evidence of its `content`, which may be null: spans in code points, `text[start:end] == quote`.
 *
 * A span that is none of this text is left out: evidence is of the whole text, and this may be a part of it.
 */
export function textPanel(text, content, extras = []) {
  const points = Array.from(text);
  const spans = (content?.evidence ?? [])
    .filter(({ start, end, quote }) => points.slice(start, end).join("") === quote)
    .sort((one, other) => one.start - other.start);
  const hidden = points.filter((point) => INVISIBLE.has(point)).length;
  const body = h("p", { class: "text", dir: "auto", data: { label: content?.label ?? "" } });
  let shows = false;
  const draw = () => fill(body, marked(points, spans, shows));
  const toggle = h("button", {
    class: "ghost small", type: "button", "aria-pressed": "false", hidden: hidden === 0,
    on: {
      click: () => {
        shows = !shows;
        toggle.setAttribute("aria-pressed", String(shows));
        draw();
      },
    },
  }, icon("pilcrow"), t("text.invisible", { count: hidden }));
  draw();
  return h("div", { class: "text-panel" }, body,
    h("div", { class: "text-foot" },
      h("span", { class: "quiet" }, t("text.length", { count: points.length })), extras, toggle),
    spans.length > 0 && h("details", { class: "fold" }, h("summary", {}, t("text.evidence", { count: spans.length })), reasons(spans)));
}

/** The text in pieces: spans overlap, so each piece is marked with all that cover it. */
function marked(points, spans, shows) {
  const edges = new Set([0, points.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index];
    const piece = plain(points.slice(start, end), shows);
    const covering = spans.filter((span) => span.start <= start && end <= span.end);
    if (covering.length === 0) return piece;
    const title = covering.map(({ reason }) => called("reason", reason)).join("\n");
    return h("mark", { title, data: { depth: Math.min(covering.length, 3) } }, piece);
  });
}

function plain(points, shows) {
  if (!shows) return points.join("");
  return points.map((point) =>
    INVISIBLE.has(point) ? h("span", { class: "invisible", data: { mark: INVISIBLE.get(point) } }, point) : point);
}

function reasons(spans) {
  return h("ul", { class: "reasons" }, spans.map(({ quote, reason }) =>
    h("li", {}, h("q", { dir: "auto" }, quote), h("span", { class: "quiet" }, h("bdi", {}, called("reason", reason))))));
}
