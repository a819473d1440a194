/**
 * The keyboard. Letters are known by their place (`KeyJ`), since a Persian layout has others there.
 *
 * While somebody writes in a field, only Escape is a command.
 */

export class Keys {
  #bindings = [];
  #prefix = "";
  #timer = 0;

  start() {
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /**
   * Binds keys: `{keys: "g i", what: "text of the help", run}`; gives a function that takes them back.
   *
   * A later binding of the same keys goes before an earlier one. `run` may answer false: then the next is asked.
   */
  bind(bindings) {
    this.#bindings.unshift(...bindings);
    return () => {
      this.#bindings = this.#bindings.filter((binding) => !bindings.includes(binding));
    };
  }

  /** What is bound now, for the help. */
  get bindings() {
    return [...this.#bindings];
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("dialog[open]")) return; // which has its own; one that was just closed may hold the focus for a moment
    const key = named(event);
    if (isWriting(event.target) && key !== "Escape") return;
    const keys = this.#prefix ? `${this.#prefix} ${key}` : key;
    this.#prefix = "";
    const found = this.#bindings.some((binding) => binding.keys.split("|").includes(keys) && binding.run(event) !== false);
    if (found) event.preventDefault();
    else if (key === "g") this.#wait(key);
  }

  #wait(key) {
    this.#prefix = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#prefix = ""), 1500);
  }
}

function named(event) {
  if (event.key === "?" || event.key === "؟") return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  if (/^Key[A-Z]$/.test(event.code)) return event.shiftKey ? event.code[3] : event.code[3].toLowerCase();
  return event.key;
}

function isWriting(target) {
  return target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
}
