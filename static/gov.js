/* All behaviour of the admin pages; events are delegated, nothing is inline. Floor: Chromium 80. */
(function () {
  "use strict";
  const doc = document;
  const one = (selector, root) => (root || doc).querySelector(selector);
  const all = (selector, root) => Array.from((root || doc).querySelectorAll(selector));
  const store = (key, value) => { try { localStorage.setItem(key, value); } catch (refused) { /* not kept */ } };
  const stored = (key) => { try { return localStorage.getItem(key); } catch (refused) { return null; } };

  /* Look: dark and large, kept per browser */
  function flip(name, attribute, on, off) {
    const html = doc.documentElement;
    const value = html.getAttribute(attribute) === on ? off : on;
    html.setAttribute(attribute, value);
    store(name, value);
    press();
    fit();
  }
  function press() {
    const html = doc.documentElement;
    all("[data-do=dark]").forEach((b) => b.setAttribute("aria-pressed", html.getAttribute("data-bs-theme") === "dark"));
    all("[data-do=large]").forEach((b) => b.setAttribute("aria-pressed", html.getAttribute("data-size") === "large"));
  }
  function menu(open) {
    doc.body.classList.toggle("side-open", open);
    all("[data-do=menu]").forEach((b) => b.setAttribute("aria-expanded", open));
    if (open) { const first = one(".side a"); if (first) first.focus(); }
  }
  const DO = {
    dark: () => flip("look", "data-bs-theme", "dark", "light"),
    large: () => flip("size", "data-size", "large", "normal"),
    menu: () => menu(!doc.body.classList.contains("side-open")),
    print: () => window.print(),
    query: (button) => {
      const shown = one(".query-card").classList.toggle("show");
      button.setAttribute("aria-expanded", shown);
    },
    eye: (button) => {
      const box = button.previousElementSibling;
      box.type = box.type === "password" ? "text" : "password";
      button.textContent = box.type === "password" ? button.dataset.show : button.dataset.hide;
    },
    back: () => history.back(),
  };
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && DO[button.dataset.do]) { event.preventDefault(); DO[button.dataset.do](button); return; }
    all(".tip[open]").forEach((tip) => { if (!tip.contains(event.target)) tip.open = false; });
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a,button,input,label") && !String(getSelection())) location.href = row.dataset.href;
    const jump = event.target.closest("[data-jump]");
    if (jump) { event.preventDefault(); focusOn(doc.getElementById(jump.dataset.jump)); }
  });
  doc.addEventListener("change", (event) => {
    const shot = event.target.closest(".shot");
    if (!shot) return;
    shot.classList.toggle("has-shot", event.target.files.length > 0);
  });
  function focusOn(box) {
    if (!box) return;
    if (box.tomselect) box.tomselect.focus();
    else (box.matches("input,select,textarea") ? box : one("input", box) || box).focus();
    box.scrollIntoView({ block: "center" });
  }

  /* Pick-lists. Hits come from the server only; a late answer to an older word is dropped. */
  const SAY = { none: "没有找到", more: "输入名称或拼音首字母查找" };
  function link(box) {
    let asked = 0;
    let loaded = false;
    const picker = new window.TomSelect(box, {
      valueField: "value", labelField: "text", searchField: [], maxOptions: 50, refreshThrottle: 0,
      maxItems: 1, plugins: box.required ? {} : { clear_button: { title: "清空" } }, score: () => () => 1, allowEmptyOption: false,
      placeholder: box.dataset.placeholder || SAY.more, loadThrottle: 200,
      shouldLoad: () => true,
      load: function (word, done) {
        const mine = ++asked;
        fetch(box.dataset.url + "&query=" + encodeURIComponent(word), { credentials: "same-origin" })
          .then((answer) => (answer.ok ? answer.json() : []))
          .catch(() => [])
          .then((rows) => {
            if (mine !== asked) { done(); return; }
            done(rows.map((row) => ({ value: String(row[0]), text: row[1] })));
          });
      },
      onType: function () { asked += 1; this.clearOptions(); },
      onFocus: function () { if (!loaded) { loaded = true; this.load(""); } },
      render: {
        no_results: () => { const div = doc.createElement("div"); div.className = "no-results"; div.textContent = SAY.none; return div; },
        loading: () => { const div = doc.createElement("div"); div.className = "no-results"; div.textContent = "正在查找…"; return div; },
      },
    });
    picker.wrapper.removeAttribute("style");
    box.setAttribute("aria-hidden", "true");  /* the box that stands for it has its label */
  }

  /* Dates: week from Monday, `2024-07-01~2024-07-31` between */
  function dates(box) {
    const zh = window.flatpickr.l10ns.zh;
    const role = box.dataset.role;
    window.flatpickr(box, {
      locale: Object.assign({}, zh, { firstDayOfWeek: 1, rangeSeparator: "~", yearAriaLabel: "年", monthAriaLabel: "月" }),
      dateFormat: role === "moment" ? "Y-m-d H:i" : "Y-m-d", enableTime: role === "moment", time_24hr: true,
      mode: role === "days" ? "range" : "single", allowInput: true, disableMobile: role === "days",
    });
  }

  /* Menus and boxes that unfold are fetched when the first one is asked for: a phone's line is thin */
  function unfold(then) {
    if (window.bootstrap) { then(); return; }
    const script = doc.createElement("script");
    script.src = doc.body.dataset.unfold;
    script.onload = then;
    doc.head.appendChild(script);
  }
  doc.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bs-toggle=dropdown]");
    if (!button || window.bootstrap) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    unfold(() => window.bootstrap.Dropdown.getOrCreateInstance(button).toggle());
  }, true);

  /* Drafts: what is typed is kept on this device each ten seconds and when sent, until it has arrived.
     Never passwords, files or phone numbers; gone with the sign-out. */
  const KEPT = "textarea,select,input:not([type=hidden]):not([type=password]):not([type=file]):not([inputmode=tel])";
  const WEEK = 7 * 24 * 3600 * 1000;
  const own = (form) => "draft:" + doc.body.dataset.who + ":" + location.pathname + ":" + (new URLSearchParams(location.search).get("id") || "")
    + ":" + all("form[data-guard]").indexOf(form);
  function keep(form) {
    if (!doc.body.dataset.who) return;
    const boxes = all(KEPT, form).filter((box) => box.name).map((box) =>
      [box.name, box.value, box.matches("[type=radio],[type=checkbox]") ? box.checked : null]);
    store(own(form), JSON.stringify({ at: Date.now(), boxes }));
  }
  function drop(key) { try { localStorage.removeItem(key); } catch (refused) { /* nothing kept */ } }
  function put(form, boxes) {
    boxes.forEach(([name, value, on]) => all(KEPT, form).filter((box) => box.name === name).forEach((box) => {
      if (on === null) box.value = value; else if (box.value === value) box.checked = on;
      if (box.tomselect && value) box.tomselect.sync();
    }));
    dirty = true;
  }
  function offer(form) {
    let draft = null;
    try { draft = JSON.parse(stored(own(form))); } catch (broken) { draft = null; }
    if (!draft || Date.now() - draft.at > WEEK) { drop(own(form)); return; }
    const bar = doc.createElement("div");
    bar.className = "alert alert-info draft";
    bar.setAttribute("role", "status");
    const words = doc.createElement("span");
    const at = new Date(draft.at);
    words.className = "grow";
    words.textContent = `上次填到一半的内容还在（${at.getMonth() + 1}月${at.getDate()}日 ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}）。`;
    const button = (text, kind, work) => {
      const made = doc.createElement("button");
      made.type = "button"; made.className = "btn " + kind; made.textContent = text;
      made.addEventListener("click", () => { work(); bar.remove(); });
      return made;
    };
    bar.append(words, button("恢复", "btn-primary", () => put(form, draft.boxes)), button("不要了", "btn-plain", () => drop(own(form))));
    form.before(bar);
  }
  const guarded = () => all("form[data-guard]").filter((form) => form.dataset.typed);

  /* Forms: guard, keys, no double posting */
  let dirty = false;
  doc.addEventListener("input", (event) => { touch(event.target); });
  doc.addEventListener("change", (event) => {
    touch(event.target);
    if (event.target.matches("select[data-submit]")) event.target.form.submit();
    if (event.target.matches(".tick")) ticked(event.target);
    if (event.target.matches("[data-column]")) column(event.target);
  });
  function touch(box) {
    const form = box.closest("form[data-guard]");
    if (form) { dirty = true; form.dataset.typed = "1"; }
  }
  setInterval(() => { if (dirty) guarded().forEach(keep); }, 10000);
  window.addEventListener("beforeunload", (event) => { if (dirty) { event.preventDefault(); event.returnValue = ""; } });
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter || doc.activeElement;
    const question = button && button.dataset ? button.dataset.confirm : "";
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    if (form.matches("[data-query]")) {
      all("input,select", form).forEach((box) => { if (!box.value) box.disabled = true; });
      return;
    }
    const off = one("[name=off]", form);
    if (off) off.value = all("[data-column]").filter((box) => !box.checked).map((box) => box.dataset.column).join();
    if (form.method === "post" && !form.matches("[data-again]")) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    }
    if (form.matches("[data-guard]") && form.dataset.typed) { keep(form); try { sessionStorage.setItem("sent", own(form)); } catch (refused) { /* kept anyhow */ } }
    if (form.matches("[data-leave]")) Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach(drop);
    dirty = false;
  });
  window.addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("form[data-query] :disabled").forEach((box) => { box.disabled = false; });
  });

  /* Rows ticked, bulk bar, columns shown, rows by keyboard */
  function ticked(box) {
    const around = box.closest("table") || box.form;
    if (box.dataset.all !== undefined) all(".tick:not([data-all])", around).forEach((b) => { b.checked = box.checked; });
    const count = all(".tick:checked:not([data-all])", around).length;
    const bar = one(".bulk");
    if (bar) { bar.hidden = !count; one("[data-count]", bar).textContent = count; }
  }
  function column(box) {
    const table = one(".ledger");
    const key = "columns:" + table.dataset.name;
    const off = all("[data-column]").filter((b) => !b.checked).map((b) => b.dataset.column);
    store(key, JSON.stringify(off));
    hide(table, off);
    fit();
  }
  function hide(table, off) {
    all("[data-col]", table).forEach((cell) => { cell.hidden = off.indexOf(cell.dataset.col) >= 0; });
  }
  function row(step) {
    const rows = all(".ledger tbody tr");
    if (!rows.length) return;
    const at = rows.findIndex((tr) => tr.classList.contains("at"));
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    rows.forEach((tr) => tr.classList.remove("at"));
    next.classList.add("at");
    const door = one(".title a", next);
    if (door) door.focus();
  }
  const KEYS = {
    "/": () => { const box = one("[data-search]") || one("#find"); if (box) box.focus(); },
    n: () => { const door = one("[data-new]"); if (door) door.click(); },
    "?": () => { const box = one("#keys"); if (box) unfold(() => window.bootstrap.Modal.getOrCreateInstance(box).show()); },
    j: () => row(1),
    k: () => row(-1),
  };
  doc.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      const button = one("[data-save]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.key === "Escape") menu(false);
    const typing = event.target.closest("input,textarea,select,[contenteditable]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  /* htmx asks with the page's token */
  doc.addEventListener("htmx:configRequest", (event) => {
    const token = one("meta[name=csrf-token]");
    if (token) event.detail.headers["X-CSRFToken"] = token.content;
  });

  /* A table that fits lets its head stick below the bar; a wider one scrolls sideways in its box */
  function fit() {
    all(".ledger-wrap").forEach((box) => {
      box.classList.remove("fits");
      box.classList.toggle("fits", box.scrollWidth <= box.clientWidth);
    });
  }
  window.addEventListener("resize", fit);

  /* Every form of a page guards what is typed into it, the ledgers' and the others' alike */
  all("main form[method=post]").filter((form) => form.querySelector(KEPT) && !form.querySelector("[type=password],.tick,[data-all]") && !form.matches("[data-again]"))
    .forEach((form) => { form.dataset.guard = "1"; });
  const failed = one(".faults,.alert-danger");
  let sent = null;
  try { sent = sessionStorage.getItem("sent"); sessionStorage.removeItem("sent"); } catch (refused) { sent = null; }
  if (sent && !failed && doc.body.dataset.who) drop(sent);
  if (doc.body.dataset.who && !failed) all("form[data-guard]").forEach(offer);
  press();
  fit();
  if (window.TomSelect) all("select[data-role=link]").forEach(link);
  if (window.flatpickr) all("[data-role=date],[data-role=days],[data-role=moment]").forEach(dates);
  const table = one(".ledger[data-name]");
  if (table) {
    let off = [];
    try { off = JSON.parse(stored("columns:" + table.dataset.name)) || []; } catch (broken) { off = []; }
    if (off.length) hide(table, off);
    all("[data-column]").forEach((box) => { box.checked = off.indexOf(box.dataset.column) < 0; });
  }
  const faults = one(".faults");
  if (faults) { faults.focus(); dirty = true; }
})();
