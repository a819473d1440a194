/** Where one is in the console: a path and a query behind the address's `#`, so that every place can be linked to. */

/** A place as `{path: [...], query: {...}}`. */
export function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a place; what is empty in the query is left out. */
export function address(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search ? `?${search}` : ""}`;
}

/**
 * Goes to a place, and is there when it returns; with `replace` the way back does not lead through where one was.
 *
 * `location.hash = …` tells of the new place only later, and meanwhile a timer of the old view could call one back.
 */
export function go(path, query = {}, { replace = false } = {}) {
  const target = address(path, query);
  if (target === location.hash) return;
  if (replace) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Calls back now and whenever the place changes. */
export function follow(listener) {
  window.addEventListener("hashchange", () => listener(here()));
  listener(here());
}
