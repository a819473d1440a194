/** What was done to the operator: the changes of its registers, and what else was asked of it over HTTP, by whom, the newest first. */

import { get } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { dayAndTime, latin, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { go } from "../core/router.js";
import { originChip, saidList } from "../parts/change_list.js";
import { failure } from "../parts/failure.js";
import { heading } from "../view.js";

const ORIGINS = ["", "http", "mo", "operator", "sanction"];
const READING = 2000;
const SHOWN = 200;

export default {
  name: "journal",
  icon: "receipt",
  group: "watch",
  key: "j",
  mount: (root, context) => {
    const view = new JournalView(root, context);
    return { update: (place) => view.show(place.query) };
  },
};

class JournalView {
  #origin = "";
  #turn = 0;

  constructor(root, { live, own, place }) {
    this.tabs = h("div", { class: "tabs", role: "group", "aria-label": t("journal.origin") }, ORIGINS.map((origin) => h("button", {
      class: "tab", type: "button", data: { origin }, "aria-pressed": "false", on: { click: () => go(["journal"], { origin }) },
    }, origin ? called("origin", origin) : t("filter.all"))));
    this.list = h("div", { class: "card" });
    fill(root, h("div", { class: "view" }, heading("journal"), h("div", { class: "register-bar" }, this.tabs), this.list));
    this.read = paced(() => this.#read(), READING);
    for (const event of ["changes", "clock", "faults", "mo", "reset", "opened"]) own(live.on(event, this.read));
    own(() => (this.#turn += 1));
    this.show(place.query);
  }

  show({ origin = "" }) {
    this.#origin = origin;
    for (const tab of this.tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.origin === origin));
    this.#read();
  }

  async #read() {
    const turn = ++this.#turn;
    const page = { order: "newest", limit: SHOWN };
    const none = { mutations: [] };
    try {
      const [{ changes }, { mutations }] = await Promise.all([
        get("/changes", { ...page, origin: this.#origin }),
        this.#origin === "" || this.#origin === "http" ? get("/mutations", page) : none,
      ]);
      if (turn === this.#turn) this.#draw(rowsOf(changes, mutations));
    } catch (error) {
      if (turn === this.#turn) fill(this.list, failure(error, this.read));
    }
  }

  #draw(rows) {
    fill(this.list,
      rows.length === 0 ? h("p", { class: "quiet" }, t("changes.none")) : h("ol", { class: "change-list" }, rows.slice(0, SHOWN).map(row)),
      rows.length > SHOWN && h("p", { class: "quiet" }, t("journal.newest", { n: SHOWN })));
  }
}

/**
 * Each change with the request that made it, and each request that made none, the newest first.
 *
 * The clock may stand still, so requests go by their numbers; what nobody asked for goes by its moment.
 */
function rowsOf(changes, mutations) {
  const makers = new Map(mutations.flatMap((mutation) => mutation.changes.map((id) => [id, mutation])));
  const made = changes.map((entry) => ({ at: entry.at, entry, mutation: makers.get(entry.id) }));
  const silent = mutations.filter((mutation) => mutation.changes.length === 0).map((mutation) => ({ at: mutation.at, mutation }));
  const rows = [];
  while (made.length > 0 && silent.length > 0) rows.push(isLater(made[0], silent[0]) ? made.shift() : silent.shift());
  return [...rows, ...made, ...silent];
}

function isLater(one, other) {
  return one.mutation ? one.mutation.id > other.mutation.id : Date.parse(one.at) > Date.parse(other.at);
}

function row({ at, entry, mutation }) {
  return h("li", { data: { outcome: mutation?.outcome ? "refused" : "done" } },
    h("span", { class: "quiet" }, moment(at, dayAndTime)),
    h("div", { class: "step-body" },
      h("div", { class: "step-head" },
        h("b", {}, entry ? called("change", entry.change.kind) : latin(`${mutation.method} ${mutation.path.replace("/api/v1", "")}`)),
        originChip(entry?.origin ?? "http"),
        mutation && h("span", { class: "quiet", title: mutation.agent }, h("bdi", {}, mutation.origin || mutation.client))),
      mutation?.outcome && h("p", { class: "field-fault", dir: "auto" }, mutation.outcome),
      saidList(entry ? Object.entries(entry.change).filter(([name]) => name !== "kind") : asked(mutation.body))));
}

/** What a request said, as pairs; a body may be any JSON. */
function asked(body) {
  return body !== null && typeof body === "object" && !Array.isArray(body) ? Object.entries(body) : [["body", body]];
}
