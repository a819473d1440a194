/** A recipient, with the way to its phone where it has one. */

import { h } from "../core/dom.js";
import { latin } from "../core/format.js";
import { t } from "../core/i18n.js";
import { isMobile } from "../core/numbers.js";
import { address } from "../core/router.js";

/** A number as it is shown, leading to the conversation of its handset with a line; `number` is in normal form, if it is a mobile one. */
export function handsetLink(number, line, shown = number, properties = {}) {
  if (!isMobile(number)) return latin(shown);
  return h("a", { class: "handset-link", href: address(["phone", number, line]), title: t("phone.open"), ...properties }, latin(shown));
}
