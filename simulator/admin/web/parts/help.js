/** The list of keys. */

import { fill, h } from "../core/dom.js";
import { t } from "../core/i18n.js";

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", Enter: "⏎", Escape: "Esc", Home: "Home", End: "End" };

export function helpDialog(keys) {
  const list = h("dl", { class: "keys" });
  const element = h("dialog", { class: "dialog", "aria-labelledby": "help-title" },
    h("form", { method: "dialog" },
      h("h2", { id: "help-title" }, t("shell.keys")), list, h("button", { class: "button", value: "close" }, t("shell.close"))),
  );
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  return {
    element,
    open: () => {
      fill(list, keys.bindings.filter((binding) => binding.what).map(row));
      element.showModal();
    },
  };
}

function row({ keys, what }) {
  const ways = keys.split("|").map((way) => way.split(" ").map((key) => h("kbd", { dir: "ltr" }, NAMES[key] ?? key)));
  return h("div", {}, h("dt", {}, ways.map((way, index) => [index > 0 && h("span", { class: "quiet" }, " / "), way])), h("dd", {}, what));
}
