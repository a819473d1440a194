/** The filters of the inbox: verdicts with their counts, a search, and what else `GET /messages` can be asked. */

import { h, icon, fill } from "../core/dom.js";
import { number } from "../core/format.js";
import { called, t } from "../core/i18n.js";

const VERDICTS = ["", "accepted", "refused"];
const STATES = ["DELIVERED", "ENROUTE", "SCHEDULED", "UNDELIVERABLE", "REJECTED", "EXPIRED", "DELETED", "ACCEPTED", "SKIPPED", "UNKNOWN"];
const FIELDS = ["line", "to", "account", "rule", "state", "since", "until"];
const PAUSE = 250;

/** `changed` is called with the filters that a person wants; `follow` when following is to be switched. */
export class FilterBar {
  #filters = {};
  #timer = 0;

  constructor({ changed, follow }) {
    this.changed = changed;
    this.tabs = VERDICTS.map((verdict) => this.#tab(verdict));
    this.search = h("input", {
      type: "search", class: "search-input", placeholder: t("filter.search"), "aria-label": t("filter.search"), dir: "auto",
      autocomplete: "off", spellcheck: "false", maxlength: "1000", on: { input: () => this.#soon("text", this.search.value) },
    });
    this.following = h("button", { class: "button follow", type: "button", "aria-pressed": "true", on: { click: follow } });
    this.fields = Object.fromEntries(FIELDS.map((name) => [name, this.#field(name)]));
    this.more = h("div", { class: "filter-fields", id: "filter-fields", hidden: true },
      FIELDS.map((name) => h("label", { class: "field" }, h("span", {}, t(`filter.${name}`)), this.fields[name])),
      h("button", { class: "ghost small", type: "button", on: { click: () => changed({}) } }, icon("close"), t("messages.clear")));
    this.toggle = h("button", {
      class: "ghost", type: "button", "aria-expanded": "false", "aria-controls": "filter-fields", on: { click: () => this.#open(this.more.hidden) },
    }, icon("filter"), h("span", { class: "wide-only" }, t("filter.more")));
    this.element = h("div", { class: "filter-bar", role: "search" },
      h("div", { class: "filter-line" },
        h("div", { class: "tabs", role: "group", "aria-label": t("filter.verdict") }, this.tabs),
        h("label", { class: "search" }, icon("search"), this.search, h("kbd", { class: "wide-only" }, "/")),
        this.toggle, this.following),
      this.more);
    this.showFollowing(true);
  }

  /** Shows the filters that hold. */
  show(filters) {
    clearTimeout(this.#timer);
    this.#filters = filters;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.verdict === (filters.verdict ?? "")));
    if (this.search.value !== (filters.text ?? "")) this.search.value = filters.text ?? "";
    for (const name of FIELDS) {
      this.fields[name].value = filters[name] ?? "";
      if (filters[name]) this.#open(true);
    }
    this.toggle.classList.toggle("is-on", FIELDS.some((name) => filters[name]));
  }

  /** Shows how many there are of all, of the accepted and of the refused. */
  tell(totals) {
    totals.forEach((total, index) => fill(this.tabs[index].lastChild, total === null ? "" : number(total)));
  }

  /** Offers the rules by which messages may have been refused. */
  offer(rules) {
    fill(this.fields.rule, options("rule", [...rules]));
    this.fields.rule.value = this.#filters.rule ?? "";
  }

  showFollowing(follows) {
    this.following.setAttribute("aria-pressed", String(follows));
    this.following.title = t("filter.follow.what");
    fill(this.following, icon(follows ? "pause" : "play"), h("span", { class: "wide-only" }, t(follows ? "filter.pause" : "filter.follow")));
  }

  focus() {
    this.search.focus();
    this.search.select();
  }

  /** Leaves the fields; false if one was in none of them. */
  blur() {
    const active = document.activeElement;
    if (!this.element.contains(active)) return false;
    active.blur();
    return true;
  }

  #tab(verdict) {
    return h("button", {
      class: "tab", type: "button", data: { verdict }, "aria-pressed": "false",
      on: { click: () => this.#set("verdict", verdict) },
    }, t(verdict ? `verdict.${verdict}` : "filter.all"), h("span", { class: "count" }));
  }

  #field(name) {
    if (name === "state" || name === "rule") {
      const choice = h("select", { on: { change: (event) => this.#set(name, event.target.value) } });
      return fill(choice, options("state", name === "state" ? STATES : []));
    }
    const isMoment = name === "since" || name === "until";
    return h("input", {
      type: isMoment ? "datetime-local" : "text", dir: "ltr", autocomplete: "off", spellcheck: "false", maxlength: "100", step: isMoment ? "1" : null,
      on: { input: (event) => this.#soon(name, event.target.value) },
    });
  }

  #open(opens) {
    this.more.hidden = !opens;
    this.toggle.setAttribute("aria-expanded", String(opens));
  }

  /** What was being written is not looked for any more: the person has gone elsewhere. */
  close() {
    clearTimeout(this.#timer);
  }

  #soon(name, value) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#set(name, value), PAUSE);
  }

  #set(name, value) {
    const { [name]: _, ...others } = this.#filters;
    this.changed(value ? { ...others, [name]: value } : others);
  }
}

function options(kind, words) {
  return [h("option", { value: "" }, t("filter.any")), words.map((word) => h("option", { value: word }, called(kind, word)))];
}
