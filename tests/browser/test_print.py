"""On A4 a list, one row and a round's report show everything and no menu."""

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
