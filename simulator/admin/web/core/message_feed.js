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
  #turn = 0;
  #stops;
  count = 0;
  isKnown = false;
  error = null;

  /** `changed(added)` is called whenever there is something new to see, with how many came in at the top. */
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
    const total = await (isNew ? this.#read(this.count - end, end - first, "newest") : this.#read(first, end - first));
    if (!this.#pages.has(page)) return;
    if (total === null || this.#rows.has(first)) this.#pages.set(page, "here");
    else this.#pages.delete(page); // others came meanwhile, and all moved away from the newest
    this.#dropOldest(page);
    this.changed(0);
  }

  async #readNewest() {
    const before = this.count;
    const wasKnown = this.isKnown;
    const turn = this.#turn;
    const total = await this.#read(0, PAGE, "newest");
    if (turn !== this.#turn || total === null) return;
    if (total < before) {
      this.#forget(); // some were deleted: every place may be another message's
      this.sync();
    } else {
      for (const [page, state] of this.#pages) if (state === "here") this.#pages.delete(page);
    }
    this.isKnown = true;
    this.count = total;
    this.changed(wasKnown ? Math.max(0, total - before) : 0);
  }

  /** Reads so many from a place on, counted from the earliest or from the newest; how many there are, null on failure. */
  async #read(offset, limit, order = "oldest") {
    const turn = this.#turn;
    try {
      const { messages, total } = await get("/messages", { ...this.#filters, order, offset, limit });
      if (turn !== this.#turn) return null;
      this.error = null;
      messages.forEach((message, at) => this.#put(order === "newest" ? total - 1 - offset - at : offset + at, rowOf(message)));
      return total;
    } catch (error) {
      if (turn !== this.#turn) return null;
      this.error = error;
      this.changed(0);
      return null;
    }
  }

  #hear({ messages, skipped }) {
    if (!this.isKnown || skipped > 0 || Object.keys(this.#filters).length > 0) {
      this.sync();
      return;
    }
    let added = 0;
    const newest = this.#rows.get(this.count - 1)?.id ?? "";
    for (const row of messages) {
      const place = this.#placeOf.get(row.id);
      if (place !== undefined) this.#put(place, { ...this.#rows.get(place), ...row });
      else if (row.id > newest) this.#put(this.count + added++, row);
    }
    this.count += added;
    this.changed(added);
  }

  #put(place, row) {
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
