/** What happened to a message, moment by moment, with its receipts. */

import { h } from "../core/dom.js";
import { date, exactTime, latin, moment, sameDay, span } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { language } from "../core/preferences.js";
import { stateChip } from "./verdict.js";

/** The timeline of a message as `GET /messages/{id}` tells it. */
export function timeline(message) {
  const events = eventsOf(message).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  let before = null;
  const rows = events.map((event) => {
    const since = before && (Date.parse(event.at) - Date.parse(before.at)) / 1000;
    const isNewDay = !before || !sameDay(before.at, event.at);
    before = event;
    return [
      isNewDay && h("li", { class: "timeline-day quiet" }, date(event.at)),
      h("li", { class: "event", data: { tone: event.tone } },
        h("span", { class: "event-time" }, moment(event.at, exactTime)),
        h("div", { class: "event-body" },
          h("b", {}, event.what),
          event.state && stateChip(event.state),
          event.err && latin(event.err, "code"),
          event.note && h("span", { class: "quiet" }, h("bdi", {}, event.note)),
          since > 0 && h("span", { class: "since quiet" }, t("timeline.since", { span: span(since) })))),
    ];
  });
  return h("ol", { class: "timeline" }, rows);
}

function eventsOf(message) {
  const history = message.history.map(({ at, event, state, err, note }) => ({
    at, what: called("event", event), tone: state, state, err: err === "000" ? "" : `err ${err}`,
    note: language() === "en" ? note : "",
  }));
  return [...history, ...message.receipts.flatMap(receiptEvents)];
}

function receiptEvents(receipt) {
  const what = (key) => t(`receipt.${key}`, { kind: called("receipt_kind", receipt.kind), state: called("state", receipt.state) });
  return [
    receipt.sent_at && {
      at: receipt.sent_at, what: what("sent"), tone: "receipt", err: `err ${receipt.err}`,
      note: receipt.attempts > 1 ? t("receipt.attempts", { count: receipt.attempts }) : "",
    },
    receipt.acknowledged_at && { at: receipt.acknowledged_at, what: what("acknowledged"), tone: "receipt" },
    receipt.given_up_at && { at: receipt.given_up_at, what: what("given-up"), tone: "REJECTED" },
  ].filter(Boolean);
}
