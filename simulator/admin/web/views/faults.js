/** The switchboard: what is switched on to go wrong, what may be, and which numbers bring a fault with them. */

import { post, remove } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { latin, span } from "../core/format.js";
import { t } from "../core/i18n.js";
import { go } from "../core/router.js";
import { failure } from "../parts/failure.js";
import { faultForm } from "../parts/fault_form.js";
import { heading } from "../view.js";

const READING = 2000;

export default {
  name: "faults",
  icon: "faults",
  group: "steer",
  key: "f",
  mount: (root, context) => {
    const view = new FaultsView(root, context);
    return { update: (place) => view.choose(place.path[0] ?? null) };
  },
};

class FaultsView {
  #faults = null;
  #chosen = null;

  constructor(root, { store, own, say, place }) {
    Object.assign(this, { store, say });
    this.#chosen = place.path[0] ?? null;
    this.on = h("div", { class: "faults-on" });
    this.allOff = h("button", { class: "button danger", type: "button", on: { click: () => this.#do(() => remove("/faults"), t("faults.all-off.done")) } },
      icon("power"), t("faults.all-off"));
    this.search = h("input", { type: "search", placeholder: t("faults.search"), "aria-label": t("faults.search"), on: { input: () => this.#drawCatalogue() } });
    this.catalogue = h("ul", { class: "catalogue" });
    this.form = h("div", { class: "fault-form-place" });
    this.magic = h("div");
    fill(root, h("div", { class: "view" }, heading("faults", this.allOff), this.on,
      h("div", { class: "switchboard" }, h("section", { class: "card catalogue-card" }, this.search, this.catalogue), this.form), this.magic));
    own(store.watch("faults", (state) => this.#take(state)));
    const timer = setInterval(() => this.#faults?.on.length > 0 && store.refresh("faults"), READING);
    own(() => clearInterval(timer));
  }

  /** Shows the form of a fault. */
  choose(name) {
    this.#chosen = name;
    this.#drawCatalogue();
    this.#drawForm();
  }

  #take({ value, error }) {
    if (error) fill(this.on, failure(error, () => this.store.refresh("faults")));
    if (!value) return;
    const isFirst = this.#faults === null;
    this.#faults = value;
    this.allOff.disabled = value.on.length === 0;
    fill(this.on, value.on.length === 0 ? h("p", { class: "calm" }, icon("check"), t("faults.none")) : value.on.map((each) => this.#card(each)));
    if (isFirst) {
      this.choose(this.#chosen);
      fill(this.magic, magicTable(value));
    }
  }

  #card({ id, fault, bites, remaining }) {
    const { name, scope, share, count, span: _, ...own } = fault;
    const words = [
      ...Object.entries(own), ...Object.entries(scope),
      ...(share < 1 ? [["share", share]] : []), ...(count ? [["count", count]] : []),
    ].filter(([, value]) => value !== null);
    return h("article", { class: "card fault-on" }, icon("faults"),
      h("div", {}, h("h2", {}, latin(name)), h("dl", { class: "facts" },
        words.map(([key, value]) => h("div", {}, h("dt", {}, latin(key)), h("dd", {}, latin(String(value))))))),
      h("p", {}, t("faults.bites", { count: bites }), remaining !== null && h("span", { class: "quiet" }, " · ", t("faults.remaining", { span: span(remaining) }))),
      h("button", { class: "button small", type: "button", on: { click: () => this.#do(() => remove(`/faults/${id}`), t("faults.off.done", { name })) } },
        icon("power"), t("faults.off")));
  }

  #drawCatalogue() {
    if (!this.#faults) return;
    const sought = this.search.value.trim().toLowerCase();
    const found = this.#faults.catalogue.filter(({ name, what, threads }) => `${name} ${what} ${threads}`.toLowerCase().includes(sought));
    fill(this.catalogue, found.length === 0 && h("li", { class: "quiet" }, t("faults.none-fit")), found.map(({ name, what }) => h("li", {},
      h("button", { type: "button", dir: "ltr", "aria-pressed": String(name === this.#chosen), on: { click: () => go(["faults", name]) } },
        h("b", {}, name), h("span", { class: "quiet", lang: "en" }, what)))));
  }

  #drawForm() {
    const kind = this.#faults.catalogue.find(({ name }) => name === this.#chosen);
    if (!kind) {
      fill(this.form, h("p", { class: "nothing" }, t("faults.choose")));
      return;
    }
    fill(this.form, faultForm(kind, async (table) => {
      await post("/faults", table);
      this.say(t("faults.on.done", { name: kind.name }), "good");
      await this.store.refresh("faults");
    }));
  }

  async #do(ask, done) {
    try {
      await ask();
      this.say(done, "good");
    } catch (error) {
      this.say(error.message, "bad");
    }
    await this.store.refresh("faults");
  }
}

function magicTable({ magic }) {
  const numbers = Object.entries(magic);
  return numbers.length > 0 && h("details", { class: "card magic" },
    h("summary", {}, t("faults.magic", { count: numbers.length })),
    h("p", { class: "quiet" }, t("faults.magic.what")),
    h("ul", {}, numbers.map(([suffix, name]) => h("li", {}, latin(`98912${suffix}`, "code"), latin(name)))));
}
