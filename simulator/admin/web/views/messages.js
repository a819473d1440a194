/** The inbox: every message the moment it comes, and beside it the one that was chosen. */

import { get } from "../core/api.js";
import { shows } from "../core/clock.js";
import { fill, h, icon } from "../core/dom.js";
import { dayAndTime, latin, moment, number, sameDay, time } from "../core/format.js";
import { t } from "../core/i18n.js";
import { MessageFeed } from "../core/message_feed.js";
import { paced } from "../core/pace.js";
import { go } from "../core/router.js";
import { VirtualList } from "../core/virtual_list.js";
import { connectPanel } from "../parts/connect.js";
import { failure } from "../parts/failure.js";
import { handsetLink } from "../parts/handset_link.js";
import { FilterBar } from "../parts/message_filters.js";
import { messagePane } from "../parts/message_pane.js";
import { kindOf, mark, ruleChip, stateChip } from "../parts/verdict.js";

const COUNTING = 500;

export default {
  name: "messages",
  icon: "inbox",
  group: "watch",
  key: "i",
  mount: (root, context) => {
    const inbox = new Inbox(root, context);
    return { update: (place) => inbox.lead(place) };
  },
};

class Inbox {
  #filters = {};
  #chosen = null;
  #pane = null;
  #isFollowing = true;
  #isRevealed = false;
  #unseen = 0;
  #clock = null;

