/** What a person chose for this browser: language and theme. The system's own wishes hold until then. */

const LANGUAGES = ["en", "fa"];
const THEMES = ["light", "dark"];

export function language() {
  const chosen = read("language");
  return LANGUAGES.includes(chosen) ? chosen : navigator.language.startsWith("fa") ? "fa" : "en";
}

export function theme() {
  const chosen = read("theme");
  return THEMES.includes(chosen) ? chosen : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function chooseLanguage(name) {
  write("language", name);
  apply();
}

export function chooseTheme(name) {
  write("theme", name);
  apply();
}

/** Has the document follow what was chosen; style sheets do the rest. */
export function apply() {
  const root = document.documentElement;
  root.lang = language();
  root.dir = root.lang === "fa" ? "rtl" : "ltr";
  root.dataset.theme = theme();
}

function read(name) {
  try {
    return localStorage.getItem(`khatban.${name}`);
  } catch {
    return null; // a browser that keeps nothing for this page
  }
}

function write(name, value) {
  try {
    localStorage.setItem(`khatban.${name}`, value);
  } catch {
    document.documentElement.dataset[name] = value;
  }
}
