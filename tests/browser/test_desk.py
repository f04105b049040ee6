"""The office's month, a leader's and a cadre's day in the invented township: every page fits and stays quiet."""

import pytest

from tests.browser.conftest import Eyes
from tests.browser.desk import CADRE, CLERK, INSPECTOR, LEADER, Desk, standing
from tests.browser.test_look import SMALL

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(empty_home, tmp_path_factory):
    with standing(empty_home, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


PAGES = {
    "clerk-home": (CLERK, "/admin/"),
    "rounds": (CLERK, "/rounds/"),
    "round": (CLERK, "/rounds/{open}?chip=silent"),
    "round-leader": (LEADER, "/rounds/{open}"),
    "enter": (CLERK, "/rounds/{open}/invitations/{silent}/enter"),
    "finish-1": (CLERK, "/rounds/{open}/finish/1"),
    "finish-5-frozen": (CLERK, "/rounds/{frozen}/finish/5"),
    "finish-3-frozen": (CLERK, "/rounds/{frozen}/finish/3"),
    "answers": (INSPECTOR, "/rounds/{frozen}/answers"),
    "orders": (LEADER, "/orders/"),
    "order-draft": (LEADER, "/orders/{draft}"),
    "order-cadre": (CADRE, "/orders/{issued}"),
    "orders-cadre": (CADRE, "/orders/"),
    "sanctions": (LEADER, "/sanctions/"),
    "sanction": (LEADER, "/sanctions/{sanction}"),
    "today-cadre": (CADRE, "/today/"),
    "today-leader": (LEADER, "/today/"),
    "today-inspector": (INSPECTOR, "/today/"),
    "notices-cadre": (CADRE, "/notices/"),
}


def places(desk: Desk) -> dict[str, int]:
    return {
        "open": desk.open, "frozen": desk.frozen, "draft": desk.draft, "issued": desk.issued,
        "sanction": desk.sanction, "silent": desk.silent,
    }  # fmt: skip


@pytest.fixture
def eyes(chromium, desk):
    opened = []

    def look(login, width, height=None):
        one = Eyes(chromium, desk.address, width, height or (768 if width > 768 else 844))
        one.context.add_cookies(desk.cookies(login))
        opened.append(one)
        return one

    yield look
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("width", [1366, 390, 360])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_stays_quiet(desk, eyes, name, width):
    login, path = PAGES[name]
    one = eyes(login, width)
    page = one.open(path.format(**places(desk)))
    one.shoot(f"{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert one.trouble == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_phone_is_big_enough_for_a_thumb(desk, eyes, name):
    login, path = PAGES[name]
    page = eyes(login, 390).open(path.format(**places(desk)))
    assert page.evaluate(SMALL) == []


def test_the_inspector_opens_the_answers_with_a_reason(desk, eyes):
    for width in (1366, 390):
        one = eyes(INSPECTOR, width)
        page = one.open(f"/rounds/{desk.frozen}/answers")
        page.fill("[name=reason]", "签发督办单前核对情况")
        page.click("main button[type=submit]")
        page.wait_for_selector("table.ledger")
        one.shoot(f"answers-open-{width}", full=width == 390)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_month_is_closed_with_five_clicks_in_a_real_browser(desk, eyes):
    one = eyes(CLERK, 1366)
    page = one.open(f"/rounds/{desk.open}/finish/")
    page.on("dialog", lambda asked: asked.accept())
    for step in range(1, 6):
        page.wait_for_selector(f".stage:nth-child({step})[aria-current]")
        one.shoot(f"walk-{step}")
        page.click(".save-bar .btn-primary")
    page.wait_for_selector("text=快照编号")
    one.shoot("walk-done")
    assert one.trouble == []