  constructor(root, context) {
    this.context = context;
    this.feed = new MessageFeed(context.live, (added) => this.#changed(added));
    this.list = new VirtualList({
      label: t("messages.list"),
      keyOf: (index) => this.feed.keyOf(index),
      render: (index, element) => this.#row(index, element),
      seen: (first, last) => this.feed.want(first, last),
    });
    this.bar = new FilterBar({ changed: (filters) => this.#go(this.#chosen, filters), follow: () => this.#toggleFollowing() });
    this.pill = h("button", { class: "pill", type: "button", hidden: true, on: { click: () => this.#follow(true) } });
    this.welcome = connectPanel(context);
    this.empty = h("div", { class: "list-empty", hidden: true });
    this.paneRoot = h("div", { class: "pane", tabindex: "-1" });
    this.element = h("div", { class: "inbox" }, this.bar.element,
      h("div", { class: "split" },
        h("div", { class: "list-pane" }, this.pill, this.list.element, this.empty), this.paneRoot));
    fill(root, this.element);
    this.#listen(context);
    this.count = paced(() => this.#count(), COUNTING);
    this.lead(context.place);
  }

  /** Shows what the address says: filters, and the message that was chosen. */
  lead({ path: [chosen = null], query }) {
    if (JSON.stringify(query) !== JSON.stringify(this.#filters) || !this.feed.isKnown) {
      this.#filters = query;
      this.bar.show(query);
      this.list.clear();
      this.#unseen = 0;
      this.feed.filter(query);
      this.count();
    }
    if (chosen !== this.#chosen) this.#choose(chosen);
    this.list.draw();
  }

  #listen({ own, live, keys, store }) {
    own(() => {
      this.bar.close();
      this.feed.close();
      this.list.close();
      this.welcome.close();
      this.#pane?.close();
    });
    own(live.on("messages", () => this.count()));
    own(live.on("reset", () => this.count()));
    own(store.watch("clock", ({ value }) => (this.#clock = value)));
    own(store.watch("catalogue", ({ value }) => value && this.bar.offer(value.rules.keys())));
    own(keys.bind([
      { keys: "j|ArrowDown", what: t("keys.down"), run: () => this.#step(1) },
      { keys: "k|ArrowUp", what: t("keys.up"), run: () => this.#step(-1) },
      { keys: "Enter", what: t("keys.open"), run: (event) => this.#enter(event) },
      { keys: "Escape", what: t("keys.back"), run: () => this.#escape() },
      { keys: "/", what: t("keys.search"), run: () => this.bar.focus() },
      { keys: "f", what: t("keys.follow"), run: () => this.#toggleFollowing() },
      { keys: "e", what: t("keys.explain"), run: () => this.#pane?.explainAgain() },
      { keys: "Home", run: () => this.#follow(true) },
    ]));
    this.list.element.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const row = event.target.closest(".row");
      if (row?.dataset.id) this.#go(row.dataset.id, this.#filters);
    });
    this.list.element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  #go(id, filters, options) {
    go(id ? ["messages", id] : ["messages"], filters, options);
  }

  #changed(added) {
    if (!this.#isFollowing) this.#unseen = Math.max(0, this.#unseen + added);
    this.list.setCount(this.feed.count, added);
    if (this.#isFollowing && added > 0) this.list.toTop();
    if (this.#chosen && !this.#isRevealed && this.feed.isKnown) this.#reveal(this.#chosen);
    this.#drawPill();
    this.#drawEmpty();
  }

  #drawPill() {
    this.pill.hidden = this.#unseen === 0;
    if (this.#unseen > 0) fill(this.pill, icon("up"), t("messages.unseen", { count: this.#unseen }));
  }

  #drawEmpty() {
    const { error, isKnown, count } = this.feed;
    const isFiltered = Object.keys(this.#filters).length > 0;
    this.empty.hidden = !error && (!isKnown || count > 0);
    if (this.empty.hidden) return;
    if (error) fill(this.empty, failure(error, () => this.feed.filter(this.#filters)));
    else if (!isFiltered) fill(this.empty, this.welcome.element);
    else fill(this.empty, h("div", { class: "nothing" }, h("h2", {}, t("messages.none-fit")),
      h("button", { class: "button", type: "button", on: { click: () => this.#go(null, {}) } }, t("messages.clear"))));
  }

  async #count() {
    const { verdict: _, ...others } = this.#filters;
    const asked = ["", "accepted", "refused"].map((verdict) => get("/messages", { ...others, verdict, limit: 0 }));
    const answers = await Promise.allSettled(asked);
    this.bar.tell(answers.map(({ value }) => value?.total ?? null));
  }

  #row(index, element) {
    const row = this.feed.at(index);
    const print = row ? `${row.id} ${row.state} ${row.verdict} ${row.rule}` : "";
    const made = element?.dataset.print === print ? element : this.#makeRow(row, print);
    const isChosen = row?.id === this.#chosen && row !== undefined;
    made.setAttribute("aria-selected", String(isChosen));
    return made;
  }

  #makeRow(row, print) {
    if (!row) return h("div", { class: "row is-coming", role: "option", data: { print } });
    const kind = kindOf(row.verdict, row.rule);
    const isToday = !this.#clock || sameDay(row.at, shows(this.#clock));
    return h("div", { class: "row", role: "option", id: `message-${row.id}`, data: { id: row.id, verdict: kind, print } },
      mark(kind),
      h("span", { class: "row-from" }, latin(row.line)),
      h("span", { class: "row-to" }, icon("pass"), handsetLink(row.to, row.line, row.to, { tabindex: "-1" })),
      h("span", { class: "row-text", dir: "auto" }, row.text.replace(/\s+/g, " ")),
      h("span", { class: "row-what" },
        row.parts > 1 && h("span", { class: "chip plain", title: t("part.of", { number: row.part, total: row.parts }) }, `${number(row.part)}/${number(row.parts)}`),
        row.rule ? ruleChip(row.rule, kind) : stateChip(row.state)),
      h("span", { class: "row-time" }, moment(row.at, isToday ? time : dayAndTime)),
      h("span", { class: "visually-hidden" }, t(`verdict.${kind}`)));
  }

  #choose(id) {
    this.#chosen = id;
    this.#isRevealed = false;
    this.#pane?.close();
    this.#pane = null;
    this.element.classList.toggle("has-pane", id !== null);
    fill(this.paneRoot);
    this.list.point(id && `message-${id}`);
    if (!id) return;
    const close = h("button", {
      class: "ghost small icon-only", type: "button", "aria-label": t("shell.close"), title: t("shell.close"),
      on: { click: () => this.#go(null, this.#filters) },
    }, icon("close"));
    const gone = () => {
      this.feed.sync();
      this.#go(null, this.#filters);
    };
    this.#pane = messagePane(id, this.paneRoot, { ...this.context, actions: close, gone });
    this.paneRoot.scrollTop = 0;
    this.#reveal(id);
  }

  /** Brings the row of a message into sight, wherever in the list it is. */
  async #reveal(id) {
    const index = await this.feed.find(id).catch(() => -1);
    if (index < 0 || id !== this.#chosen) return;
    this.#isRevealed = true;
    this.list.reveal(index);
  }

  #step(by) {
    if (this.feed.count === 0) return;
    const at = this.feed.indexOf(this.#chosen);
    const index = at < 0 ? 0 : Math.min(this.feed.count - 1, Math.max(0, at + by));
    this.list.reveal(index);
    const row = this.feed.at(index);
    if (row) this.#go(row.id, this.#filters, { replace: this.#chosen !== null });
  }

  #enter(event) {
    if (event.target.closest("a, button, summary")) return false;
    if (!this.#chosen) this.#step(0);
    else this.paneRoot.focus();
    return true;
  }

  #escape() {
    if (this.bar.blur()) return;
    if (this.paneRoot.contains(document.activeElement)) this.list.element.focus();
    else if (this.#chosen) this.#go(null, this.#filters);
  }

  #scrolled() {
    if (this.#isFollowing !== this.list.isAtTop) this.#follow(this.list.isAtTop);
  }

  #toggleFollowing() {
    this.#follow(!this.#isFollowing);
  }

  #follow(follows) {
    this.#isFollowing = follows;
    this.bar.showFollowing(follows);
    if (follows) {
      this.#unseen = 0;
      if (!this.list.isAtTop) this.list.toTop();
    }
    this.#drawPill();
  }
}
