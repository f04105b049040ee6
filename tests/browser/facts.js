/* What one page tells of itself; tests/browser/crawl.py calls it at several widths. */
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const brief = (e) => e.outerHTML.slice(0, 140);
  const shown = (e) => e.offsetParent && getComputedStyle(e).visibility !== "hidden";
  const DATA = "svg,script,style,code,kbd,.mono,[translate=no]"; /* file names, digests, keys: not our words */
  const words = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(DATA)) words.push(walk.currentNode.data);
  for (const name of ["placeholder", "title", "aria-label", "data-placeholder", "data-show", "data-hide", "data-confirm", "alt"])
    for (const e of all(`[${name}]`)) if (!e.closest(DATA)) words.push(e.getAttribute(name));
  const small = all("a,button,select,textarea,input:not([type=hidden]),summary,label.radio")
    .filter((e) => shown(e) && !e.closest(".skip,.side:not(.side-open .side),.ts-control,.radio input,.flatpickr-calendar"))
    .map((e) => [e, e.getBoundingClientRect(), e.closest("label") && e.closest("label").getBoundingClientRect()])
    .filter(([e, r, l]) => r.width && r.height && Math.max(r.height, l ? l.height : 0) < 43.5);
  const boxes = all("input:not([type=hidden]):not([type=radio]):not([type=checkbox]),select,textarea").filter(shown);
  const ids = all("[id]").map((e) => e.id);
  return {
    width: [document.documentElement.scrollWidth, innerWidth],
    latin: [...new Set(words.join(" ").match(/[A-Za-z][\w'.-]*/g) || [])]
      .filter((word) => !/^[A-Z]{2,3}-[\d.a-z-]+$/.test(word)), /* DB-202611-7, QY-2.3b: numbers of papers and clauses */
    small: small.map(([e, r]) => `${brief(e)} ${Math.round(r.width)}x${Math.round(r.height)}`),
    zooming: boxes.filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16).map(brief),
    nameless: all("main a, main button, main input:not([type=hidden]), main select, main textarea")
      .filter((e) => shown(e) && !e.closest(".ts-wrapper,.ts-hidden-accessible"))
      .filter((e) => !(e.textContent || "").trim() && !e.getAttribute("aria-label") && !(e.labels && e.labels.length)).map(brief),
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    heads: [all("h1").length, all("main").length],
    unguarded: all("main form[method=post]:not([data-again])").filter((f) => !f.dataset.guard && f.dataset.guard === undefined
      && f.querySelector("textarea, input:not([type]), input[type=text], input[type=file]")).map(brief),
    dead: all(".empty").filter((e) => shown(e) && !e.querySelector("a,button") && !e.dataset.done && e.dataset.done === undefined).map((e) => e.innerText.trim()),
    refused: window.refusedByPolicy || [],
    doors: all("a[href^='/']").map((a) => a.getAttribute("href")),
  };
}
