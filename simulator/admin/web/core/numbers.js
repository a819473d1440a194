/** Mobile numbers as people write them. */

const WHOLE = /^(\+98|0098|98|0)?9\d{9}$/;
const NORMAL = /^989\d{9}$/;

/** Whether the API's form of an address is that of a mobile number. */
export function isMobile(number) {
  return NORMAL.test(number);
}

/** A text with Persian and Arabic digits as Latin ones, and without what is put between them. */
export function folded(text) {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.codePointAt(0) & 15)).replace(/[\s\-()]/g, "");
}

/** Whether a text is a whole Iranian mobile number in any form, and not only how one begins. */
export function isWhole(text) {
  return WHOLE.test(folded(text));
}

/** A number as its owner says it: 0912…, of 98912…. */
export function local(number) {
  return number.replace(/^98/, "0");
}
