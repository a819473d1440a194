/**
 * What a view is: one place of the console, in a file of `views/` that `views/index.js` lists.
 *
 * A view is an object of
 *
 *   name    the first part of its address (`#/lines`); the catalogues call it `view.<name>`
 *   icon    its drawing in `icons.svg`
 *   group   where it stands in the navigation: "watch", "registers" or "steer"
 *   key     the letter that leads to it after `g`
 *   mount   (root, context) => void | { update(place) }
 *
 * `mount` fills `root` once, and goes nowhere else meanwhile; `update` is called when the address changes within the view, and without it the view is
 * mounted anew. The context has
 *
 *   place   where one is: { path, query }, the path without the view's own name
 *   store   the shared slices; live, the event stream; keys, the keyboard (see `core/`)
 *   own     own(stop): `stop` is called when the view is left; give it whatever `on`, `watch` and `bind` return
 *   say     say(text, tone): tells something in passing; tone is "good", "bad" or "plain"
 */

import { fill, h } from "./core/dom.js";
import { t } from "./core/i18n.js";

/** Shows a view in an element; gives `{ update, close }`. */
export function show(view, root, app, place) {
  const stops = [];
  const own = (stop) => stops.push(stop);
  const context = { ...app, place, own };
  const mounted = view.mount(fill(root), context);
  return {
    update: mounted?.update,
    close: () => stops.splice(0).forEach((stop) => stop()),
  };
}

/** The heading of a view, with what may be done there at its end. */
export function heading(name, ...actions) {
  return h("header", { class: "heading" },
    h("div", { class: "heading-words" }, h("h1", {}, t(`view.${name}`)), h("p", { class: "quiet" }, t(`view.${name}.what`))),
    h("div", { class: "actions" }, actions),
  );
}
