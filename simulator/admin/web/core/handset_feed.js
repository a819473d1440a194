/** One handset, kept as it is at the operator: what was sent to it, what it wrote, what its subscriber decided, how it is found. */

import { change, get, post } from "./api.js";
import { paced } from "./pace.js";

const PAUSE = 250;
const NEWEST = { order: "newest", limit: 200 };

export class HandsetFeed {
  #isClosed = false;
  #stops;
  known = null; // { subscriber, standing, messages, mo, changes }, each as the API tells it
  error = null;

  /** `number` is 98 and ten digits; `changed` is called whenever there is something new to see. */
  constructor(number, live, changed) {
    this.number = number;
    this.changed = changed;
    this.read = paced(() => this.#read(), PAUSE);
    this.#stops = [
      live.on("messages", ({ messages, skipped }) => (skipped > 0 || messages.some(({ to }) => to === number)) && this.read()),
      live.on("mo", ({ messages, skipped }) => (skipped > 0 || messages.some(({ from }) => from === number)) && this.read()),
      live.on("changes", this.read),
      live.on("opened", this.read),
      live.on("reset", this.read),
    ];
    this.read();
  }

  close() {
    this.#isClosed = true;
    this.#stops.forEach((stop) => stop());
  }

  /** Sends a message of the subscriber; `{outcome, change, reply}`. */
  async write(to, text) {
    const said = await post("/mo", { from: this.number, to, text });
    this.read();
    return said;
  }

  /** Has the handset be found in a state from now on. */
  async find(state) {
    await change("set-handsets", { handsets: { numbers: this.number, state } });
    this.read();
  }

  async #read() {
    if (this.#isClosed) return;
    const { number } = this;
    try {
      const [subscriber, standing, { messages }, mo, changes] = await Promise.all([
        get(`/subscribers/${number}`), get(`/blacklist/numbers/${number}`),
        get("/messages", { to: number, ...NEWEST }), get("/mo", { subscriber: number, ...NEWEST }),
        get("/changes", { text: `"${number}"`, ...NEWEST }),
      ]);
      this.known = { subscriber, standing, messages, mo: mo.messages, changes: changes.changes };
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    if (!this.#isClosed) this.changed();
  }
}
