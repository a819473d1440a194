/** The page of the API, made of its OpenAPI document: resources, operations, what they take and answer, and a curl line. */

import { fill, h } from "/console/core/dom.js";
import { exampleOf, fields, typeOf } from "/api/v1/docs/docs_schema.js";

const OPENAPI = "/api/v1/openapi.json";

const told = await fetch(OPENAPI);
if (told.ok) show(await told.json());
else fill(document.body, h("main", {}, h("p", {}, `${OPENAPI} answered ${told.status}.`)));

function show(api) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));
  const sections = api.tags.map((tag) => section(tag, operations.filter((each) => each.tags.includes(tag.name)), api));
  const search = h("input", { type: "search", placeholder: "Find an operation", "aria-label": "Find an operation" });
  search.addEventListener("input", () => narrow(search.value.trim().toLowerCase()));
  fill(document.body,
    h("nav", {},
      h("a", { href: "/console/" }, "← the console"), search,
      api.tags.map((tag) => h("a", { href: `#${tag.name}` }, tag.name))),
    h("main", {},
      h("header", {}, h("h1", {}, `${api.info.title}: the HTTP API`), h("p", { class: "quiet" }, api.info.summary),
        api.info.description.split("\n\n").map((part) => h("p", {}, prose(part))),
        h("p", {}, h("a", { href: OPENAPI }, `OpenAPI ${api.openapi}`))),
      sections));
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function section(tag, operations, api) {
  return h("section", { id: tag.name },
    h("h2", {}, tag.name), h("p", {}, prose(tag.description)), operations.map((each) => operation(each, api)));
}

function operation(each, api) {
  const details = h("details", { class: "operation", data: { words: `${each.method} ${each.path} ${each.description}`.toLowerCase() } },
    h("summary", {},
      h("span", { class: "method", data: { method: each.method } }, each.method.toUpperCase()),
      h("code", {}, each.path),
      h("span", { class: "quiet" }, prose(each.description.split(/[.;]\s/)[0]))));
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(inside(each, api)), { once: true });
  return details;
}

/** What an operation takes and answers: made when somebody looks. */
function inside(each, api) {
  return h("div", { class: "inside" },
    h("p", {}, prose(each.description)),
    each.parameters?.length ? h("div", {}, h("h3", {}, "Parameters"), parameters(each.parameters, api)) : null,
    each.requestBody ? h("div", {}, h("h3", {}, "Body"), content(each.requestBody.content, api)) : null,
    Object.entries(each.responses).map(([status, response]) => h("div", {},
      h("h3", {}, status === "default" ? "Any failure" : `Answer ${status}`),
      response.content ? content(response.content, api) : h("p", { class: "quiet" }, "without a body"))),
    h("div", {}, h("h3", {}, "With curl"), h("pre", {}, curl(each, api))));
}

function parameters(all, api) {
  return h("dl", { class: "fields" }, all.map((each) => [
    h("dt", { class: each.required ? "required" : null }, each.name),
    h("dd", {}, h("span", { class: "type" }, `${each.in}, ${typeOf(each.schema, api)}`), ` ${each.description ?? ""}`),
  ]));
}

function content(types, api) {
  // The form of a problem is told once: as what it is sent as.
  const shown = Object.entries(types).filter(([type]) => type !== "application/json" || !types["application/problem+json"]);
  return shown.map(([type, { schema, example }]) => h("div", {},
    h("p", { class: "type" }, schema && schema.type !== "string" ? `${type}: ${typeOf(schema, api)}` : type),
    schema ? fields(schema, api) : null,
    example ? h("pre", {}, typeof example === "string" ? example : JSON.stringify(example, null, 2)) : null));
}

function curl(each, api) {
  const path = each.path.replace(/{(\w+)}/g, (_, name) => {
    const parameter = each.parameters.find((one) => one.name === name);
    return parameter.schema.examples?.[0] ?? exampleOf(parameter.schema, api) ?? name;
  });
  const method = each.method === "get" ? "" : ` -X ${each.method.toUpperCase()}`;
  const [type, body] = Object.entries(each.requestBody?.content ?? {})[0] ?? [];
  const value = body && (body.example ?? exampleOf(body.schema ?? {}, api));
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const data = type ? ` -H 'content-type: ${type}' --data-binary '${text.replaceAll("'", "'\\''")}'` : "";
  return `curl${each.path.endsWith("/events") ? " -N" : ""}${method} ${location.origin}${path}${data}`;
}

function narrow(words) {
  for (const section of document.querySelectorAll("section")) {
    const all = [...section.querySelectorAll(".operation")];
    for (const each of all) each.hidden = !each.dataset.words.includes(words);
    section.hidden = all.every((each) => each.hidden);
  }
}

/** A text whose code stands between backquotes, as nodes. */
function prose(text) {
  return text.split("`").map((part, place) => (place % 2 ? h("code", {}, part) : part));
}
