/** The screen of a handset: its conversations, or one of them with a box to write in. */

import { fill, h, icon, refill } from "../core/dom.js";
import { day, latin, moment, sameDay, time } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { address } from "../core/router.js";
import { bubbles, fateOf } from "./bubble.js";
import { input } from "./field.js";

const NEAR = 60;
const LONGEST = 39_015;

/**
 * A phone. `write(to, text)` sends a message of its subscriber; `words` of `show` are those of `core/opt_out_words.js`.
 */
export class PhoneScreen {
  #present = null;
  #number = null;
  #print = "";

  constructor({ write, addressed }) {
    Object.assign(this, { write, addressed });
    this.hour = h("b", {});
    this.network = h("span", { class: "phone-network" });
    this.banner = h("p", { class: "phone-banner", role: "status", hidden: true });
    this.body = h("div", { class: "phone-body" });
    this.screen = h("div", { class: "phone-screen" },
      h("div", { class: "phone-status" }, this.hour, this.network), this.banner, this.body);
    this.element = h("div", { class: "phone" }, this.screen);
  }

  /** What the operator's clock shows, in milliseconds since 1970. */
  tick(now) {
    this.hour.textContent = time(now).slice(0, 5);
    this.now = now;
  }

  /** Shows a conversation of a handset by whom it is with, or all of them; `talks` are those of `core/conversations.js`. */
  show({ number, chosen, talks, state, operator, lines, words, standing }) {
    const place = `${number} ${chosen}`;
    Object.assign(this, { lines, words, standing });
    if (place !== this.#present) this.#begin(number, chosen);
    this.#present = place;
    this.screen.dataset.state = state ?? "chance";
    fill(this.network, called("operator", operator), icon(state === "out-of-coverage" || state === "off" ? "no-signal" : "signal"), icon("battery"));
    this.#tellState(state, talks);
    if (chosen) this.#drawTalk(talks.find((talk) => talk.with === chosen)?.entries ?? [], chosen);
    else this.#drawTalks(talks);
  }

  #tellState(state, talks) {
    const waiting = talks.flatMap(({ entries }) => entries).filter((each) => each.kind === "came" && fateOf(each) === "waiting").length;
    this.banner.hidden = state === "on" && waiting === 0;
    fill(this.banner, state === null ? t("phone.by-chance") : state !== "on" && called("handset_state", state),
      waiting > 0 && [state !== "on" && " · ", t("phone.waiting", { count: waiting })]);
  }

