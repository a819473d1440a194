/** The handsets of which something was seen lately, the latest first: as many as a person can look through. */

import { get } from "./api.js";
import { isMobile } from "./numbers.js";
import { paced } from "./pace.js";

const SHOWN = 200;
const READ = 300;
const PAUSE = 1000;

export class HandsetsSeen {
  #seen = new Map(); // by number: { number, at, text, verdict, isOwn }
  #stops;
  error = null;

  /** `changed` is called whenever the list is another. */
  constructor(live, changed) {
    this.changed = changed;
    this.read = paced(() => this.#read(), PAUSE);
    const hear = (form) => ({ messages, skipped }) => {
      if (skipped > 0) this.read();
      messages.forEach((message) => this.#see(form(message)));
      this.#tell();
    };
    this.#stops = [
      live.on("messages", hear(toHandset)), live.on("mo", hear(ofHandset)), live.on("opened", this.read),
      live.on("reset", () => {
        this.#seen.clear();
        this.read();
      }),
    ];
    this.read();
  }

  get latest() {
    return [...this.#seen.values()].sort((one, other) => other.at - one.at).slice(0, SHOWN);
  }

  close() {
    this.#stops.forEach((stop) => stop());
  }

  async #read() {
    try {
      const [sent, written] = await Promise.all([
        get("/messages", { order: "newest", limit: READ }), get("/mo", { order: "newest", limit: READ }),
      ]);
      sent.messages.forEach((each) => this.#see(toHandset({ ...each, at: each.received_at, verdict: each.verdict?.outcome ?? null })));
      written.messages.forEach((each) => this.#see(ofHandset(each)));
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.#tell();
  }

  #see(news) {
    if (!isMobile(news.number) || this.#seen.get(news.number)?.at > news.at) return;
    this.#seen.set(news.number, news);
  }

  #tell() {
    if (this.#seen.size > 2 * SHOWN) this.#seen = new Map(this.latest.map((each) => [each.number, each]));
    this.changed();
  }
}

function toHandset({ to, at, text, verdict }) {
  return { number: to, at: Date.parse(at), text, verdict, isOwn: false };
}

function ofHandset({ from, at, text }) {
  return { number: from, at: Date.parse(at), text, verdict: null, isOwn: true };
}
