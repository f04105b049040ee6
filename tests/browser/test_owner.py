"""A shop owner of seventy, an old phone, no script, a slow network."""

import threading

import pytest
from werkzeug.serving import make_server

from models import Assignment, Ballot, Client
from models.access.actor import system
from models.audit import record
from rules.clients import ClientState
from rules.coverage import CoverKind
from tests.browser.phones import Phone, Quiet
from tests.conftest import NOW
from tests.house import LONG, House, change, house_in

pytestmark = pytest.mark.browser


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        yield house


@pytest.fixture
def address(house: House):
    server = make_server("127.0.0.1", 0, house.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(chromium, address):
    opened = []

    def take(width: int = 390, height: int = 844) -> Phone:
        opened.append(Phone(chromium, address, width, height))
        return opened[-1]

    yield take
    for one in opened:
        one.context.close()


def two_carers(house: House, shop: str) -> None:
    """The shop also has a leader who looks after it."""
    with house.work() as session:
        client = session.get(Client, house.town.shops[shop])
        row = Assignment(
            kind=CoverKind.LEADER, client=client, cadre_id=house.town.cadres["王主任"], since=NOW.date(),
            area=client.area, source="测试清单",
        )  # fmt: skip
        session.add(row)
        record(session, "test.assigned", row, by=system("测试"), now=NOW)
        session.commit()


@pytest.mark.parametrize("width", [390, 360])
def test_the_page_is_one_small_request_and_fits_without_scrolling(house, phone, width) -> None:
    house.open()
    one = phone(width)
    page = one.scan(house.slip("东岭合作社"))
    one.shoot(f"rate-{width}")
    assert len(one.fetched) == 1
    assert len(page.content().encode()) <= 10_240
    assert one.trouble == []
    wider, taller = one.overflow()
    assert (wider, taller <= 0) == (0, True)
    assert page.locator("input:checked").count() == 0
    assert all(row.bounding_box()["height"] >= 70 for row in page.locator(".o label").all())
    assert one.targets() == []


def test_a_tap_anywhere_on_the_row_then_hand_in_and_it_says_done(house, phone) -> None:
    house.open()
    one = phone()
    page = one.scan(house.slip("东岭合作社"))
    page.get_by_text("非常满意").tap()
    one.shoot("rate-chosen")
    page.get_by_role("button").tap()
    page.get_by_role("heading", name="交卷成功").wait_for()
    one.shoot("done")
    assert [ballot.level for ballot in house.all(Ballot)] == [5]
    page = one.scan(house.slip("东岭合作社"))
    one.shoot("answered")
    assert "非常满意" not in page.content()


def test_a_low_answer_is_kept_at_once_and_asked_for_its_reasons(house, phone) -> None:
    house.open()
    one = phone()
    page = one.scan(house.slip("东岭合作社"))
    page.get_by_text("一般", exact=True).tap()
    page.get_by_role("button").tap()
    page.get_by_role("heading", name="哪里要改进").wait_for()
    one.shoot("why")
    assert [(ballot.level, ballot.reasons) for ballot in house.all(Ballot)] == [(3, [])]
    page.get_by_text("来得少").tap()
    page.locator("input[name=remark]").fill("说好的事没下文")
    one.shoot("why-chosen")
    page.get_by_role("button").tap()
    page.get_by_role("heading", name="交卷成功").wait_for()
    (ballot,) = house.all(Ballot)
    assert (ballot.level, ballot.reasons, ballot.remark) == (3, ["seldom"], "说好的事没下文")


def test_nothing_chosen_is_said_kindly_and_nothing_is_stored(house, phone) -> None:
    house.open()
    one = phone()
    page = one.scan(house.slip("东岭合作社"))
    page.get_by_role("button").tap()
    page.get_by_text("还没有选").wait_for()
    one.shoot("missing")
    assert house.all(Ballot) == []


def test_going_back_says_that_it_is_done(house, phone) -> None:
    house.open()
    page = phone().scan(house.slip("东岭合作社"))
    page.get_by_text("满意", exact=True).tap()
    page.get_by_role("button").tap()
    page.get_by_role("heading", name="交卷成功").wait_for()
    page.go_back()
    page.get_by_role("heading", name="本月已经评过").wait_for()
    page.reload()
    assert [ballot.level for ballot in house.all(Ballot)] == [4]


def test_two_tabs_stay_one_answer_and_the_later_one_counts(house, phone) -> None:
    house.open()
    first, second = (phone().scan(house.slip("东岭合作社")) for _tab in range(2))
    for page, word in ((first, "非常满意"), (second, "满意")):
        page.get_by_text(word, exact=True).tap()
        page.get_by_role("button").tap()
        page.get_by_role("heading", name="交卷成功").wait_for()
    assert [(ballot.level, ballot.changes_made) for ballot in house.all(Ballot)] == [(4, 1)]


@pytest.mark.parametrize("height", [740, 640])
def test_on_a_short_screen_the_button_stays_in_view(house, phone, height) -> None:
    house.open()
    one = phone(360, height)
    button = one.scan(house.slip("东岭合作社")).get_by_role("button").bounding_box()
    one.shoot(f"rate-360x{height}")
    assert button["y"] + button["height"] <= height


@pytest.mark.parametrize("width", [390, 360])
def test_two_people_are_asked_about_one_after_the_other_even_with_a_long_name(house, phone, width) -> None:
    two_carers(house, "东岭合作社")
    change(house, "东岭合作社", name=LONG)
    house.open()
    one = phone(width)
    page = one.scan(house.plate("东岭合作社"))
    assert "第 1 位／共 2 位" in page.inner_text("header")
    one.shoot(f"first-of-two-{width}")
    assert one.overflow()[0] == 0
    page.get_by_text("满意", exact=True).tap()
    page.get_by_role("button").tap()
    page.get_by_text("第 2 位／共 2 位").wait_for()
    one.shoot(f"second-of-two-{width}")
    page.get_by_text("不满意", exact=True).tap()
    page.get_by_role("button").tap()
    page.get_by_text("不说了").tap()
    page.get_by_role("heading", name="交卷成功").wait_for()
    one.shoot(f"done-both-{width}")
    assert [ballot.level for ballot in house.all(Ballot)] == [4, 2]
    page.get_by_text("重新评").first.tap()
    page.get_by_text("以这一次的为准").wait_for()
    one.shoot(f"again-{width}")


def shown(house: House, name: str) -> tuple[str, str]:
    """(code, rest of the address) that meets one of the quiet states."""
    shop = "东岭合作社"
    if name == "early":
        return house.plate(shop), ""
    if name != "doubt":
        house.open()
    if name == "shop-closed":
        change(house, shop, state=ClientState.CLOSED)
    if name == "doubt":
        change(house, shop, phone="19900000003")
        house.open()
    if name == "stale":
        return "A" * 22, ""
    return house.slip(shop), {"who": "/who", "help": "/help"}.get(name, "")


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize("name", ["early", "shop-closed", "doubt", "stale", "who", "help"])
def test_every_other_state_is_one_small_quiet_page(house, phone, name, width) -> None:
    one = phone(width)
    page = one.scan(*shown(house, name))
    one.shoot(f"{name}-{width}")
    assert len(one.fetched) == 1
    assert len(page.content().encode()) <= 10_240
    assert [line for line in one.trouble if "404" not in line] == []
    assert one.overflow()[0] == 0
    assert one.targets() == []


def test_twice_the_letter_size_still_fits_the_width(house, phone) -> None:
    house.open()
    one = phone(360)
    cdp = one.context.new_cdp_session(one.page)
    page = one.scan(house.slip("东岭合作社"))
    cdp.send("DOM.enable")
    cdp.send("CSS.enable")
    frame = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    sheet = cdp.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
    cdp.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": "html{font-size:200%!important}"})
    one.shoot("rate-200-percent")
    assert one.overflow()[0] == 0
    assert page.get_by_role("button").is_visible()