  #begin(number, chosen) {
    this.#number = number;
    this.#print = "";
    if (chosen) this.#beginTalk(chosen);
    else this.#beginTalks();
  }

  #beginTalks() {
    this.list = h("ul", { class: "talks" });
    const to = input({ list: "phone-lines", dir: "ltr", maxlength: 40, required: true, placeholder: t("phone.to"), "aria-label": t("phone.to") });
    const numbers = [...this.words.codes, ...this.lines.keys()];
    const begin = (event) => {
      event.preventDefault();
      this.addressed(to.value.trim());
    };
    fill(this.body, h("header", { class: "phone-head" }, h("h2", {}, t("phone.messages"))), this.list,
      h("form", { class: "phone-compose", on: { submit: begin } }, to, h("datalist", { id: "phone-lines" }, numbers.map((value) => h("option", { value }))),
        h("button", { class: "phone-send", "aria-label": t("phone.new"), title: t("phone.new") }, icon("plus"))));
  }

  #drawTalks(talks) {
    if (this.#isDrawn(talks)) return;
    refill(this.list, talks.length === 0 ? h("li", { class: "nothing" }, t("phone.nothing")) : talks.map((talk) => this.#talkRow(talk)));
  }

  #talkRow({ with: sender, entries }) {
    const last = entries.at(-1);
    const words = last.kind === "note" ? t(`phone.note.${last.what}`) : last.text.replace(/\s+/g, " ");
    const fate = last.kind === "came" ? fateOf(last) : "delivered";
    return h("li", {}, h("a", { class: "talk", href: address(["phone", this.#number, sender]), data: { fate } }, avatar(sender, this.lines),
      h("span", { class: "talk-name" }, this.#nameOf(sender)),
      h("span", { class: "talk-time" }, moment(last.at, this.now && sameDay(last.at, this.now) ? (at) => time(at).slice(0, 5) : day)),
      h("span", { class: "talk-last", dir: "auto" }, words)));
  }

  #nameOf(sender) {
    const owner = this.lines.get(sender)?.owner.name;
    return owner ? h("bdi", {}, owner) : latin(sender);
  }

  #beginTalk(sender) {
    this.log = h("ol", { class: "talk-log", role: "log", tabindex: "0", "aria-label": t("phone.conversation", { sender }) });
    this.strip = h("div", { class: "phone-strip" });
    const text = h("textarea", { rows: 1, dir: "auto", maxlength: LONGEST, placeholder: t("phone.write"), "aria-label": t("phone.write") });
    const send = (event) => {
      event.preventDefault();
      if (text.value.trim() === "") return;
      this.write(sender, text.value);
      text.value = "";
    };
    const form = h("form", { class: "phone-compose", on: { submit: send } }, text,
      h("button", { class: "phone-send", "aria-label": t("phone.send"), title: t("phone.send") }, icon("send")));
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    });
    fill(this.body, h("header", { class: "phone-head" },
      h("a", { class: "ghost small icon-only", href: address(["phone", this.#number]), "aria-label": t("phone.back"), title: t("phone.back") }, icon("back")),
      avatar(sender, this.lines), h("h2", {}, this.#nameOf(sender)), this.lines.has(sender) && h("a", { class: "quiet", href: address(["lines", sender]) }, latin(sender))),
    this.log, this.strip, form);
  }

  #drawTalk(entries, sender) {
    if (!this.#isDrawn(entries)) this.#drawLog(entries);
    const offers = this.#offers(sender);
    if (offers.join() === this.strip.dataset.offers) return; // so that what has the focus keeps it
    this.strip.dataset.offers = offers.join();
    fill(this.strip, offers.map(([label, word]) =>
      h("button", { class: "phone-offer", type: "button", title: t("phone.offer", { word, sender }), on: { click: () => this.write(sender, word) } }, label)));
  }

  #drawLog(entries) {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const wasAtEnd = scrollHeight - clientHeight - scrollTop < NEAR;
    refill(this.log, entries.length === 0 ? h("li", { class: "nothing" }, t("phone.nothing")) : bubbles(entries));
    if (wasAtEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  /** Whether the same stands there already, so that a text that is marked stays marked. */
  #isDrawn(shown) {
    const print = JSON.stringify([shown, [...this.lines]]);
    const isDrawn = print === this.#print;
    this.#print = print;
    return isDrawn;
  }

  /** What may be written to a sender by one touch, as `[label, word]`. */
  #offers(sender) {
    const { words, standing } = this;
    const line = this.lines.get(sender);
    if (line && words.mayStop(line.type)) {
      const isStopped = standing.headers.some((header) => header.line === sender && header.stopped);
      return isStopped ? [[t("phone.rejoin", { word: words.rejoin }), words.rejoin]] : [[words.stop, words.stop]];
    }
    const own = words.codeOf(standing.served_by);
    if (own?.code !== sender) return [];
    return [[t("phone.out", { word: own.block }), own.block], [t("phone.in", { word: own.allow }), own.allow]];
  }
}

/** A round picture of a sender: the first letter of the line's owner, in a colour that is always the same. */
function avatar(sender, lines) {
  const name = lines.get(sender)?.owner.name;
  const hue = [...sender].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  return h("span", { class: "avatar", "aria-hidden": "true", style: { "--hue": String(hue) } }, name ? name.trim().at(0) : icon("lines"));
}
