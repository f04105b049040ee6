/* Cuts a long table into pages of paper, each with head, foot and number: what is seen is what is printed. Floor: Chromium 80. */
(function () {
  "use strict";
  const whole = document.querySelector(".ledger .page");
  if (!whole) return;
  const high = (box) => box.getBoundingClientRect().height;
  const table = whole.querySelector("table");
  const rows = Array.from(table.tBodies[0].rows);
  const heights = rows.map(high);
  Array.from(table.tHead.rows[0].cells).map((cell) => [cell, cell.getBoundingClientRect().width])
    .forEach(([cell, wide]) => { cell.style.width = wide + "px"; });
  table.style.tableLayout = "fixed";
  const style = getComputedStyle(whole);
  const least = parseFloat(style.minHeight) - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const room = least - high(whole.querySelector("header")) - high(whole.querySelector("footer")) - high(table.tHead) - 4;
  const pages = [[]];
  let used = 0;
  rows.forEach((row, n) => {
    if (used + heights[n] > room && pages[pages.length - 1].length) { pages.push([]); used = 0; }
    pages[pages.length - 1].push(row);
    used += heights[n];
  });
  rows.forEach((row) => row.remove());
  const shell = whole.cloneNode(true);
  pages.forEach((some, n) => {
    const page = n ? shell.cloneNode(true) : whole;
    some.forEach((row) => page.querySelector("tbody").appendChild(row));
    const said = page.querySelector("[data-page]");
    said.textContent = said.dataset.page.replace("{n}", n + 1).replace("{m}", pages.length);
    if (n) whole.parentNode.appendChild(page);
  });
})();
