/** What would become of a message: judged while it is written, without being sent. */

import { post } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { latin, moment } from "../core/format.js";
import { called, t } from "../core/i18n.js";
import { go } from "../core/router.js";
import { field, input, showFaults } from "../parts/field.js";
import { contentChips, reasonBox } from "../parts/reason_box.js";
import { textPanel } from "../parts/text_panel.js";
import { trace } from "../parts/trace.js";
import { vendorTable } from "../parts/vendor_codes.js";
import { badge, kindOf } from "../parts/verdict.js";
import { heading } from "../view.js";

const PAUSE = 350;
const FIELDS = ["from", "to", "text", "at"];
const EXAMPLES = [
  ["order", "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."],
  ["code", "کد ورود شما به فروشگاه نمونه: ۴۸۲۱۹۵"],
  ["sale", "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir\nلغو ۱۱"],
  ["draw", "برندهٔ خوش‌شانس قرعه‌کشی ما شدید! برای دریافت جایزه تماس بگیرید."],
  ["feast", "فرارسیدن عید نوروز بر شما و خانوادهٔ گرامی مبارک باد."],
];

export default {
  name: "explain",
  icon: "explain",
  group: "steer",
  key: "e",
  mount: (root, context) => {
    const view = new ExplainView(root, context);
    return { update: (place) => view.show(place.query) };
  },
};

class ExplainView {
  #timer = 0;
  #turn = 0;
  #catalogue = null;
  #answer = null;

  constructor(root, { store, own, place }) {
    const changed = { input: () => this.#soon() };
    this.inputs = {
      from: input({ list: "explain-lines", dir: "ltr", maxlength: 40, on: changed }),
      to: input({ dir: "ltr", maxlength: 40, inputmode: "tel", placeholder: "09121234567", on: changed }),
      text: h("textarea", { rows: 6, dir: "auto", on: changed }),
      at: input({ type: "datetime-local", dir: "ltr", on: changed }),
    };
    this.lines = h("datalist", { id: "explain-lines" });
    this.fault = h("p", { class: "field-fault", role: "alert" });
    this.form = h("form", { class: "explain-form card", on: { submit: (event) => event.preventDefault() } },
      FIELDS.map((name) => field(t(`explain.${name}`), this.inputs[name], `body.${name}`, name === "at" ? t("explain.at.what") : "")),
      this.lines, this.fault,
      h("div", { class: "examples" }, h("span", { class: "quiet" }, t("explain.examples")),
        EXAMPLES.map(([name, text]) => h("button", { class: "ghost small", type: "button", on: { click: () => this.#try(text) } }, t(`explain.example.${name}`)))));
    this.result = h("div", { class: "explain-result", "aria-live": "polite" });
    fill(root, h("div", { class: "view" }, heading("explain"), h("div", { class: "explain" }, this.form, this.result)));
    own(() => {
      this.#turn += 1;
      clearTimeout(this.#timer);
    });
    own(store.watch("lines", ({ value }) => value && this.#offer(value.lines)));
    own(store.watch("catalogue", ({ value }) => {
      this.#catalogue = value;
      this.#draw();
    }));
    this.show(place.query);
  }

  /** Shows the message of an address, if that is another one. */
  show(query) {
    if (FIELDS.every((name) => this.#values[name] === (query[name] ?? ""))) return;
    for (const name of FIELDS) this.inputs[name].value = query[name] ?? "";
    this.#ask();
  }

  #offer(lines) {
    fill(this.lines, lines.map((line) => h("option", { value: line.number }, called("line_type", line.type))));
    if (!this.inputs.from.value && lines.length > 0) this.inputs.from.value = lines[0].number;
  }

  #try(text) {
    this.inputs.text.value = text;
    if (!this.inputs.to.value) this.inputs.to.value = "09121234567";
    this.#changed();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed(), PAUSE);
  }

  #changed() {
    this.#ask();
    go(["explain"], this.#values, { replace: true });
  }

  get #values() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.inputs[name].value]));
  }

  async #ask() {
    const values = this.#values;
    if (!values.from || !values.to || !values.text) {
      this.#answer = null;
      this.#draw();
      return;
    }
    const turn = ++this.#turn;
    try {
      const answer = await post("/explain", { ...values, at: values.at || null });
      if (turn !== this.#turn) return;
      this.#answer = answer;
      this.fault.textContent = showFaults(this.form, null);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#answer = null;
      this.fault.textContent = showFaults(this.form, error);
    }
    this.#draw();
  }

  #draw() {
    const answer = this.#answer;
    if (!answer || !this.#catalogue) {
      fill(this.result, h("p", { class: "nothing" }, t("explain.nothing")));
      return;
    }
    const { verdict } = answer;
    fill(this.result, h("article", { class: "message", data: { verdict: kindOf(verdict.outcome, verdict.rule) } },
      h("div", { class: "message-bar" }, badge(kindOf(verdict.outcome, verdict.rule)), h("span", { class: "quiet" }, moment(answer.at))),
      reasonBox(verdict, this.#catalogue, told(answer.answer)),
      textPanel(this.inputs.text.value, verdict.content, verdict.content && contentChips(verdict.content)),
      factGrid(answer),
      h("section", { class: "message-section" }, h("h3", {}, t("message.trace")), trace(verdict, this.#catalogue)),
      verdict.vendors.length > 0 && h("details", { class: "message-section fold-section" },
        h("summary", {}, h("h3", {}, t("message.vendors"))), vendorTable(verdict.vendors))));
  }
}

function told(answer) {
  if (!answer) return t("told.accepted");
  if (answer.style === "submit") return [t("told.submit"), " ", latin(answer.command_status, "code")];
  if (answer.style === "receipt") return [t("told.receipt"), " ", called("state", answer.state), " ", latin(`err ${answer.err}`, "code")];
  return t(answer.style === "hold" ? "told.hold" : "told.silence");
}

function factGrid(answer) {
  const facts = [
    ["account", answer.account || "–"],
    ["line_type", answer.line_type ? called("line_type", answer.line_type) : t("fact-grid.no-line")],
    ["to", latin(answer.to)],
    ["operator", answer.operator && called("operator", answer.operator)],
    ["blacklisted", t(answer.blacklisted ? "said.yes" : "said.no")],
    ["header_stopped", t(answer.header_stopped ? "said.yes" : "said.no")],
    ["pattern", answer.pattern],
  ];
  return h("dl", { class: "fact-grid" },
    facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(`fact-grid.${name}`)), h("dd", {}, h("bdi", {}, value)))));
}
