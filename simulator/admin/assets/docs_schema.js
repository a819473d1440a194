/** What a JSON Schema of the OpenAPI document allows, as text and as elements. */

import { h } from "/console/core/dom.js";

const DEEPEST = 6;

/** A schema behind its references; `null` as one of several kinds is set aside. */
export function resolved(schema, document) {
  if (schema.$ref) return resolved(document.components.schemas[schema.$ref.split("/").pop()], document);
  const kinds = (schema.anyOf ?? []).filter((kind) => kind.type !== "null");
  return kinds.length === 1 ? { ...resolved(kinds[0], document), ...schema, anyOf: undefined, isNullable: true } : schema;
}

/** The type in a few words: `list of integer`, `string or null`, `"a" | "b"`. */
export function typeOf(given, document) {
  const schema = resolved(given, document);
  const orNull = schema.isNullable ? " or null" : "";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ") + orNull;
  if (schema.const !== undefined) return JSON.stringify(schema.const) + orNull;
  if (schema.anyOf) return schema.anyOf.map((kind) => typeOf(kind, document)).join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {}, document)}${orNull}`;
  if (schema.type === "object" && schema.additionalProperties) {
    return `object of ${typeOf(schema.additionalProperties, document)}${orNull}`;
  }
  return `${schema.type ?? "anything"}${schema.format ? ` (${schema.format})` : ""}${bounds(schema)}${orNull}`;
}

function bounds(schema) {
  const said = [
    ["≥", schema.minimum], [">", schema.exclusiveMinimum], ["≤", schema.maximum],
    ["at least, characters:", schema.minLength], ["at most, characters:", schema.maxLength],
  ].filter(([, value]) => value !== undefined);
  return said.length ? `, ${said.map(([word, value]) => `${word} ${value}`).join(", ")}` : "";
}

/** The fields of an object, each with those of its own; null where there are none. */
export function fields(given, document, depth = 0) {
  const schema = inner(given, document);
  const names = Object.keys(schema.properties ?? {});
  if (!names.length || depth > DEEPEST) return null;
  return h("dl", { class: "fields" }, names.map((name) => field(name, schema, document, depth)));
}

function field(name, schema, document, depth) {
  const property = schema.properties[name];
  const below = fields(property, document, depth + 1);
  const description = property.description ?? resolved(property, document).description;
  return [
    h("dt", { class: schema.required?.includes(name) ? "required" : null }, name),
    h("dd", {},
      h("span", { class: "type" }, typeOf(property, document)),
      description ? ` ${description}` : null,
      below && h("details", { class: "nested" }, h("summary", {}, "its fields"), below)),
  ];
}

/** The object that a schema is about: behind lists and objects by name. */
function inner(given, document) {
  const schema = resolved(given, document);
  if (schema.type === "array" && schema.items) return inner(schema.items, document);
  if (schema.type === "object" && typeof schema.additionalProperties === "object") {
    return inner(schema.additionalProperties, document);
  }
  return schema;
}

/** A value that fits a schema, from its examples where it has any. */
export function exampleOf(given, document, depth = 0) {
  const schema = resolved(given, document);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return exampleOf(schema.anyOf[0], document, depth);
  if (schema.type === "array") return [];
  if (schema.type !== "object") return { integer: 1, number: 1, boolean: true }[schema.type] ?? "";
  if (depth > DEEPEST) return {};
  const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(wanted.map(([name, property]) => [name, exampleOf(property, document, depth + 1)]));
}
