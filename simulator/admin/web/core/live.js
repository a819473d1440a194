/**
 * The operator's event stream, as an EventTarget: each event of the stream is dispatched under its own name.
 *
 * A page that nobody looks at hears nothing: a browser opens six connections to one host, and each stream holds one.
 * `opened` tells that the stream opened, or that events were missed, so that whoever shows something asks anew; `status`
 * tells how it is.
 */

const NAMES = ["messages", "sessions", "changes", "mo", "faults", "clock", "reset"];
const RETRY = 5000;

export class Live extends EventTarget {
  #source = null;
  #timer = 0;
  status = "off";

  start() {
    document.addEventListener("visibilitychange", () => this.#adapt());
    this.#adapt();
  }

  /** Calls back with the data of each event of a name; gives a function that ends it. */
  on(name, listener) {
    const heard = (event) => listener(event.detail);
    this.addEventListener(name, heard);
    return () => this.removeEventListener(name, heard);
  }

  #adapt() {
    if (document.hidden) this.#close();
    else if (!this.#source) this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    this.#tell("connecting");
    const source = new EventSource("/api/v1/events");
    this.#source = source;
    source.onopen = () => {
      this.#tell("live");
      this.#dispatch("opened", null);
    };
    source.onerror = () => {
      // The browser tries again by itself, unless the answer was no stream.
      this.#tell(source.readyState === EventSource.CLOSED ? "off" : "connecting");
      if (source.readyState === EventSource.CLOSED) this.#retry();
    };
    source.addEventListener("skipped", () => this.#dispatch("opened", null));
    for (const name of NAMES) source.addEventListener(name, (event) => this.#dispatch(name, JSON.parse(event.data)));
  }

  #retry() {
    this.#source = null;
    this.#timer = setTimeout(() => this.#adapt(), RETRY);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.#tell("off");
  }

  #tell(status) {
    if (status === this.status) return;
    this.status = status;
    this.#dispatch("status", status);
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
