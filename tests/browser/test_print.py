"""On A4 a list, one row and a round's report show everything and no menu."""

import re

import pytest

from tests.browser.conftest import Eyes
from tests.browser.desk import CLERK, LEADER

pytestmark = pytest.mark.browser
LANDSCAPE = 1032  # pixels between the margins of A4 laid across: 297 mm less twice 12
MENUS = ".side, .bar, .tabs, .skip, .pager, .save, .list-tools, .no-print"
CUT = """() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility()).filter(e => {
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  return r.width && (r.right > innerWidth + 1 || (s.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1)) })
  .map(e => e.outerHTML.slice(0, 160))"""
PALE = """() => [...document.querySelectorAll("main *")].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => { const c = getComputedStyle(e).color.match(/\\d+/g).map(Number); return Math.min(...c.slice(0, 3)) > 140 }).map(e => e.outerHTML.slice(0, 160))"""
PAGES = {
    "list": (CLERK, "/admin/enterprise/"), "bonds": (CLERK, "/admin/assignment/"), "row": (CLERK, "/admin/enterprise/details/?id=1"),
    "round": (CLERK, "/rounds/{open}"), "report": (LEADER, "/rounds/{frozen}/finish/3"), "order": (LEADER, "/orders/{issued}"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_nothing_is_cut_and_no_menu_is_printed(chromium, house, name, look):
    login, path = PAGES[name]
    one = Eyes(chromium, house.address, LANDSCAPE, 700, look=look)
    one.context.add_cookies(house.cookies(login))
    page = one.open(path.format(open=house.open, frozen=house.frozen, issued=house.issued))
    page.emulate_media(media="print")
    one.shoot(f"print-{name}-{look}", full=True)
    assert page.locator("main").inner_text().strip()
    assert [e for e in page.locator(MENUS).all() if e.is_visible()] == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(PALE) == []
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") >= 1
    one.context.close()


PAPER = """() => [...document.querySelectorAll(".page")].map(page => [page.getBoundingClientRect(), page.innerText, page.tBodies,
  [...page.querySelectorAll("tbody tr")].map(row => row.cells[0].textContent)]).map(([box, text, , nth]) => ({wide: box.width, high: box.height, text, nth}))"""
MM = 96 / 25.4


@pytest.mark.parametrize(("ledger", "across"), [("assignment", False), ("enterprise", True)])
def test_a_whole_list_is_cut_into_numbered_pages_of_paper(chromium, house, ledger, across):
    one = Eyes(chromium, house.address, 1366, 800)
    one.context.add_cookies(house.cookies(CLERK))
    page = one.open(f"/admin/{ledger}/?page_size=20")
    with one.context.expect_page() as opened:
        page.click("button[aria-label=打印全部查到的]")
    sheet = opened.value
    sheet.wait_for_load_state("networkidle")
    one.page = sheet
    one.shoot(f"paper-{ledger}", full=True)
    pages = sheet.evaluate(PAPER)
    shown = [n for some in pages for n in some["nth"]]
    assert len(shown) == int(page.locator(".list-tools .soft").inner_text().split()[1])
    assert shown == [str(n + 1) for n in range(len(shown))]
    for n, some in enumerate(pages, 1):
        assert f"第 {n} 页，共 {len(pages)} 页" in some["text"]
        assert all(word in some["text"] for word in ("单位：", "制表人：", "签字", "打印时间："))
        assert (some["wide"], some["high"]) == pytest.approx(((287 if across else 200) * MM, (199 if across else 286) * MM), abs=1)
    file = sheet.pdf(prefer_css_page_size=True)
    assert file.count(b"/Type /Page\n") == len(pages) > 1
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file))
    assert [float(wide) > float(high) for wide, high in boxes] == [across]
    assert one.trouble == []
    one.context.close()
