/** Who is bound: how fast each sends, how full its windows are, and how to end it. */

import { post, remove } from "../core/api.js";
import { fill, h, icon, svg } from "../core/dom.js";
import { latin, moment, number } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { paced } from "../core/pace.js";
import { connectPanel } from "../parts/connect.js";
import { failure } from "../parts/failure.js";
import { gauge } from "../parts/gauge.js";
import { heading } from "../view.js";

const READING = 1000;
const REMEMBERED = 60;

export default {
  name: "sessions",
  icon: "sessions",
  group: "watch",
  key: "s",
  mount: (root, { store, own, say }) => {
    const cards = new Map();
    const grid = h("div", { class: "session-grid" });
    const connect = connectPanel({ store, say });
    const trouble = h("div");
    const nobody = h("p", { class: "quiet" }, t("session.nobody"));
    fill(root, h("div", { class: "view" }, heading("sessions"), trouble, nobody, grid, connect.element));
    own(connect.close);
    own(store.watch("sessions", ({ value, error }) => {
      fill(trouble, error && failure(error, () => store.refresh("sessions")));
      if (!value) return;
      nobody.hidden = connect.element.hidden = value.sessions.length > 0;
      draw(grid, cards, value.sessions, { store, say });
    }));
    const read = paced(() => cards.size > 0 && store.refresh("sessions"), READING);
    const timer = setInterval(read, READING);
    own(() => clearInterval(timer));
  },
};

/** Keeps the card of each session, so that what has the focus keeps it, and drops those of the ended. */
function draw(grid, cards, sessions, context) {
  const bound = new Set(sessions.map(({ id }) => id));
  for (const [id, card] of cards) {
    if (bound.has(id)) continue;
    card.element.remove();
    cards.delete(id);
  }
  for (const session of sessions) {
    if (!cards.has(session.id)) {
      cards.set(session.id, makeCard(session, context));
      grid.append(cards.get(session.id).element);
    }
    cards.get(session.id).update(session);
  }
}

function makeCard(session, { store, say }) {
  const rates = [];
  const numbers = h("dl", { class: "fact-grid" });
  const gauges = h("div", { class: "gauges" });
  const act = (ask, done) => async () => {
    try {
      await ask();
      say(t(done, { account: session.account }), "good");
    } catch (error) {
      say(error.message, "bad");
    }
    store.refresh("sessions");
  };
  const element = h("article", { class: "card session", "aria-label": t("session.title", { account: session.account }) },
    h("header", {},
      h("h2", {}, h("bdi", {}, session.account)), h("span", { class: "chip" }, called("bind_type", session.bind_type)),
      session.tls && h("span", { class: "chip" }, "TLS"), h("span", { class: "bar-space" }),
      h("button", { class: "button small", type: "button", on: { click: act(() => post(`/sessions/${session.id}/unbind`), "session.unbound") } },
        t("session.unbind")),
      h("button", { class: "button small danger", type: "button", on: { click: act(() => remove(`/sessions/${session.id}`), "session.dropped") } },
        icon("cross"), t("session.drop"))),
    gauges, numbers);
  return { element, update: (now) => {
    rates.push(now.rate);
    if (rates.length > REMEMBERED) rates.shift();
    fill(gauges, rateGauge(rates), gauge(t("session.window"), now.in_flight, now.window), gauge(t("session.window-out"), now.waiting, now.window_out));
    fill(numbers, [
      ["peer", latin(now.peer ?? "–", "code")],
      ["bound-at", moment(now.bound_at)],
      ["version", latin(now.interface_version, "code")],
      ["submitted", number(now.submitted)],
      ["delivered", number(now.delivered)],
    ].map(([name, value]) => h("div", {}, h("dt", {}, t(`session.${name}`)), h("dd", {}, value))));
  } };
}

/** Messages a second, over the last minute. */
function rateGauge(rates) {
  const most = Math.max(...rates, 1);
  const points = rates.map((rate, at) => `${((REMEMBERED - rates.length + at) * 100) / (REMEMBERED - 1)},${30 - (28 * rate) / most}`);
  return h("div", { class: "gauge" },
    h("span", { class: "gauge-name" }, t("session.rate")),
    h("span", { class: "gauge-value" }, t("session.per-second", { n: rates.at(-1) })),
    svg("svg", { class: "spark", viewBox: "0 0 100 32", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("polyline", { points: points.join(" ") })));
}
