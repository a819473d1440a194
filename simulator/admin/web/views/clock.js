/** The operator's clock: what it shows, how fast it runs, and how to jump to a moment that matters. */

import { ApiError, post, put } from "../core/api.js";
import { shows } from "../core/clock.js";
import { fill, h, icon } from "../core/dom.js";
import { date, latin, number, otherCalendar, span, time } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { field, input, showFaults } from "../parts/field.js";
import { heading } from "../view.js";

const SPEEDS = [0, 1, 10, 60, 600, 3600];
const STEPS = [60, 600, 3600, 6 * 3600, 86400, 7 * 86400];
const HOURS = [7, 9, 12, 18, 22];
const DAY = 86400;
const TEHRAN_OFFSET = 3.5 * 3600;
const TICK = 250;

export default {
  name: "clock",
  icon: "clock",
  group: "steer",
  key: "c",
  mount: (root, context) => new ClockView(root, context),
};

class ClockView {
  #clock = null;

  constructor(root, { store, own, say }) {
    Object.assign(this, { store, say });
    this.face = h("div", { class: "big-clock" });
    this.hour = h("div", { class: "big-hour" });
    this.dates = h("div", { class: "big-dates" });
    this.windows = h("div", { class: "day-windows" });
    this.hand = h("i", { class: "day-hand" });
    this.speeds = h("div", { class: "tabs", role: "group", "aria-label": t("clock.speed") }, SPEEDS.map((speed) => h("button", {
      class: "tab", type: "button", data: { speed }, "aria-pressed": "false", on: { click: () => this.#do(() => put("/clock/speed", { speed })) },
    }, speed === 0 ? [icon("pause"), t("clock.freeze")] : latin(`×${number(speed)}`))));
    this.target = input({ type: "datetime-local", step: "1", dir: "ltr", required: true });
    this.form = h("form", { class: "clock-form", on: { submit: (event) => this.#jumpTo(event) } },
      field(t("clock.to"), this.target, "body.to"), h("button", { class: "button primary" }, t("clock.jump")));
    this.fault = h("p", { class: "field-fault", role: "alert" });
    fill(root, h("div", { class: "view clock-view" }, heading("clock"),
      h("section", { class: "card" }, fill(this.face, this.hour, this.dates),
        h("div", { class: "day-strip", dir: "ltr", "aria-hidden": "true" }, this.hand, [0, 6, 12, 18, 24].map((each) =>
          h("span", { style: { "inset-inline-start": `${(each / 24) * 100}%` } }, number(each)))),
        this.windows),
      h("section", { class: "card" }, h("h2", {}, t("clock.speed")), h("p", { class: "quiet" }, t("clock.speed.what")), this.speeds),
      h("section", { class: "card" }, h("h2", {}, t("clock.jump")), h("p", { class: "quiet" }, t("clock.jump.what")),
        h("div", { class: "clock-steps" }, STEPS.map((by) => this.#button(t("clock.by", { span: span(by) }), () => ({ by })))),
        h("div", { class: "clock-steps" }, HOURS.map((hour) => this.#button(t("clock.next", { hour }), () => ({ by: this.#until(hour) })))),
        this.form, this.fault)));
    own(store.watch("clock", ({ value }) => this.#take(value)));
    own(store.watch("profile", ({ value }) => value && fill(this.windows, windowsOf(value.settings).map(windowRow))));
    const timer = setInterval(() => this.#tick(), TICK);
    own(() => clearInterval(timer));
  }

  #button(label, wanted) {
    return h("button", { class: "button", type: "button", on: { click: () => this.#do(() => post("/clock/jump", wanted())) } }, label);
  }

  #take(clock) {
    this.#clock = clock;
    for (const tab of this.speeds.children) tab.setAttribute("aria-pressed", String(clock && Number(tab.dataset.speed) === clock.speed));
    this.#tick();
  }

  #tick() {
    if (!this.#clock) return;
    const now = shows(this.#clock);
    this.hour.textContent = time(now);
    fill(this.dates, h("b", {}, date(now)), h("span", { class: "quiet" }, otherCalendar(now)));
    this.hand.style.setProperty("inset-inline-start", `${(secondOfDay(now) / DAY) * 100}%`);
  }

  /** Seconds until the next time that it is a full hour in Tehran. */
  #until(hour) {
    const rest = hour * 3600 - secondOfDay(shows(this.#clock));
    return rest > 0 ? rest : rest + DAY;
  }

  #jumpTo(event) {
    event.preventDefault();
    this.#do(() => post("/clock/jump", { to: this.target.value }));
  }

  async #do(ask) {
    try {
      await ask();
      this.fault.textContent = showFaults(this.form, null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault.textContent = showFaults(this.form, error);
    }
    await this.store.refresh("clock");
  }
}

/** In which hours each operator takes advertising, as `{operator, open, close}` with hours of the day. */
function windowsOf(settings) {
  const found = new Map();
  for (const { path, value } of settings) {
    const [, operator, end] = /^hours\.(\w+)\.(open|close)$/.exec(path) ?? [];
    if (operator) found.set(operator, { ...found.get(operator), operator, [end]: hourOf(value) });
  }
  return [...found.values()];
}

function windowRow({ operator, open, close }) {
  const pieces = open < close ? [[open, close]] : [[0, close], [open, 24]];
  return h("div", { class: "day-window" },
    h("span", { class: "quiet" }, t("clock.window", { operator: called("operator", operator) })),
    h("div", { class: "day-bar", dir: "ltr", role: "img", "aria-label": t("clock.window.hours", { open, close }), title: t("clock.window.hours", { open, close }) },
      pieces.map(([from, to]) => h("i", { style: { "inset-inline-start": `${(from / 24) * 100}%`, "inline-size": `${((to - from) / 24) * 100}%` } }))));
}

function hourOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours + minutes / 60;
}

function secondOfDay(milliseconds) {
  return (((milliseconds / 1000 + TEHRAN_OFFSET) % DAY) + DAY) % DAY;
}
