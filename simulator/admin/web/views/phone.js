/** The phone: a handset's conversations as its owner sees them, and what else can be known of it and done to it. */

import { get } from "../core/api.js";
import { shows } from "../core/clock.js";
import { conversations } from "../core/conversations.js";
import { fill, h, icon, refill } from "../core/dom.js";
import { day, latin, moment, sameDay, time } from "../core/format.js";
import { t } from "../core/i18n.js";
import { HandsetFeed } from "../core/handset_feed.js";
import { HandsetsSeen } from "../core/handsets_seen.js";
import { folded, local } from "../core/numbers.js";
import { optOutWords } from "../core/opt_out_words.js";
import { paced } from "../core/pace.js";
import { address, go } from "../core/router.js";
import { failure } from "../parts/failure.js";
import { field, input } from "../parts/field.js";
import { HandsetPanel } from "../parts/handset_panel.js";
import { PhoneScreen } from "../parts/phone_screen.js";
import { mark } from "../parts/verdict.js";

const TICK = 1000;
const DRAWING = 300;

export default {
  name: "phone",
  icon: "phone",
  group: "watch",
  key: "p",
  mount: (root, context) => {
    const view = new PhoneView(root, context);
    return { update: (place) => view.lead(place) };
  },
};

class PhoneView {
  #number = null;
  #chosen = null;
  #feed = null;
  #clock = null;
  #words = null;
  #lines = null;
  #exchanges = new Map();

  constructor(root, { store, live, own, say, place }) {
    Object.assign(this, { live, say });
    this.seen = new HandsetsSeen(live, paced(() => this.#drawSeen(), DRAWING));
    this.search = input({ type: "search", dir: "ltr", maxlength: 20, inputmode: "tel", placeholder: "0912…", on: { input: () => this.#drawSeen() } });
    this.fault = h("p", { class: "field-fault", role: "alert" });
    this.list = h("ul", { class: "handset-list" });
    this.place = h("div", { class: "phone-place" });
    this.screen = new PhoneScreen({ write: (to, text) => this.#write(to, text), addressed: (to) => this.#address(to) });
    this.panel = new HandsetPanel({ find: (state) => this.#do(() => this.#feed.find(state)), write: (to, text) => this.#write(to, text) });
    this.element = h("div", { class: "phone-view" },
      h("section", { class: "handsets" }, h("h1", {}, t("view.phone")), h("p", { class: "quiet" }, t("view.phone.what")),
        h("form", { on: { submit: (event) => this.#open(event) } }, field(t("phone.number"), this.search), this.fault), this.list),
      this.place);
    fill(root, this.element);
    own(() => {
      this.seen.close();
      this.#feed?.close();
    });
    own(live.on("reset", () => this.#exchanges.clear()));
    own(store.watch("clock", ({ value }) => this.#take(() => (this.#clock = value))));
    own(store.watch("lines", ({ value }) => value && this.#take(() => (this.#lines = new Map(value.lines.map((line) => [line.number, line]))))));
    own(store.watch("profile", ({ value }) => value && this.#take(() => (this.#words = optOutWords(value.settings)))));
    const timer = setInterval(() => this.#clock && this.screen.tick(shows(this.#clock)), TICK);
    own(() => clearInterval(timer));
    this.lead(place);
  }

  /** Shows the handset and the conversation of an address. */
  lead({ path: [number = null, chosen = null] }) {
    this.#chosen = chosen;
    if (number !== this.#number) this.#begin(number);
    this.#drawSeen();
    this.#draw();
  }

  #begin(number) {
    this.#number = number;
    this.#feed?.close();
    this.#feed = null;
    this.element.classList.toggle("has-handset", number !== null);
    fill(this.place, number === null && h("p", { class: "nothing" }, t("phone.choose")));
    if (number !== null) this.#feed = new HandsetFeed(number, this.live, () => this.#draw());
  }

  #take(news) {
    news();
    if (this.#clock) this.screen.tick(shows(this.#clock));
    this.#draw();
  }

  #draw() {
    const feed = this.#feed;
    if (feed?.error) fill(this.place, failure(feed.error, feed.read));
    if (!feed?.known || feed.error || !this.#words || !this.#lines) return;
    const { subscriber, standing } = feed.known;
    if (subscriber.number !== this.#number) {
      go(["phone", subscriber.number, ...(this.#chosen ? [this.#chosen] : [])], {}, { replace: true });
      return;
    }
    const words = this.#words;
    const codeOf = words.codeOf(standing.served_by)?.code ?? null;
    const talks = conversations(feed.known, this.#said(), { codeOf, isPassedOn: words.isPassedOn });
    if (!this.place.contains(this.panel.element)) fill(this.place, this.screen.element, this.panel.element);
    this.panel.show(feed.known, words);
    this.screen.show({
      number: this.#number, chosen: this.#chosen, talks, words, standing, lines: this.#lines, state: subscriber.state, operator: standing.served_by,
    });
  }

  #drawSeen() {
    const wanted = folded(this.search.value).replace(/^(\+98|0098|0)/, "");
    const fitting = this.seen.latest.filter(({ number }) => number.includes(wanted));
    const now = this.#clock && shows(this.#clock);
    if (this.seen.error) fill(this.list, h("li", {}, failure(this.seen.error, this.seen.read)));
    else refill(this.list, fitting.map((each) => this.#seenRow(each, now)));
  }

  #seenRow({ number, at, text, verdict, isOwn }, now) {
    return h("li", {}, h("a", { class: "handset", href: address(["phone", number]), "aria-current": number === this.#number ? "true" : null },
      isOwn ? h("span", { class: "mark own" }, icon("send")) : mark(verdict ?? "waiting"),
      h("b", {}, latin(local(number))), h("span", { class: "talk-time" }, moment(at, now && !sameDay(at, now) ? day : time)),
      h("span", { class: "talk-last", dir: "auto" }, text.replace(/\s+/g, " "))));
  }

  /** Opens the handset whose number was written, in whatever form. */
  async #open(event) {
    event.preventDefault();
    const wanted = folded(this.search.value);
    if (!wanted) return;
    try {
      const { number } = await get(`/subscribers/${encodeURIComponent(wanted)}`);
      this.search.value = this.fault.textContent = "";
      go(["phone", number]);
    } catch (error) {
      this.fault.textContent = error.message;
    }
  }

  /** Opens a conversation with whoever was written: a line by any form that ends in its number. */
  #address(to) {
    const line = [...this.#lines.keys()].find((number) => to.endsWith(number) && /^(\+|00)?(98)?$/.test(to.slice(0, -number.length)));
    go(["phone", this.#number, line ?? to]);
  }

  #write(to, text) {
    const feed = this.#feed;
    const at = shows(this.#clock);
    return this.#do(async () => {
      const said = await feed.write(to, text);
      this.#said(feed.number).push({ at, to, text, ...said });
      if (feed === this.#feed) this.#address(to);
    });
  }

  /** What was written here by a handset, the earliest first. */
  #said(number = this.#number) {
    if (!this.#exchanges.has(number)) this.#exchanges.set(number, []);
    return this.#exchanges.get(number);
  }

  async #do(ask) {
    try {
      await ask();
    } catch (error) {
      this.say(error.message, "bad");
    }
  }
}
