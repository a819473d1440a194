/** What stands around every view: the navigation, the operator's clock, the switches; and which view is shown. */

import { fill, h, icon } from "./core/dom.js";
import { t } from "./core/i18n.js";
import { Keys } from "./core/keys.js";
import { Live } from "./core/live.js";
import { chooseLanguage, chooseTheme, language, theme } from "./core/preferences.js";
import { address, follow, go, here } from "./core/router.js";
import { Store } from "./core/store.js";
import { clockFace } from "./parts/clock_face.js";
import { helpDialog } from "./parts/help.js";
import { teller } from "./parts/teller.js";
import { show } from "./view.js";
import { VIEWS } from "./views/index.js";

const GROUPS = ["watch", "registers", "steer"];

/** Fills the page, and keeps it as the address says. */
export function start(body) {
  const live = new Live();
  const keys = new Keys();
  const shell = new Shell(body, { live, keys, store: new Store(live) });
  keys.start();
  live.start();
  follow((place) => shell.lead(place));
}

class Shell {
  #shown = null;
  #view = null;
  #stops = [];

  constructor(body, app) {
    this.body = body;
    this.app = { ...app, say: teller() };
    this.#build();
  }

  /** Shows the view of a place. */
  lead({ path: [name, ...path], query }) {
    const view = VIEWS.find((each) => each.name === name);
    if (!view) {
      go([VIEWS[0].name], {}, { replace: true });
      return;
    }
    const place = { path, query };
    if (view === this.#view && this.#shown.update) {
      this.#shown.update(place);
      return;
    }
    this.#leave();
    this.#view = view;
    this.#shown = show(view, this.stage, this.app, place);
    this.#mark();
  }

  #leave() {
    this.#shown?.close();
    this.#shown = null;
    this.#view = null;
  }

  /** Builds all but the view, in the language that is chosen. */
  #build() {
    this.#stops.splice(0).forEach((stop) => stop());
    this.stage = h("main", { class: "stage", id: "stage", tabindex: "-1" });
    this.shell = h("div", { class: "shell" },
      h("a", { class: "skip", href: "#stage", on: { click: (event) => this.#skip(event) } }, t("shell.skip")),
      this.#bar(), this.#navigation(), this.stage,
      h("div", { class: "veil", on: { click: () => this.shell.classList.remove("is-open") } }),
    );
    this.help = helpDialog(this.app.keys);
    fill(this.body, this.shell, this.help.element, this.app.say.element);
    this.#stops.push(this.app.keys.bind(this.#bindings()));
  }

  #bar() {
    const face = clockFace(this.app.store);
    const light = connectionLight(this.app.live);
    this.#stops.push(face.close, light.close);
    return h("header", { class: "bar" },
      button("menu", t("shell.menu"), () => this.shell.classList.toggle("is-open"), "menu-button"),
      h("a", { class: "brand", href: address([VIEWS[0].name]) },
        h("img", { src: "khatban.svg", alt: "", width: 26, height: 26 }), h("span", {}, t("shell.name"))),
      h("div", { class: "bar-space" }),
      light.element,
      h("a", { class: "bar-clock", href: address(["clock"]), title: t("shell.clock") }, face.element),
      button("keyboard", t("shell.keys"), () => this.help.open(), "keys-button"),
      this.#themeButton(),
      h("button", { class: "ghost language", type: "button", lang: t("shell.other.code"), on: { click: () => this.#switchLanguage() } },
        t("shell.other")),
    );
  }

  #themeButton() {
    const label = () => t(theme() === "dark" ? "shell.light" : "shell.dark");
    const face = () => icon(theme() === "dark" ? "light" : "dark");
    const made = button(theme() === "dark" ? "light" : "dark", label(), () => {
      chooseTheme(theme() === "dark" ? "light" : "dark");
      made.setAttribute("aria-label", label());
      made.setAttribute("title", label());
      fill(made, face());
    }, "theme");
    return made;
  }

  #navigation() {
    const groups = GROUPS.map((group) => [group, VIEWS.filter((view) => view.group === group)]);
    const close = () => this.shell.classList.remove("is-open");
    return h("nav", { class: "navigation", "aria-label": t("shell.navigation"), on: { click: close } },
      groups.filter(([, views]) => views.length > 0).map(([group, views]) =>
        h("section", {}, h("h2", {}, t(`shell.group.${group}`)), h("ul", {}, views.map((view) => h("li", {}, link(view)))))),
    );
  }

  #mark() {
    for (const each of this.shell.querySelectorAll(".navigation a")) {
      if (each.dataset.view === this.#view.name) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    }
    document.title = `${t(`view.${this.#view.name}`)} · ${t("shell.name")}`;
  }

  #switchLanguage() {
    this.#leave();
    chooseLanguage(language() === "fa" ? "en" : "fa");
    this.#build();
    this.lead(here());
  }

  #skip(event) {
    event.preventDefault();
    this.stage.focus();
  }

  #bindings() {
    const places = VIEWS.map((view) => ({
      keys: `g ${view.key}`, what: t("keys.go", { view: t(`view.${view.name}`) }), run: () => go([view.name]),
    }));
    return [{ keys: "?", what: t("keys.help"), run: () => this.help.open() }, ...places];
  }
}

function link(view) {
  return h("a", { href: address([view.name]), data: { view: view.name } }, icon(view.icon), h("span", {}, t(`view.${view.name}`)));
}

function button(drawing, label, press, className) {
  return h("button", { class: `ghost icon-only ${className}`, type: "button", "aria-label": label, title: label, on: { click: press } },
    icon(drawing));
}

/** Says whether what is shown is what is. */
function connectionLight(live) {
  const words = h("span", {});
  const element = h("span", { class: "light", role: "status" }, h("i", {}), words);
  const draw = () => {
    element.dataset.status = live.status;
    fill(words, t(`live.${live.status}`));
    element.title = t(`live.${live.status}.what`);
  };
  draw();
  return { element, close: live.on("status", draw) };
}
