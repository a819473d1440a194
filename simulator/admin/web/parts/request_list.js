/** Requests for service lines: what each waits for, what stands against it, its papers and steps, and what may be done with it. */

import { post } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { date, dayAndTime, latin, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { address } from "../core/router.js";
import { changeForm, written } from "./change_form.js";
import { saidList } from "./change_list.js";
import { input } from "./field.js";
import { paperForm } from "./paper_form.js";
import { clauseText } from "./trace.js";

const DECISIONS = {
  "draft": ["hand-in-request", "withdraw-request"],
  "waiting-for-batch": ["refuse-request", "withdraw-request"],
  "in-review": ["grant-service", "refuse-request", "withdraw-request"],
};

/** A list that keeps its cards, so that what is being written in one stays; `changed` is called when a request was altered. */
export function requestList({ store, own, say, changed }) {
  const cards = new Map();
  const known = { requests: [], catalogue: null, schema: null };
  const element = h("div", { class: "request-list" });
  const nothing = h("p", { class: "quiet" }, t("request.none"));
  const draw = () => {
    if (!known.catalogue || !known.schema) return;
    for (const request of known.requests) {
      if (!cards.has(request.id)) cards.set(request.id, new RequestCard(request, { say, changed, schema: known.schema }));
      cards.get(request.id).update(request, known.catalogue);
    }
    nothing.hidden = known.requests.length > 0;
    const shown = known.requests.map(({ id }) => cards.get(id).element).reverse();
    if (shown.some((card, at) => element.children[at] !== card) || element.children.length !== shown.length + 1) fill(element, shown, nothing);
  };
  const take = (news) => {
    Object.assign(known, news);
    draw();
  };
  own(store.watch("catalogue", ({ value }) => value && take({ catalogue: value })));
  own(store.watch("changes", ({ value }) => value && take({ schema: value.get("supply-document") })));
  return { element, update: (requests) => take({ requests }) };
}

class RequestCard {
  #state = null;
  #paper = null;

  constructor({ id }, { say, changed, schema }) {
    Object.assign(this, { id, say, changed, schema });
    this.summary = h("summary");
    this.facts = h("div", { class: "request-facts" });
    this.acts = h("div", { class: "request-acts" });
    this.element = h("details", { class: "card request", data: { request: id } }, this.summary, this.facts, this.acts);
  }

  /** Shows the request as it is now. What may be done is built anew only where its state is another. */
  update(request, { clauses }) {
    fill(this.summary, h("b", {}, t("request.title", { id: request.id })), h("span", { class: "chip" }, called("route", request.route)),
      whose(request), h("span", { class: "bar-space" }), stateOf(request.state));
    fill(this.facts, facts(request), this.#due(request), reasonsOf(request, clauses), papersOf(request), stepsOf(request));
    if (request.state !== this.#state) {
      this.element.open = request.state in DECISIONS || this.#state !== null;
      this.#state = request.state;
      this.#drawActs();
    }
    this.#paper?.offer(wantedPapers(request));
  }

  #due({ due, state }) {
    if (!due) return null;
    const jump = async () => {
      try {
        await post("/clock/jump", { to: due });
        this.say(t("request.jumped"), "good");
      } catch (error) {
        this.say(error.message, "bad");
      }
      this.changed();
    };
    return h("p", { class: "request-due" }, icon("wait"), t(state === "draft" ? "request.lapses" : "request.due"), " ", h("b", {}, moment(due, dayAndTime)),
      h("button", { class: "button small", type: "button", on: { click: jump } }, icon("clock"), t("request.jump")));
  }

  #drawActs() {
    const isDraft = this.#state === "draft";
    this.#paper = isDraft ? paperForm(this.id, this.schema, () => this.changed()) : null;
    fill(this.acts,
      isDraft && h("section", { class: "sub" }, h("h3", {}, t("request.supply")), this.#paper.element),
      h("div", { class: "acts" }, (DECISIONS[this.#state] ?? []).map((kind) => this.#decision(kind))));
  }

  #decision(kind) {
    const isRefusal = kind === "refuse-request";
    const controls = isRefusal ? { reason: input({ dir: "auto", maxlength: 500, required: true }) } : {};
    return changeForm(kind, {
      fields: Object.entries(controls).map(([name, control]) => ({ path: name, label: called("stated", name), control })),
      body: () => ({ request: this.id, ...written(controls) }),
      made: () => this.changed(),
      isDanger: isRefusal || kind === "withdraw-request",
    });
  }
}

/** The kinds of papers that stand against a request: several may do for one. */
function wantedPapers({ reasons }) {
  return [...new Set(reasons.flatMap(({ document }) => (document ? document.split(" or ") : [])))];
}

function whose({ line, granted_line: granted }) {
  const number = line ?? granted;
  if (!number) return h("span", { class: "quiet" }, t("request.no-line"));
  return h("a", { href: address(["lines", number]) }, latin(number));
}

function stateOf(state) {
  return h("span", { class: "state", data: { state } }, called("request_state", state));
}

function facts(request) {
  const shown = [
    ["account", h("bdi", {}, request.account)],
    ["owner", h("bdi", {}, request.owner.name || "–")],
    ["represents", request.represents && h("bdi", {}, request.represents)],
    ["digits", request.digits && latin(request.digits)],
    ["asked", moment(request.asked_at, dayAndTime)],
    ["counts-from", request.counts_from && date(`${request.counts_from}T12:00:00+03:30`)],
    ["granted", request.granted_line && latin(request.granted_line)],
  ];
  return h("dl", { class: "fact-grid" },
    shown.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(`request.${name}`)), h("dd", {}, value))));
}

/** Why a request is refused, or would be: clause by clause, with the papers that are missing or not in order. */
function reasonsOf({ reasons, state }, clauses) {
  if (reasons.length === 0) return state === "draft" && h("p", { class: "calm" }, icon("check"), t("request.in-order"));
  const found = new Map();
  for (const reason of reasons) found.set(reason.clause, [...(found.get(reason.clause) ?? []), reason]);
  return h("section", { class: "sub objections", data: { verdict: state === "draft" ? "counted" : "refused" } },
    h("h3", {}, t(state === "draft" ? "request.stands-against" : "request.refused-for")),
    [...found].map(([clause, each]) => h("div", { class: "objection" },
      h("ul", {}, each.map(({ why, document }) => h("li", {},
        document && document.split(" or ").map((kind) => h("span", { class: "chip" }, called("document", kind))),
        h("span", { lang: "en", dir: "ltr" }, why)))),
      clauses.has(clause) && clauseText(clauses.get(clause)))));
}

function papersOf({ documents }) {
  return documents.length > 0 && h("section", { class: "sub" }, h("h3", {}, t("request.papers")),
    h("ul", { class: "papers" }, documents.map(({ kind, ...said }) => h("li", {}, h("b", {}, called("document", kind)), saidList(Object.entries(said))))));
}

function stepsOf({ steps }) {
  return steps.length > 0 && h("section", { class: "sub" }, h("h3", {}, t("request.steps")),
    h("ol", { class: "change-list" }, steps.map(({ at, event }) => h("li", {},
      h("span", { class: "quiet" }, moment(at, dayAndTime)), h("b", {}, called("request_event", event))))));
}
