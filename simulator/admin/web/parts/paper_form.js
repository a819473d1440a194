/** The form that adds a paper to a draft. Which papers there are, and what each says, the operator's schemas tell. */

import { fill, h } from "../core/dom.js";
import { called, t } from "../core/i18n.js";
import { changeForm } from "./change_form.js";
import { field, input, select } from "./field.js";

/** `schema` is that of the change `supply-document`; `offer` is told which papers are wanted, so that they stand first. */
export function paperForm(request, schema, made) {
  const papers = papersOf(schema);
  const choice = select([], { on: { change: () => draw() } });
  const place = h("div", { class: "paper" });
  const element = h("div", { class: "paper-form" }, field(t("paper.kind"), choice), place);
  let wanted = [];

  function draw() {
    const paper = papers.get(choice.value);
    const controls = Object.entries(paper.properties).filter(([name]) => name !== "kind")
      .map(([name, property]) => [name, control(name, property, schema.$defs, paper.required ?? [])]);
    const fields = controls.map(([name, { element: each }]) => ({
      path: `document.${choice.value}.${name}`, label: called("stated", name), control: each, hint: name === "recipients" ? t("paper.recipients.what") : "",
    }));
    const read = () => Object.fromEntries(controls.map(([name, each]) => [name, each.read()]).filter(([, value]) => value !== undefined));
    fill(place, h("p", { class: "quiet", lang: "en", dir: "ltr" }, paper.description),
      changeForm("supply-document", { fields, body: () => ({ request, document: { kind: choice.value, ...read() } }), made }));
  }

  return {
    element,
    offer: (kinds) => {
      if (kinds.join() === wanted.join() && choice.value) return;
      wanted = kinds;
      const others = [...papers.keys()].filter((kind) => !kinds.includes(kind));
      fill(choice, [...kinds, ...others].map((kind) => h("option", { value: kind }, called("document", kind))));
      draw();
    },
  };
}

function papersOf({ properties, $defs }) {
  const { mapping } = properties.document.discriminator;
  return new Map(Object.entries(mapping).map(([kind, reference]) => [kind, $defs[reference.split("/").at(-1)]]));
}

/** A control for a property of a schema, as `{element, read}`; `read` gives undefined where its default is to hold. */
function control(name, property, definitions, required) {
  const isNeeded = required.includes(name);
  const kinds = [property, ...(property.anyOf ?? [])];
  const given = (value) => (value === "" && !isNeeded ? undefined : value);
  if (property.type === "boolean") {
    const element = h("input", { type: "checkbox", checked: property.default });
    return { element, read: () => element.checked };
  }
  const list = kinds.find(({ type }) => type === "array");
  if (list?.items.$ref) {
    const words = definitions[list.items.$ref.split("/").at(-1)].enum;
    const element = select(words.map((word) => [word, called("category", word)]), { multiple: true, size: 7 });
    return { element, read: () => [...element.selectedOptions].map(({ value }) => value) };
  }
  if (list) {
    const element = h("textarea", { rows: 4, dir: "ltr" });
    return { element, read: () => element.value.split(/[\s,،]+/).filter(Boolean) };
  }
  if (property.maxLength > 1000) {
    const element = h("textarea", { rows: 3, dir: "auto" });
    return { element, read: () => given(element.value) };
  }
  const type = kinds.some(({ format }) => format === "date") ? "date" : property.type === "integer" ? "number" : "text";
  const element = input({ type, dir: "auto" });
  return { element, read: () => (type === "number" && element.value !== "" ? Number(element.value) : given(element.value)) };
}
