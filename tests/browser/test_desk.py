"""Pages that look different from hour to hour: each stage of a round and of an order fits and stays quiet."""

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
    "round": (CLERK, "/rounds/{open}?chip=silent"),
    "round-leader": (LEADER, "/rounds/{open}"),
    "finish-1": (CLERK, "/rounds/{open}/finish/1"),
    "finish-5-frozen": (CLERK, "/rounds/{frozen}/finish/5"),
    "finish-3-frozen": (CLERK, "/rounds/{frozen}/finish/3"),
    "order-draft": (LEADER, "/orders/{draft}"),
    "order-cadre": (CADRE, "/orders/{issued}"),
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


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_stays_quiet(desk, eyes, name, width):
    login, path = PAGES[name]
    one = eyes(login, width)
    page = one.open(path.format(**places(desk)))
    one.shoot(f"{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert width > 768 or page.evaluate(SMALL) == []
    assert one.trouble == []


def test_the_inspector_opens_the_answers_with_a_reason(desk, eyes):
    for width in (1366, 390):
        one = eyes(INSPECTOR, width)
        page = one.open(f"/rounds/{desk.frozen}/answers")
        page.fill("[name=reason]", "签发督办单前核对情况")
        page.click("main button[type=submit]")
        page.wait_for_selector("table.ledger")
        one.shoot(f"answers-open-{width}", full=width == 390)
        assert page.evaluate("document.documentElement.scrollWidth") == width
