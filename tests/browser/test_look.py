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
    "today": "/today",
}
SMALL = """() => [...document.querySelectorAll(
    'a,button,select,input:not([type=hidden]),summary,label.radio')]
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
    boxes = "#main input:not([type=hidden]), #main select, #main textarea"
    sizes = page.locator(boxes).evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 16


@pytest.mark.parametrize(("look", "size"), [("dark", "normal"), ("light", "large"), ("dark", "large")])
@pytest.mark.parametrize("name", ["home", "list", "edit", "details"])
def test_dark_and_large_fit_too(eyes, name, look, size):
    one = eyes(1366, height=768, look=look, size=size)
    page = one.open(PAGES[name])
    one.shoot(f"{name}-{look}-{size}")
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert one.trouble == []


def test_a_refused_form_lists_what_is_wrong_and_jumps_there(eyes):
    one = eyes(1366, height=768)
    page = one.open("/admin/shop/new/")
    page.click("[data-save]")
    page.wait_for_selector(".faults")
    one.shoot("refused-1366")
    assert "请填写企业名称" in page.inner_text(".faults")
    page.click(".faults a >> text=类别")
    assert page.evaluate("document.activeElement.name") == "sort"
    assert one.trouble == []


def test_ctrl_s_saves_and_an_unsaved_page_asks_before_leaving(eyes):
    page = eyes(1366, height=768).open("/admin/village/new/")
    page.fill("[name=name]", "新塬村")
    asked = []
    page.on("dialog", lambda d: (asked.append(d.type), d.dismiss()))
    page.click(".side-link >> text=工作台", no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.keyboard.press("Control+s")
    page.wait_for_url("**/admin/village/")
    assert "已新增" in page.inner_text("main")


@pytest.mark.parametrize("pause", [30, 300, 900])
def test_quick_typing_in_a_pick_list_gives_the_right_row_or_none(eyes, pause):
    page = eyes(1366, height=768).open("/admin/shop/edit/?id=2")
    page.click("#officer + .ts-wrapper")
    page.keyboard.type("吴", delay=20)
    page.wait_for_timeout(pause)
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    assert page.evaluate("[...document.querySelector('#officer').selectedOptions].map(o => o.text)[0]") in {
        "吴戊",
        "周丁",
        "",
        None,
    }


def test_typed_date_range_narrows_the_list(eyes):
    one = eyes(1366, height=768)
    page = one.open("/admin/shop/")
    page.fill("[name=f_filed_on]", "2019-01-01~2019-02-28")
    page.click("text=查询")
    page.wait_for_url("**f_filed_on**")
    assert "共 2 条" in page.inner_text(".list-tools")
    one.shoot("filtered-1366")


def test_phone_menu_opens_and_closes(eyes):
    one = eyes(390)
    page = one.open("/admin/shop/")
    page.click(
        "[data-do=menu] >> nth=1"
        if page.locator(".bar [data-do=menu]").count() == 0
        else ".bar [data-do=menu]"
    )
    page.wait_for_timeout(300)
    one.shoot("menu-390")
    assert page.locator(".side").is_visible()
    page.click(".side-shade", position={"x": 370, "y": 400})
    page.wait_for_timeout(300)
    assert not page.locator(".side").is_visible()


def test_ticking_rows_brings_up_the_bulk_bar(eyes):
    one = eyes(1366, height=768)
    page = one.open("/admin/shop/")
    page.check("[name=rowid] >> nth=0")
    page.check("[name=rowid] >> nth=1")
    one.shoot("bulk-1366")
    assert page.inner_text("[data-count]") == "2"
    page.on("dialog", lambda d: d.accept())
    page.click(".bulk button")
    page.wait_for_load_state("networkidle")
    assert one.trouble == []


def test_look_is_remembered(chromium, site):
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": "who", "value": "clerk", "url": site}])
    page = context.new_page()
    page.goto(site + "/admin/")
    page.click(".bar > [data-do=dark]")
    page.click(".bar > [data-do=large]")
    page.goto(site + "/admin/shop/")
    html = page.locator("html")
    assert (html.get_attribute("data-bs-theme"), html.get_attribute("data-size")) == ("dark", "large")
    context.close()


def test_printed_list_is_a_plain_table(eyes):
    one = eyes(1366, height=768)
    page = one.open("/admin/shop/")
    page.emulate_media(media="print")
    one.shoot("print-list")
    assert not page.locator(".side").is_visible()
    assert page.locator("text=制表人").first.is_visible()


NAMELESS = """() => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select, main textarea')]
  .filter(e => e.offsetParent && !e.closest('.ts-wrapper,.ts-hidden-accessible'))
  .filter(e => !(e.innerText || '').trim() && !e.getAttribute('aria-label') && !(e.labels && e.labels.length))
  .map(e => e.outerHTML.slice(0, 120))"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at) }"""


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_read_aloud(eyes, name):
    page = eyes(1366, height=768).open(PAGES[name])
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TWICE) == []


def test_the_head_of_a_list_stays_in_sight(eyes):
    one = eyes(1366, height=768)
    page = one.open("/admin/shop/")
    page.evaluate("window.scrollTo(0, 600)")
    one.shoot("scrolled-1366")
    head, bar = page.locator(".ledger th").nth(1).bounding_box(), page.locator(".bar").bounding_box()
    assert abs(head["y"] - bar["height"]) < 2
    page.set_viewport_size({"width": 800, "height": 768})
    assert page.evaluate("document.documentElement.scrollWidth") == 800
