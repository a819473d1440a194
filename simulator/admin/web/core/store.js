/**
 * What several views show, read once and kept fresh: a slice is a resource of the API and the events that make it stale.
 *
 * Nothing is read that nobody watches. To add a slice, add a line to `SLICES`.
 */

import { get } from "./api.js";

const SLICES = {
  accounts: { path: "/accounts", stale: ["changes", "sessions"] },
  blacklist: { path: "/blacklist", stale: ["changes", "mo"] },
  catalogue: { path: "/rules", stale: [], shape: indexed },
  changes: { path: "/changes/kinds", stale: [], shape: schemasByKind },
  clock: { path: "/clock", stale: ["clock"], shape: withReading },
  doors: { path: "/doors", stale: [] },
  faults: { path: "/faults", stale: ["faults"] },
  lines: { path: "/lines", query: { limit: 1000 }, stale: ["changes"] },
  patterns: { path: "/patterns", query: { limit: 1000 }, stale: ["changes"] },
  profile: { path: "/profile", stale: ["changes"] },
  requests: { path: "/requests", query: { limit: 1000 }, stale: ["changes"] },
  sessions: { path: "/sessions", stale: ["sessions"] },
};
const ALWAYS = ["opened", "reset"];
const PAUSE = 300;

export class Store {
  #slices = new Map();

  constructor(live) {
    for (const [name, { stale }] of Object.entries(SLICES)) {
      for (const event of [...stale, ...ALWAYS]) live.on(event, () => this.#spoil(name));
    }
  }

  /**
   * Calls back with a slice, as `{value, error}`, when it has come and whenever it came anew; gives a function that ends it.
   */
  watch(name, listener) {
    const slice = this.#slice(name);
    slice.listeners.add(listener);
    if (slice.state) listener(slice.state);
    if (slice.spoiled) this.refresh(name);
    return () => slice.listeners.delete(listener);
  }

  /** Reads a slice anew, and tells all who watch it. */
  async refresh(name) {
    const { path, query, shape = (value) => value } = SLICES[name];
    const slice = this.#slice(name);
    slice.spoiled = false;
    slice.timer = 0;
    try {
      slice.state = { value: shape(await get(path, query)), error: null };
    } catch (error) {
      slice.state = { value: slice.state?.value ?? null, error };
      slice.spoiled = true;
    }
    for (const listener of [...slice.listeners]) listener(slice.state);
  }

  #slice(name) {
    if (!this.#slices.has(name)) {
      this.#slices.set(name, { state: null, spoiled: true, timer: 0, listeners: new Set() });
    }
    return this.#slices.get(name);
  }

  /** Notes that a slice is stale; many events within a moment cost one reading. */
  #spoil(name) {
    const slice = this.#slice(name);
    slice.spoiled = true;
    if (slice.listeners.size > 0 && !slice.timer) slice.timer = setTimeout(() => this.refresh(name), PAUSE);
  }
}

function indexed({ rules, clauses }) {
  const byId = (values) => new Map(values.map((value) => [value.id, value]));
  return { rules: byId(rules), clauses: byId(clauses) };
}

function schemasByKind(schemas) {
  return new Map(schemas.map((schema) => [schema.properties.kind.const, schema]));
}

function withReading(clock) {
  return { ...clock, posix: Date.parse(clock.now), read: performance.now() };
}
