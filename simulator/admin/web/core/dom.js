/** Builds elements without markup: what is text stays text, whatever it holds. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its properties and children.
 *
 * `on` holds listeners by event name, `data` the dataset, `style` custom properties and CSS properties; every other name
 * is an attribute, left out where its value is null or false, and empty where it is true. Children are nodes or texts, in
 * lists of any depth; null and false are no children.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...nodes(children));
  return element;
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** Likewise, of a list of links: the focus stays with the link to the same place. */
export function refill(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  fill(element, ...children);
  if (held) [...element.querySelectorAll("a")].find((link) => link.getAttribute("href") === held)?.focus({ preventScroll: true });
  return element;
}

/** One of the drawings of `icons.svg`, which a reader of the screen passes over. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("data-icon", name);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** An SVG element, for drawings that are made of data. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  } else if (name === "data") {
    Object.assign(element.dataset, value);
  } else if (name === "style") {
    for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
