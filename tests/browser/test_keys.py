"""Everything can be done by keys alone: each control is reached by Tab and shows that it is; Enter and Escape do what they say."""

import pytest

from tests.browser.conftest import Eyes
from tests.browser.desk import CADRE, CLERK, LEADER

pytestmark = pytest.mark.browser
CONTROLS = "main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)"
WANTED = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter(e => !e.disabled && e.tabIndex >= 0
    && e.checkVisibility({{visibilityProperty: true}}) && !e.matches("input[type=radio]:not(:checked)"))
  .map((e, n) => {{ e.dataset.seen = ""; return e.outerHTML.slice(0, 120) }})"""
STEP = """() => { const e = document.activeElement, s = getComputedStyle(e); delete e.dataset.seen;
  const box = e.closest(".ts-wrapper.focus");
  const shown = (box && getComputedStyle(box).boxShadow !== "none") || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 1) || s.boxShadow !== "none";
  return [e === document.body, shown || e === document.body ? "" : e.outerHTML.slice(0, 160)] }"""
MISSED = """() => [...document.querySelectorAll("[data-seen]")].map(e => e.outerHTML.slice(0, 160))"""
PAGES = {
    "list": (CLERK, "/admin/enterprise/"), "form": (CLERK, "/admin/enterprise/new/"), "round": (CLERK, "/rounds/{open}?chip=silent"),
    "entry": (CLERK, "/rounds/{open}/invitations/{silent}/enter"), "order": (LEADER, "/orders/{draft}"),
    "today": (CADRE, "/today/"), "import": (CLERK, "/imports/new"), "notices": (CADRE, "/notices/"),
}  # fmt: skip


@pytest.fixture
def at(chromium, house):
    """`at(login, path)`: that page, with the hands on the keys."""
    opened = []

    def go(login, path, width=1366):
        one = Eyes(chromium, house.address, width, 768)
        opened.append(one)
        one.context.add_cookies(house.cookies(login))
        ids = {"open": house.open, "silent": house.silent, "draft": house.draft}
        return one.open(path.format(**ids))

    yield go
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_and_shows_where_it_is(at, name):
    page = at(*PAGES[name])
    wanted = page.evaluate(WANTED)
    unseen = set()
    assert wanted
    for _step in range(400):
        page.keyboard.press("Tab")
        over, ringless = page.evaluate(STEP)
        unseen.add(ringless)
        if over:
            break
    assert page.evaluate(MISSED) == []
    assert unseen - {""} == set()


def test_the_first_tab_offers_to_skip_the_menu(at):
    page = at(CLERK, "/admin/enterprise/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip:focus")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_a_row_is_chosen_by_j_and_opened_by_enter(at):
    page = at(CLERK, "/admin/enterprise/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    name = page.locator("tr.at .title").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/details/**")
    assert name in page.locator("h1").inner_text()


def test_slash_searches_and_enter_asks(at):
    page = at(CLERK, "/admin/enterprise/")
    page.keyboard.press("/")
    page.keyboard.type("没有这家")
    page.keyboard.press("Enter")
    page.wait_for_url("**search=**")
    assert page.locator(".empty").count() == 1


def test_menus_and_the_table_of_keys_open_by_enter_and_close_by_escape(at):
    page = at(CLERK, "/admin/enterprise/")
    page.focus("main [data-bs-toggle=dropdown]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dropdown-menu.show")
    page.keyboard.press("Escape")
    page.wait_for_selector(".dropdown-menu.show", state="detached")
    assert page.locator(".dropdown-menu.show").count() == 0
    page.keyboard.press("?")
    page.wait_for_selector("#keys.show")
    page.wait_for_timeout(400)  # a box that is still unfolding does not hear the key
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys.show", state="detached")
    assert page.locator("#keys.show").count() == 0


def test_the_phone_menu_closes_by_escape(at):
    page = at(CADRE, "/today/", 390)
    page.click("header [data-do=menu]")
    assert page.locator(".side-open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".side-open").count() == 0


def test_a_half_filled_form_comes_back_after_a_crash_without_its_telephone(at):
    page = at(CLERK, "/admin/enterprise/new/")
    page.clock.install()
    page.reload()
    page.fill("[name=name]", "写到一半商店")
    page.fill("[inputmode=tel] >> nth=0", "19900000055")
    page.clock.run_for(11_000)
    kept = page.evaluate("Object.entries(localStorage).filter(([k]) => k.startsWith('draft:')).map(([k, v]) => v).join()")
    assert "写到一半商店" in kept
    assert "19900000055" not in kept
    again = page.context.new_page()  # the first tab is as good as dead
    again.goto(page.url)
    again.click("text=恢复")
    assert again.input_value("[name=name]") == "写到一半商店"
    again.reload()
    again.click("text=不要了")
    again.reload()
    assert again.locator(".draft").count() == 0


def test_signing_out_leaves_no_half_filled_form_on_the_device(at):
    page = at(CLERK, "/admin/enterprise/new/")
    page.evaluate("localStorage.setItem('draft:somebody', '{}')")
    page.evaluate("document.querySelector('form[data-leave]').addEventListener('submit', e => e.preventDefault())")
    page.evaluate("document.querySelector('form[data-leave]').requestSubmit()")
    assert page.evaluate("localStorage.getItem('draft:somebody')") is None
