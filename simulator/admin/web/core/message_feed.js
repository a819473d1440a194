/**
 * The messages that fit some filters, however many: pages are read when they are looked at, news comes by the event stream.
 *
 * A message's place is counted from the earliest, so that what arrives moves nothing that is known already; `at(index)`
 * counts from the newest, as a reader does.
 */

import { get } from "./api.js";
import { paced } from "./pace.js";

const PAGE = 50;
const KEPT_PAGES = 60;
const PAUSE = 1000;

/** A message as `GET /messages` tells it, in the short form in which the event stream does. */
function rowOf(message) {
  const { id, line, to, text, account, state, part, verdict } = message;
  return {
    id, line, to, text, account, state,
    at: message.received_at,
    part: part?.number ?? null,
    parts: part?.total ?? null,
    verdict: verdict?.outcome ?? null,
    rule: verdict?.rule ?? null,
  };
}

export class MessageFeed {
  #filters = {};
  #rows = new Map();
  #placeOf = new Map();
  #pages = new Map();
  #fresh = []; // what came by the stream since the newest page was asked for
  #newest = "";
  #hasGap = false; // whether some came that the stream did not tell, since the newest page was asked for last
  #turn = 0;
  #stops;
  count = 0;
  isKnown = false;
  error = null;

  /**
   * `changed(added)` is called whenever there is something new to see, with how many came in at the top; that
   * is below zero where fewer are there than it seemed.
   */
  constructor(live, changed) {
    this.changed = changed;
    this.sync = paced(() => this.#readNewest(), PAUSE);
    this.#stops = [
      live.on("messages", (news) => this.#hear(news)),
      live.on("opened", () => this.sync()),
      live.on("reset", () => this.filter(this.#filters)),
    ];
  }

  close() {
    this.#turn += 1;
    this.#stops.forEach((stop) => stop());
  }

  /** Begins anew with other filters, in the words of `GET /messages`. */
  filter(filters) {
    this.#turn += 1;
    this.#filters = filters;
    this.#forget();
    this.#newest = "";
    this.count = 0;
    this.isKnown = false;
    return this.#readNewest();
  }

  /** The message at an index, the newest being 0; undefined until it has come. */
  at(index) {
    return this.#rows.get(this.count - 1 - index);
  }

  /** A name for the row at an index, the same for as long as it is the same message. */
  keyOf(index) {
    return this.count - 1 - index;
  }

  /** The index of a message that was read already, or -1. */
  indexOf(id) {
    const place = this.#placeOf.get(id);
    return place === undefined ? -1 : this.count - 1 - place;
  }

  /** The index of any message by the filters, -1 where it does not fit or is not there. */
  async find(id) {
    const known = this.indexOf(id);
    if (known >= 0 || !this.isKnown) return known;
    const turn = this.#turn;
    const [newer, others] = await Promise.all([
      get("/messages", { ...this.#filters, after: id, limit: 0 }),
      get("/messages", { ...this.#filters, before: id, limit: 0 }),
    ]);
    return turn === this.#turn && newer.total + others.total < this.count ? newer.total : -1;
  }

  /** Sees to it that the messages from one index to before another come. */
  want(first, last) {
    if (!this.isKnown || this.count === 0 || last <= first) return;
    const lowest = Math.floor(Math.max(0, this.count - last) / PAGE);
    const highest = Math.floor((this.count - 1 - first) / PAGE);
    for (let page = lowest; page <= highest; page += 1) if (!this.#pages.has(page)) this.#readPage(page);
  }

  /** Asks for the page from the end that it is nearer to, since the operator counts from there. */
  async #readPage(page) {
    this.#pages.set(page, "coming");
    const first = page * PAGE;
    const end = Math.min(this.count, first + PAGE);
    const isNew = first > this.count / 2;
    const [offset, order] = isNew ? [this.count - end, "newest"] : [first, "oldest"];
    const answer = await this.#ask({ order, offset, limit: end - first });
    if (answer === undefined || !this.#pages.has(page)) return;
    answer?.messages.forEach((message, at) => {
      const place = isNew ? answer.total - 1 - offset - at : first + at;
      if (place < this.count) this.#put(place, rowOf(message)); // what is newer comes by the stream, and is counted then
    });
    if (answer === null || this.#rows.has(first)) this.#pages.set(page, "here");
    else this.#pages.delete(page); // others came meanwhile, and all moved away from the newest
    this.#dropOldest(page);
    this.changed(0);
  }

  /** Reads the newest page, and how many there are; what came by the stream after that was counted is put behind it. */
  async #readNewest() {
    const before = this.count;
    this.#fresh = [];
    this.#hasGap = false;
    const answer = await this.#ask({ order: "newest", offset: 0, limit: PAGE });
    if (answer === undefined) return;
    if (answer === null) {
      this.changed(0);
      return;
    }
    const { messages, total } = answer;
    const newest = messages[0]?.id ?? "";
    const fresh = this.#fresh.filter((row) => row.id > newest);
    if (total + fresh.length < before) this.#forget(); // some were deleted: every place may be another message's
    for (const [page, state] of this.#pages) if (state === "here") this.#pages.delete(page);
    messages.forEach((message, at) => this.#put(total - 1 - at, rowOf(message)));
    fresh.forEach((row, at) => this.#put(total + at, row));
    this.#newest = fresh.at(-1)?.id ?? newest;
    const added = this.isKnown ? total + fresh.length - this.count : 0;
    this.isKnown = true;
    this.count = total + fresh.length;
    this.changed(added);
  }

  /** Some of the messages that fit; null if the operator did not answer, undefined if nobody wants them any more. */
  async #ask(page) {
    const turn = this.#turn;
    try {
      const answer = await get("/messages", { ...this.#filters, ...page });
      this.error = null;
      return turn === this.#turn ? answer : undefined;
    } catch (error) {
      if (turn !== this.#turn) return undefined;
      this.error = error;
      return null;
    }
  }

  #hear({ messages, skipped }) {
    const isFiltered = Object.keys(this.#filters).length > 0;
    if (skipped > 0) this.#hasGap = true;
    if (isFiltered || skipped > 0) this.sync();
    if (isFiltered) return;
    let added = 0;
    for (const row of messages) {
      const place = this.#placeOf.get(row.id);
      if (place !== undefined) {
        this.#put(place, { ...this.#rows.get(place), ...row });
      } else if (row.id > this.#newest && !this.#hasGap) {
        this.#fresh.push(row);
        if (this.isKnown) this.#put(this.count + added++, row);
        this.#newest = row.id;
      }
    }
    this.count += added;
    this.changed(added);
  }

  #put(place, row) {
    const before = this.#rows.get(place)?.id;
    if (before !== row.id) this.#placeOf.delete(before);
    this.#rows.set(place, row);
    this.#placeOf.set(row.id, place);
  }

  #forget() {
    this.#rows.clear();
    this.#placeOf.clear();
    this.#pages.clear();
  }

  /** Forgets the pages that were read longest ago, so that a long look through the list does not grow without end. */
  #dropOldest(present) {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) return;
      if (page === present) continue;
      this.#pages.delete(page);
      for (let place = page * PAGE; place < (page + 1) * PAGE; place += 1) {
        this.#placeOf.delete(this.#rows.get(place)?.id);
        this.#rows.delete(place);
      }
    }
  }
}
