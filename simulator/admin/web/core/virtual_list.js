/**
 * A list of any length of which only the rows in sight are elements. Rows have one height, `--row-height` of the style sheet.
 *
 * As a listbox for those who do not see it: the list has the focus, and `aria-activedescendant` names the row one is at.
 */

import { fill, h } from "./dom.js";

const OVERSCAN = 6;

export class VirtualList {
  #rows = new Map();
  #count = 0;
  #frame = 0;
  #height = 1;
  #revealed = -1;

  /**
   * `keyOf(index)` names a row for as long as it is the same one; `render(index, element)` makes its element, or brings the
   * one that is there up to date. `seen(first, last)` is told which rows are in sight.
   */
  constructor({ label, keyOf, render, seen = () => {} }) {
    this.keyOf = keyOf;
    this.render = render;
    this.seen = seen;
    this.space = h("div", { class: "rows", role: "presentation" });
    this.element = h("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": label }, this.space);
    this.element.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.resizing = new ResizeObserver(() => this.#measure());
    this.resizing.observe(this.element);
  }

  get count() {
    return this.#count;
  }

  get isAtTop() {
    return this.element.scrollTop < this.#height;
  }

  /** How many rows fit between top and bottom. */
  get page() {
    return Math.max(1, Math.floor(this.element.clientHeight / this.#height));
  }

  /** Sets the length; with `added` new rows at the top, what is in sight stays where it is, unless one is at the top. */
  setCount(count, added = 0) {
    const stays = added !== 0 && !this.isAtTop;
    this.#count = count;
    if (this.#revealed >= 0) this.#revealed += added;
    this.space.style.setProperty("block-size", `${count * this.#height}px`);
    if (stays) this.element.scrollTop += added * this.#height;
    this.draw();
  }

  /** Brings the rows in sight up to date. */
  draw() {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - OVERSCAN);
    const last = Math.min(this.#count, Math.ceil((scrollTop + clientHeight) / this.#height) + OVERSCAN);
    const kept = new Map();
    for (let index = first; index < last; index += 1) kept.set(this.keyOf(index), index);
    for (const [key, row] of this.#rows) {
      if (kept.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    for (const [key, index] of kept) this.#place(key, index);
    this.seen(first, last);
  }

  /** Brings a row into sight. */
  reveal(index) {
    this.#revealed = index;
    const top = index * this.#height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.#height > scrollTop + clientHeight) this.element.scrollTop = top + this.#height - clientHeight;
    this.draw();
  }

  toTop() {
    this.element.scrollTop = 0;
    this.draw();
  }

  /** Names the row one is at; the element's id says which it is. */
  point(id) {
    if (id) this.element.setAttribute("aria-activedescendant", id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  clear() {
    this.#rows.clear();
    this.#revealed = -1;
    fill(this.space);
    this.element.scrollTop = 0;
  }

  close() {
    this.resizing.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #place(key, index) {
    const before = this.#rows.get(key) ?? null;
    const row = this.render(index, before);
    row.style.setProperty("transform", `translateY(${index * this.#height}px)`);
    row.setAttribute("aria-setsize", this.#count);
    row.setAttribute("aria-posinset", index + 1);
    if (row === before) return;
    if (before) before.replaceWith(row);
    else this.space.append(row);
    this.#rows.set(key, row);
  }

  #schedule() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }

  #measure() {
    const height = parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height"));
    if (height > 0 && height !== this.#height) {
      const first = this.element.scrollTop / this.#height;
      const wasInSight = this.#revealed >= first && this.#revealed <= first + this.page;
      this.#height = height;
      this.space.style.setProperty("block-size", `${this.#count * height}px`);
      this.element.scrollTop = first * height;
      if (wasInSight) this.reveal(this.#revealed);
    }
    this.draw();
  }
}
