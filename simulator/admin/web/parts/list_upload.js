/** A form that sends a list of numbers, however long, and shows how far it is. */

import { upload } from "../core/api.js";
import { fill, h, icon } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { failure } from "./failure.js";
import { field, select } from "./field.js";
import { operatorChoices } from "./number_card.js";


/** `done` is called when a list was taken. */
export function listUpload({ say, done }) {
  const file = h("input", { type: "file", accept: ".txt,.csv,text/plain", required: true });
  const list = select([["", t("blacklist.served")], ...operatorChoices()]);
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("blacklist.progress"), hidden: true });
  const words = h("p", { class: "quiet", role: "status" });
  const fault = h("div");
  const buttons = ["put", "take"].map((way) => h("button", { class: way === "take" ? "button danger" : "button primary", value: way },
    icon(way === "put" ? "upload" : "cross"), t(`blacklist.${way}`)));

  async function send(event) {
    event.preventDefault();
    const way = event.submitter?.value ?? "put";
    buttons.forEach((each) => (each.disabled = true));
    bar.hidden = false;
    fill(fault);
    try {
      const query = { listed: String(way === "put"), operator: list.value };
      const { numbers } = await upload("/blacklist/import", query, file.files[0], (share) => {
        bar.value = share;
        words.textContent = share < 1 ? "" : t("blacklist.reading");
      });
      say(t(`blacklist.${way}.done`, { count: numbers }), "good");
      file.value = "";
      done();
    } catch (error) {
      fill(fault, failure(error));
    }
    words.textContent = "";
    bar.hidden = true;
    buttons.forEach((each) => (each.disabled = false));
  }

  return {
    element: h("form", { class: "card list-upload", on: { submit: send } }, h("h2", {}, t("blacklist.upload")),
      h("p", { class: "quiet" }, t("blacklist.upload.what")), field(t("blacklist.file"), file), field(t("blacklist.list"), list),
      h("div", { class: "number-acts" }, buttons), bar, words, fault),
    /** Whether all operators share one list, so that none has its own. */
    share: (isShared) => {
      list.disabled = isShared;
      if (isShared) list.value = "";
    },
  };
}
