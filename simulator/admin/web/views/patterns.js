/** The patterns of shared service lines: by state, one with its review and what may be decided of it, or a new one. */

import { fill, h, icon } from "../core/dom.js";
import { latin, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { address, go } from "../core/router.js";
import { failure } from "../parts/failure.js";
import { input } from "../parts/field.js";
import { patternForm } from "../parts/pattern_form.js";
import { PatternPane, patternState } from "../parts/pattern_pane.js";
import { heading } from "../view.js";

const STATES = ["", "pending", "approved", "rejected"];

export default {
  name: "patterns",
  icon: "patterns",
  group: "registers",
  key: "t",
  mount: (root, context) => {
    const view = new PatternsView(root, context);
    return { update: (place) => view.show(place) };
  },
};

class PatternsView {
  #patterns = null;
  #place = null;
  #pane = null;
  #shown = null;

  constructor(root, { store, own, say, place }) {
    Object.assign(this, { store, say });
    this.tabs = h("div", { class: "tabs", role: "group", "aria-label": t("line.state") }, STATES.map((state) => h("button", {
      class: "tab", type: "button", data: { state }, "aria-pressed": "false", on: { click: () => this.#filter({ state }) },
    }, state ? called("pattern_state", state) : t("filter.all"), h("span", { class: "count" }))));
    this.line = input({ type: "search", dir: "ltr", placeholder: t("filter.line"), "aria-label": t("filter.line"), on: { input: () => this.#filter({ line: this.line.value }) } });
    this.list = h("ul", { class: "catalogue pattern-list" });
    this.trouble = h("div");
    this.pane = h("div", { class: "pattern-place" });
    fill(root, h("div", { class: "view" },
      heading("patterns", h("a", { class: "button primary", href: address(["patterns"], { new: "yes" }) }, icon("plus"), t("pattern.new"))),
      this.trouble,
      h("div", { class: "switchboard" }, h("section", { class: "card catalogue-card" }, this.tabs, this.line, this.list), this.pane)));
    this.show(place);
    own(store.watch("patterns", (state) => this.#take(state)));
    own(store.watch("lines", ({ value }) => {
      this.lines = value && value.lines.filter(({ type }) => type === "shared_service");
      this.#drawPane();
    }));
    own(() => this.#pane?.leave());
  }

  show(place) {
    this.#place = place;
    if (this.line.value !== (place.query.line ?? "")) this.line.value = place.query.line ?? "";
    this.#draw();
  }

  #take({ value, error }) {
    fill(this.trouble, error && failure(error, () => this.store.refresh("patterns")));
    if (!value) return;
    this.#patterns = value.patterns;
    this.#draw();
    this.#pane?.read();
  }

  #filter(news) {
    const { state, line } = { ...this.#place.query, ...news };
    go(["patterns", ...this.#place.path], { state, line }, { replace: true });
  }

  #draw() {
    if (!this.#patterns) return;
    const { state = "", line = "" } = this.#place.query;
    const ofLine = this.#patterns.filter((pattern) => pattern.line.includes(line));
    for (const tab of this.tabs.children) {
      const { state: wanted } = tab.dataset;
      tab.setAttribute("aria-pressed", String(wanted === state));
      fill(tab.lastChild, number(ofLine.filter((pattern) => !wanted || pattern.state === wanted).length));
    }
    const fitting = ofLine.filter((pattern) => !state || pattern.state === state);
    fill(this.list, fitting.length === 0 && h("li", { class: "quiet" }, t("pattern.none-fit")), fitting.map((pattern) => this.#row(pattern)));
    this.#drawPane();
  }

  #row({ id, name, line, state, text }) {
    return h("li", {}, h("button", {
      type: "button", "aria-pressed": String(id === this.#place.path[0]), data: { pattern: id }, on: { click: () => this.#open(id) },
    }, h("span", { class: "pattern-name" }, h("b", {}, h("bdi", {}, name)), latin(line, "quiet"), h("span", { class: "bar-space" }), patternState(state)),
    h("span", { class: "quiet", dir: "auto" }, text)));
  }

  #open(id) {
    const { state, line } = this.#place.query;
    go(["patterns", id], { state, line });
  }

  /** Shows the pattern of the address, or the form for a new one; what stands there already stays. */
  #drawPane() {
    if (!this.#patterns || !this.lines) return;
    const { path: [id], query } = this.#place;
    const wanted = query.new ? `new ${query.new}` : id ?? "";
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#pane?.leave();
    this.#pane = null;
    if (query.new) {
      const former = this.#patterns.find((pattern) => pattern.id === query.new);
      fill(this.pane, patternForm(this.lines, former ?? {}, (made) => this.#handedIn(made)));
    } else if (id) {
      this.#pane = new PatternPane(id, fill(this.pane), { say: this.say, changed: () => this.#refresh(), gone: () => this.#gone() });
    } else {
      fill(this.pane, h("p", { class: "nothing" }, t("pattern.choose")));
    }
  }

  async #refresh() {
    await this.store.refresh("patterns");
  }

  async #handedIn({ line, name }) {
    await this.#refresh();
    go(["patterns", `${line}:${name}`]);
  }

  async #gone() {
    go(["patterns"], this.#place.query);
    await this.#refresh();
  }
}
