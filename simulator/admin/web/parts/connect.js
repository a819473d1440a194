/** How to connect: where the operator listens, who may bind, and a program that sends the first message. */

import { fill, h, icon } from "../core/dom.js";
import { latin } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { SNIPPETS } from "./snippets.js";

/** The panel; `close` ends what it watches. */
export function connectPanel({ store, say }) {
  const known = { doors: null, accounts: [], lines: [] };
  let chosen = SNIPPETS[0];
  const element = h("section", { class: "connect", "aria-label": t("connect.title") });
  const draw = () => known.doors && fill(element, content(known, chosen, (snippet) => {
    chosen = snippet;
    draw();
  }, say));
  const take = (name, unpack) => store.watch(name, ({ value }) => {
    if (!value) return;
    known[name] = unpack(value);
    draw();
  });
  const stops = [
    take("doors", (doors) => doors),
    take("accounts", (accounts) => accounts),
    take("lines", ({ lines }) => lines),
  ];
  return { element, close: () => stops.forEach((stop) => stop()) };
}

function content({ doors, accounts, lines }, chosen, choose, say) {
  const door = doors.smpp ?? doors.smpps;
  if (!door) return h("p", {}, t("connect.no-door"));
  const line = lines.find((each) => each.type === "dedicated_service") ?? lines[0];
  const program = chosen.program({
    host: reachable(door.host), port: door.port,
    account: line?.account ?? accounts[0]?.system_id ?? "panel", line: line?.number ?? "3000200020",
  });
  return [
    h("h2", {}, t("connect.title")),
    h("p", { class: "quiet" }, t("connect.what")),
    h("dl", { class: "connect-facts" },
      fact("address", copied(`${reachable(door.host)}:${door.port}`, say)),
      doors.smpps && fact("tls", copied(`${reachable(doors.smpps.host)}:${doors.smpps.port}`, say)),
      fact("account", accounts.slice(0, 4).map(({ system_id }) => copied(system_id, say))),
      fact("password", h("span", {}, t("connect.password.what"))),
      fact("lines", h("span", { class: "connect-lines" }, lines.slice(0, 6).map((each) =>
        h("span", {}, latin(each.number), " ", h("span", { class: "chip" }, called("line_type", each.type))))))),
    h("div", { class: "tabs", role: "group", "aria-label": t("connect.client") }, SNIPPETS.map((snippet) => h("button", {
      class: "tab", type: "button", "aria-pressed": String(snippet === chosen), on: { click: () => choose(snippet) },
    }, h("bdi", {}, snippet.name)))),
    h("div", { class: "program", dir: "ltr" },
      h("pre", { tabindex: "0" }, h("code", {}, program)),
      h("button", { class: "button small", type: "button", on: { click: () => copy(program, say) } }, icon("copy"), t("message.copy"))),
  ];
}

function fact(name, value) {
  return h("div", {}, h("dt", {}, t(`connect.${name}`)), h("dd", {}, value));
}

function copied(text, say) {
  return h("button", { class: "copied", type: "button", title: t("connect.copy"), on: { click: () => copy(text, say) } }, latin(text, "code"), icon("copy"));
}

async function copy(text, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(t("connect.copied"), "good");
  } catch (error) {
    say(error.message, "bad");
  }
}

/** An operator that listens on all addresses is reached where this page came from. */
function reachable(host) {
  return host === "0.0.0.0" || host === "::" ? location.hostname : host;
}
