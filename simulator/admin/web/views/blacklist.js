/** The blacklist: how many are on it, who, one number's state, whole lists in and out; and the lines that subscribers stopped. */

import { change, get } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { latin, number as written, span } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { folded, isWhole, local } from "../core/numbers.js";
import { address, go } from "../core/router.js";
import { failure } from "../parts/failure.js";
import { field, input } from "../parts/field.js";
import { HeaderStops } from "../parts/header_stops.js";
import { listUpload } from "../parts/list_upload.js";
import { numberCard } from "../parts/number_card.js";
import { heading } from "../view.js";

const PAUSE = 250;
const PAGE = 60;

export default {
  name: "blacklist",
  icon: "blacklist",
  group: "registers",
  key: "b",
  mount: (root, context) => {
    const view = new BlacklistView(root, context);
    return { update: (place) => view.lead(place) };
  },
};

class BlacklistView {
  #place = { path: [], query: {} };
  #summary = null;
  #limit = PAGE;
  #turn = 0;
  #timer = 0;

  constructor(root, { store, own, say, place, keys }) {
    Object.assign(this, { store, say });
    this.summary = h("div", { class: "blacklist-summary" });
    this.search = input({ type: "search", dir: "ltr", maxlength: 20, inputmode: "tel", placeholder: "0912…", on: { input: () => this.#soon() } });
    this.card = h("div");
    this.list = h("div", { class: "number-grid-place" });
    this.upload = listUpload({ say, done: () => store.refresh("blacklist") });
    const act = (ask, done) => this.#act(ask, done);
    this.stops = new HeaderStops({ act, addressOf: (line) => address(["blacklist", ...this.#place.path], { ...this.#place.query, line }) });
    fill(root, h("div", { class: "view" },
      heading("blacklist", h("a", { class: "button", href: "/api/v1/blacklist/export", download: "blacklist.txt" }, t("blacklist.export"))),
      this.summary,
      h("div", { class: "blacklist" },
        h("div", { class: "blacklist-side" }, h("section", { class: "card" }, field(t("blacklist.find"), this.search), h("h3", {}, t("blacklist.numbers")), this.list)),
        h("div", { class: "blacklist-side" }, this.card, this.stops.element, this.upload.element))));
    own(store.watch("blacklist", (state) => this.#take(state)));
    own(keys.bind([{ keys: "/", what: t("keys.search"), run: () => this.search.focus() }]));
    own(() => {
      this.#turn += 1;
      clearTimeout(this.#timer);
    });
    this.lead(place);
  }

  /** Shows the number of an address, and the numbers and stops that its query asks for. */
  lead(place) {
    if (place.query.begins !== this.#place.query.begins || place.query.operator !== this.#place.query.operator) this.#limit = PAGE;
    this.#place = place;
    const wanted = place.query.begins ?? place.path[0] ?? "";
    if (document.activeElement !== this.search) this.search.value = wanted;
    this.#read();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(this.search.value.trim()), PAUSE);
  }

  #find(begins) {
    const { begins: _, ...others } = this.#place.query;
    go(isWhole(begins) ? ["blacklist", folded(begins)] : ["blacklist"], isWhole(begins) ? others : { ...others, begins }, { replace: true });
  }

  #take({ value, error }) {
    if (error) fill(this.summary, failure(error, () => this.store.refresh("blacklist")));
    if (!value || error) return;
    this.#summary = value;
    this.upload.share(value.shared);
    this.#drawSummary(value);
    this.#read();
  }

  #drawSummary({ count, by_operator, shared, effective_delay, enforced_by }) {
    const { query, path } = this.#place;
    const most = Math.max(1, ...Object.values(by_operator));
    fill(this.summary,
      h("p", { class: "blacklist-count" }, t("blacklist.count", { count })),
      shared && h("p", { class: "quiet" }, t("blacklist.shared")),
      effective_delay > 0 && h("p", { class: "quiet" }, t("blacklist.delay", { span: span(effective_delay) })),
      h("div", { class: "operator-bars" }, Object.entries(by_operator).map(([operator, each]) => h("a", {
        class: "operator-bar", "aria-current": query.operator === operator ? "true" : null,
        href: address(["blacklist", ...path], { ...query, operator: query.operator === operator ? "" : operator }),
      }, h("span", {}, called("operator", operator), !enforced_by.includes(operator) && h("small", { class: "quiet" }, " ", t("blacklist.lets-through"))),
      h("b", {}, written(each)), h("i", { style: { "inline-size": `${(each / most) * 100}%` } })))));
  }

  async #read() {
    if (!this.#summary) return;
    this.#drawSummary(this.#summary);
    const turn = ++this.#turn;
    const { path: [number = null], query } = this.#place;
    const begins = number ?? query.begins;
    this.stops.show({ line: query.line, begins }, this.#summary.stopped_headers);
    try {
      const [page, state] = await Promise.all([
        get("/blacklist/numbers", { begins, operator: query.operator, limit: this.#limit }), number && get(`/blacklist/numbers/${encodeURIComponent(number)}`),
      ]);
      if (turn !== this.#turn) return;
      this.#drawCard(state);
      this.#drawNumbers(page);
    } catch (error) {
      if (turn === this.#turn) fill(this.list, failure(error));
    }
  }

  /** Draws the card when it is another than before, so that what has the focus keeps it. */
  #drawCard(state) {
    const print = JSON.stringify(state);
    if (this.card.dataset.print === print) return;
    this.card.dataset.print = print;
    fill(this.card, state && numberCard(state, { isShared: this.#summary.shared, act: (ask, done) => this.#act(ask, done) }));
  }

  #drawNumbers({ numbers, next }) {
    const more = () => {
      this.#limit += PAGE;
      this.#read();
    };
    if (numbers.length === 0) fill(this.list, h("p", { class: "quiet" }, t("blacklist.none")));
    else {
      fill(this.list, h("ul", { class: "number-grid" }, numbers.map((each) => this.#number(each))),
        next && h("button", { class: "button small", type: "button", on: { click: more } }, t("blacklist.more")));
    }
  }

  #number({ number, operator }) {
    const { begins: _, ...others } = this.#place.query;
    const label = `${t("blacklist.remove")} ${local(number)}`;
    const remove = () => this.#act(() => change("unlist-numbers", { numbers: [number], operator }), t("blacklist.removed", { number: local(number) }));
    return h("li", {}, h("a", { href: address(["blacklist", number], others) }, latin(local(number))),
      operator && h("span", { class: "chip" }, called("operator", operator)),
      h("button", { class: "ghost small icon-only", type: "button", "aria-label": label, title: label, on: { click: remove } }, icon("cross")));
  }

  async #act(ask, done) {
    try {
      await ask();
      this.say(done, "good");
    } catch (error) {
      this.say(error.message, "bad");
    }
    this.store.refresh("blacklist");
  }
}
