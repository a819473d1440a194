/** Numbers, moments and spans of time as the interface writes them. Moments are the operator's, in Tehran's time. */

import { h } from "./dom.js";
import { locale, t } from "./i18n.js";

const ZONE = "Asia/Tehran";
const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  exact: { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  date: { weekday: "short", day: "numeric", month: "long", year: "numeric" },
};
const made = new Map();

export function number(value) {
  return remembered(`number ${locale()}`, () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 })).format(value);
}

/** Hours, minutes and seconds. */
export function time(moment) {
  return formatted("time", moment);
}

/** Likewise, to the millisecond. */
export function exactTime(moment) {
  return formatted("exact", moment);
}

/** Day and month; in Persian by the Jalali calendar. */
export function day(moment) {
  return formatted("day", moment);
}

export function dayAndTime(moment) {
  return `${day(moment)} ${time(moment)}`;
}

/** Weekday, day, month and year. */
export function date(moment) {
  return t("date", Object.fromEntries(parts("date", moment).map(({ type, value }) => [type, value])));
}

/** The day by the calendar that the interface's language does not use: Jalali in English, Gregorian in Persian. */
export function otherCalendar(moment) {
  const name = locale() === "fa-IR" ? "gregory" : "persian";
  const make = () => new Intl.DateTimeFormat(`${locale()}-u-ca-${name}`, { timeZone: ZONE, day: "numeric", month: "long", year: "numeric" });
  const parts = remembered(`other ${locale()}`, make).formatToParts(moment);
  return parts.filter(({ type }) => type !== "era").map(({ value }) => value).join("").trim();
}

/** Whether two moments are on one day in Tehran. */
export function sameDay(one, other) {
  return formatted("date", one) === formatted("date", other);
}

/** A span of seconds: milliseconds below one, days and hours when it is long. */
export function span(seconds) {
  const size = Math.abs(seconds);
  if (size < 1) return t("span.ms", { n: Math.round(seconds * 1000) });
  if (size < 60) return t("span.s", { n: Math.round(seconds * 10) / 10 });
  if (size < 3600) return t("span.min", { n: Math.round(seconds / 6) / 10 });
  if (size < 86400) return t("span.h", { n: Math.round(seconds / 360) / 10 });
  return t("span.d", { n: Math.round(seconds / 8640) / 10 });
}

/** A number, a code or a word of the wire: left to right wherever it stands, and in the digits that it was sent in. */
export function latin(text, className = "") {
  return h("bdi", { dir: "ltr", class: `latin ${className}`.trim() }, text);
}

/** A moment as an element that tells machines, and whoever points at it, all of it. */
export function moment(value, shown = time) {
  return h("time", { datetime: new Date(value).toISOString(), title: `${date(value)} ${exactTime(value)}` }, shown(value));
}

function formatted(kind, value) {
  return formatOf(kind).format(posix(value));
}

function parts(kind, value) {
  return formatOf(kind).formatToParts(posix(value));
}

function formatOf(kind) {
  return remembered(`${kind} ${locale()}`, () => new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...FORMATS[kind] }));
}

/** Milliseconds since 1970 of a moment, which the API writes as ISO 8601. */
function posix(value) {
  return typeof value === "string" ? Date.parse(value) : value;
}

function remembered(key, make) {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}
