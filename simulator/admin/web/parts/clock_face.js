/** The operator's time as it goes on, with its speed where that is not a clock's own. */

import { shows } from "../core/clock.js";
import { fill, h, icon } from "../core/dom.js";
import { day, latin, number, time } from "../core/format.js";
import { t } from "../core/i18n.js";

const TICK = 500;

export function clockFace(store) {
  const hour = h("b", {});
  const date = h("span", { class: "quiet" });
  const speed = h("span", { class: "speed" });
  const element = h("span", { class: "clock-face" }, date, hour, speed);
  let clock = null;

  const tick = () => {
    if (!clock) return;
    hour.textContent = time(shows(clock));
    date.textContent = day(shows(clock));
  };
  const stop = store.watch("clock", ({ value }) => {
    clock = value;
    if (!clock) return;
    speed.hidden = clock.speed === 1;
    fill(speed, clock.speed === 0 ? [icon("pause"), t("clock.frozen")] : latin(`×${number(clock.speed)}`));
    tick();
  });
  const timer = setInterval(tick, TICK);
  return {
    element,
    close: () => {
      stop();
      clearInterval(timer);
    },
  };
}
