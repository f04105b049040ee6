"""Every page fits its screen, stays in the house, and says nothing in the console."""

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/admin/",
    "list": "/admin/shop/",
    "list-empty": "/admin/shop/?search=没有这户",
    "new": "/admin/shop/new/",
    "edit": "/admin/shop/edit/?id=2",
    "details": "/admin/shop/details/?id=2",
    "find": "/admin/find/?search=绿源",
    "login": "/login",
}
SMALL = """() => [...document.querySelectorAll('a,button,select,input:not([type=hidden]),summary,label.radio')]
  .filter(e => e.offsetParent && !e.closest('.skip,.side:not(.side-open .side),.ts-control,.radio input'))
  .map(e => [e, e.getBoundingClientRect(), e.closest('label') && e.closest('label').getBoundingClientRect()])
  .filter(([e, r, l]) => r.width && r.height && Math.max(r.height, l ? l.height : 0) < 43.5)
  .map(([e, r]) => e.outerHTML.slice(0, 120) + ' ' + Math.round(r.width) + 'x' + Math.round(r.height))"""


@pytest.mark.parametrize("width", [1366, 390, 360])
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_and_stays_quiet(eyes, name, width):
    one = eyes(width, height=768 if width > 768 else 844)
    page = one.open(PAGES[name])
    one.shoot(f"{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert one.trouble == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_phone_is_big_enough_for_a_thumb(eyes, name):
    page = eyes(390).open(PAGES[name])
    assert page.evaluate(SMALL) == []


def test_boxes_on_a_phone_do_not_make_it_zoom(eyes):
    page = eyes(390).open(PAGES["edit"])
    sizes = page.evaluate("[...document.querySelectorAll('#main input:not([type=hidden]), #main select, #main textarea')].map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 16


@pytest.mark.parametrize(("look", "size"), [("dark", "normal"), ("light", "large"), ("dark", "large")])
@pytest.mark.parametrize("name", ["home", "list", "edit", "details"])
def test_dark_and_large_fit_too(eyes, name, look, size):
    one = eyes(1366, height=768, look=look, size=size)
    page = one.open(PAGES[name])
    one.shoot(f"{name}-{look}-{size}")
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert one.trouble == []
