"""`/s/<token>`: what the holder of a code meets, and what he can't find out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models import Ballot, Client, Invitation, Round
from models.access.actor import system
from models.audit import record
from rules.channels import Channel
from rules.invitations import InvitationState
from tests.conftest import NOW
from tests.house import House, hand_in, house_in

SHOP = "东岭合作社"


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        yield house


@pytest.fixture
def owner(house: House):
    return house.app.test_client()


def test_the_answer_leaves_without_cookie_script_or_anything_foreign(house, owner) -> None:
    house.open()
    page = owner.get(f"/s/{house.slip(SHOP)}")
    assert page.status_code == 200
    assert len(page.data) <= 10_240
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    body = page.text.split("</style>")[1]
    assert not any(word in page.text for word in ("<script", "http://", "https://", "url(", "@import"))
    assert not any(word in body for word in ("checked", "style=", "onclick", "src="))


@pytest.mark.clause("QY-2.3b")
@pytest.mark.parametrize(("level", "position"), [("very-satisfied", 5), ("fair", 3), ("very-dissatisfied", 1)])
def test_each_answer_is_stored_as_its_position_with_the_way_it_came(house, owner, level, position) -> None:
    house.open()
    hand_in(owner, house.slip(SHOP), level)
    (ballot,) = house.all(Ballot)
    assert (ballot.level, ballot.channel, ballot.on_behalf) == (position, Channel.SMS, "")
    assert [one.state for one in house.all(Invitation)].count(InvitationState.ANSWERED) == 1


def test_an_answer_through_the_wall_plate_is_marked_so(house, owner) -> None:
    code = house.plate(SHOP)
    house.open()
    hand_in(owner, code, "satisfied")
    assert [ballot.channel for ballot in house.all(Ballot)] == [Channel.PLATE]


def test_reasons_are_asked_at_the_line_and_not_above_it(house, owner) -> None:
    house.open()
    assert hand_in(owner, house.slip(SHOP), "satisfied").status_code == 303
    assert "哪里要改进" in hand_in(owner, house.slip("西沟农场"), "fair").text


def test_pressing_again_takes_no_reason_back(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    hand_in(owner, code, "fair")
    again = house.all(Invitation)[0].serial
    hand_in(owner, code, "fair", again=again, why="1", reason=["seldom"], remark="说好的事没下文")
    hand_in(owner, code, "fair", again=again)
    (ballot,) = house.all(Ballot)
    assert (ballot.reasons, ballot.remark, ballot.changes_made) == (["seldom"], "说好的事没下文", 0)
    hand_in(owner, code, "satisfied", again=again)
    (ballot,) = house.all(Ballot)
    assert (ballot.level, ballot.reasons, ballot.remark, ballot.changes_made) == (4, [], None, 1)


def test_fifty_posts_at_once_are_one_answer(house) -> None:
    house.open()
    code, serial = house.slip(SHOP), house.all(Invitation)[0].serial

    def press(n: int) -> int:
        for _again in range(3):  # on a machine out of breath the page asks to try once more
            status = house.app.test_client().post(f"/s/{code}", data={"who": serial, "level": "satisfied"}).status_code
            if status != 503:
                break
        return status

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(press, range(50)))
    assert codes == [303] * 50
    assert [(ballot.level, ballot.changes_made) for ballot in house.all(Ballot)] == [(4, 0)]


def test_a_code_opens_only_its_own_invitation(house, owner) -> None:
    house.open()
    other = next(one for one in house.all(Invitation) if one.client_id == house.town.shops["北塬饭店"])
    answer = owner.post(f"/s/{house.slip(SHOP)}", data={"who": other.serial, "level": "very-dissatisfied"})
    assert answer.status_code == 303
    assert house.all(Ballot) == []


def test_an_old_code_posts_nothing(house, owner) -> None:
    house.open()
    code, serial = house.slip(SHOP), house.all(Invitation)[0].serial
    house.now = NOW + timedelta(days=11)
    assert owner.post(f"/s/{code}", data={"who": serial, "level": "satisfied"}).status_code == 404
    assert house.all(Ballot) == []


def test_the_last_second_counts_and_the_next_does_not(house, owner) -> None:
    house.open()
    code, closes = house.slip(SHOP), house.all(Round)[0].closes_at
    house.now = closes - timedelta(seconds=1)
    assert hand_in(owner, code, "satisfied").status_code == 303
    house.now = closes
    assert owner.get(f"/s/{code}").status_code == 404


def test_the_wall_plate_says_too_early_between_two_rounds(house, owner) -> None:
    code = house.plate(SHOP)
    assert "还没到评价时间" in owner.get(f"/s/{code}").text
    house.open()
    assert "满意吗" in owner.get(f"/s/{code}").text
    house.now = NOW + timedelta(days=11)
    assert "还没到评价时间" in owner.get(f"/s/{code}").text


def test_the_forgery_guard_of_the_office_pages_leaves_owners_alone(house, owner) -> None:
    house.open()
    assert hand_in(owner, house.slip(SHOP), "satisfied").status_code == 303


def test_a_level_or_reason_that_is_not_on_the_sheet_changes_nothing(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    assert "还没有选" in hand_in(owner, code, "wonderful").text
    assert hand_in(owner, code, "fair", reason="bribe", why="1").status_code == 409
    assert house.all(Ballot) == []


def test_a_shop_whose_doubt_is_open_is_sent_to_the_telephone(house, owner) -> None:
    with house.work() as session:
        session.get(Client, house.town.shops[SHOP]).phone = "19900000003"
        record(session, "test.amended", "test", by=system("测试"), now=NOW)
        session.commit()
    house.open()
    page = owner.get(f"/s/{house.slip(SHOP)}")
    assert "要先核对" in page.text
    assert 'name="level"' not in page.text
