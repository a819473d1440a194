/** The interface's words, in the language that is chosen. */

import { language } from "./preferences.js";
import { en } from "../i18n/en.js";
import { fa } from "../i18n/fa.js";
import { faWords } from "../i18n/fa_words.js";

const CATALOGUES = { en, fa: { ...fa, ...faWords } };
const PLURALS = { en: new Intl.PluralRules("en"), fa: new Intl.PluralRules("fa") };

/**
 * A text of the catalogue, with `{name}` replaced by the values.
 *
 * An entry with the forms `one` and `other` is chosen from by the value `count`. Numbers are written in the interface's digits.
 */
export function t(key, values = {}) {
  const entry = CATALOGUES[language()][key];
  if (entry === undefined) throw new Error(`the catalogue ${language()} has no ${key}`);
  const text = typeof entry === "string" ? entry : entry[PLURALS[language()].select(values.count)] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/**
 * How a word of the API is called: a rule, a category, a state.
 *
 * English is the API's own words, spelled for people; Persian has a catalogue, and shows what it lacks as it came.
 */
export function called(kind, word) {
  return CATALOGUES[language()][`${kind}.${word}`] ?? (language() === "en" ? spelled(word) : word);
}

function shown(value) {
  return typeof value === "number" ? new Intl.NumberFormat(locale()).format(value) : String(value);
}

export function locale() {
  return language() === "fa" ? "fa-IR" : "en-GB";
}

function spelled(word) {
  const words = word.toLowerCase().replace(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
