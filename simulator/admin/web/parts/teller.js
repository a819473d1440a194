/** Tells something in passing, at the edge of the page; a reader of the screen hears it. */

import { h } from "../core/dom.js";

const SHOWN = 5000;

export function teller() {
  const element = h("div", { class: "teller", role: "status", "aria-live": "polite" });
  function say(text, tone = "plain") {
    const word = h("p", { class: "told", data: { tone } }, h("span", { dir: "auto" }, text));
    element.append(word);
    setTimeout(() => word.remove(), SHOWN);
  }
  say.element = element;
  return say;
}
