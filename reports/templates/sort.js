"use strict";
// A click on a heading sorts its table by that column; a second click turns the order round. Empty cells stay last.
const compare = new Intl.Collator(["fa", "en"], { numeric: true }).compare;
const value = (row, place) => {
  const cell = row.cells[place];
  return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
};
const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
for (const heading of document.querySelectorAll("thead th")) {
  heading.addEventListener("click", () => {
    const place = heading.cellIndex;
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentElement.cells) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = heading.closest("table").tBodies[0];
    const rows = [...body.rows].map((row) => [value(row, place), row]);
    rows.sort(([a], [b]) => (a === "") - (b === "") || (down ? order(b, a) : order(a, b)));
    body.append(...rows.map(([, row]) => row));
  });
}
