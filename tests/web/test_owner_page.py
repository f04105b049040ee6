"""`/s/<token>`: what the holder of a code meets, and what he can't find out."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models import Ballot, Client, Event, Invitation, Plate, Round, Signal, db
from models.access.actor import system
from models.audit import record
from portal.owner.device import office_networks
from rules.channels import Channel
from rules.invitations import InvitationState
from rules.months import Month
from services.rounds.closing import close
from services.tokens import revoke_plate
from settings import BadSetting
from tests.conftest import NOW
from tests.house import House, house_in, serial_on

SHOP = "东岭合作社"
PHONE = "Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0"


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW, office_networks=("10.9.0.0/16",)) as house:
        yield house


@pytest.fixture
def owner(house: House):
    return house.app.test_client()


def hand_in(owner, code: str, level: str, address: str = "198.51.100.7", agent: str = PHONE, **more):
    origin = {"environ_overrides": {"REMOTE_ADDR": address}, "headers": {"User-Agent": agent}}
    serial = serial_on(owner.get(f"/s/{code}?change={more.pop('again', '')}").text)
    return owner.post(f"/s/{code}", data={"who": serial, "level": level, **more}, **origin)


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


def test_the_log_shows_one_line_whether_reasons_were_given_or_not(house, owner) -> None:
    house.open()
    low, high = house.slip(SHOP), house.slip("西沟农场")
    hand_in(owner, high, "very-satisfied")
    hand_in(owner, low, "dissatisfied")
    hand_in(owner, low, "dissatisfied", again=house.all(Invitation)[0].serial, why="1", reason=["attitude"])
    cast = [event for event in house.all(Event) if event.verb.startswith("ballot")]
    assert [event.verb for event in cast] == ["ballot.cast", "ballot.cast"]
    assert cast[0].changes.keys() != {} and all("ballots" not in key for event in cast for key in event.changes)


def test_who_picks_up_the_phone_later_learns_nothing_of_the_answer(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    hand_in(owner, code, "very-satisfied")
    before = {path: owner.get(f"/s/{code}{path}").data for path in ("", "?done=1", "/who", "/help")}
    hand_in(owner, code, "very-dissatisfied", again=house.all(Invitation)[0].serial, why="1", remark="不来")
    assert before == {path: owner.get(f"/s/{code}{path}").data for path in before}


def test_fifty_posts_at_once_are_one_answer(house) -> None:
    house.open()
    code, serial = house.slip(SHOP), house.all(Invitation)[0].serial

    def press(n: int) -> int:
        return house.app.test_client().post(f"/s/{code}", data={"who": serial, "level": "satisfied"}).status_code

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


def refused_codes(house: House) -> list[str]:
    """Unknown, cut, of last month, revoked, of a round closed early."""
    house.open()
    old, plate = house.slip(SHOP), house.plate("西沟农场")
    house.now = NOW + timedelta(days=31)
    house.open(Month(2026, 12))
    december, hung = house.all(Round)[1].id, house.all(Plate)[0].id
    with house.work() as session:
        revoke_plate(session, session.get(Plate, hung), by=house.town.actors["李经办"], now=house.now)
        close(session, session.get(Round, december), by=house.town.actors["李经办"], now=house.now)
        session.commit()
    return ["A" * 22, old[:-3], old, plate, house.slip(SHOP, "2026-12"), "x" * 300, "码"]


def test_wrong_old_and_revoked_codes_all_answer_alike(house, owner) -> None:
    answers = {(page.status_code, page.data) for page in (owner.get(f"/s/{code}") for code in refused_codes(house))}
    assert len(answers) == 1
    ((status, body),) = answers
    assert status == 404
    assert "已过期" in body.decode()
    assert "0000-12345678" in body.decode()


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


def test_the_thirty_first_wrong_code_is_told_to_wait_but_a_right_one_still_opens(house, owner) -> None:
    house.open()
    answers = [owner.get(f"/s/{n:022d}") for n in range(31)]
    assert [page.status_code for page in answers] == [404] * 30 + [429]
    assert "十分钟" in answers[-1].text
    assert owner.get(f"/s/{house.slip(SHOP)}").status_code == 200
    house.now = NOW + timedelta(minutes=10, seconds=1)
    assert owner.get("/s/wrong").status_code == 404


def test_one_phone_for_three_shops_and_the_office_network_are_marked_not_blocked(house, owner) -> None:
    house.open()
    for shop in (SHOP, "西沟农场", "南坪小店"):
        assert hand_in(owner, house.slip(shop), "very-satisfied", "10.9.1.1").status_code == 303
    kinds = [signal.kind for signal in house.all(Signal)]
    assert kinds.count("office-network") == 3
    assert kinds.count("one-device") == 1
    assert len(house.all(Ballot)) == 3


def test_the_device_is_kept_as_a_digest_that_changes_every_day(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    hand_in(owner, code, "satisfied")
    first = house.all(Ballot)[0].device
    house.now = NOW + timedelta(days=1)
    hand_in(owner, code, "satisfied", again=house.all(Invitation)[0].serial)
    second = house.all(Ballot)[0].device
    assert len(first) == 32
    assert first != second
    assert "198.51" not in first + second


def test_no_log_keeps_a_code_an_address_or_a_device(house, owner, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    house.open()
    code, plate = house.slip(SHOP), house.plate(SHOP)
    for one in (code, plate):
        hand_in(owner, one, "fair", again=house.all(Invitation)[0].serial, why="1", remark="不来")
        for path in ("", "/who", "/help"):
            owner.get(f"/s/{one}{path}")
    del house.app.config["OFFICE_NETWORKS"]
    broken = hand_in(owner, code, "fair", again=house.all(Invitation)[0].serial)
    assert broken.status_code == 500
    assert "多交几次也只算一次" in broken.text
    kept = caplog.text + "".join(f"{e.detail}{e.changes}" for e in house.all(Event))
    assert "fault" in caplog.text
    assert not [secret for secret in (code, plate, "198.51", "MicroMessenger", "不来") if secret in kept]


def test_no_code_stands_in_the_database_file(house, owner) -> None:
    house.open()
    code, plate = house.slip(SHOP), house.plate(SHOP)
    hand_in(owner, code, "fair")
    db.session.remove()
    kept = b"".join(file.read_bytes() for file in house.app.config["LIANXIN"].home.glob("lianxin.db*"))
    assert code.encode() not in kept
    assert plate.encode() not in kept


def test_the_forgery_guard_of_the_office_pages_leaves_owners_alone(house, owner) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = True
    house.open()
    assert hand_in(owner, house.slip(SHOP), "satisfied").status_code == 303


def test_a_level_or_reason_that_is_not_on_the_sheet_changes_nothing(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    assert "还没有选" in hand_in(owner, code, "wonderful").text
    assert hand_in(owner, code, "fair", reason="bribe", why="1").status_code == 409
    assert house.all(Ballot) == []


def test_an_odd_office_network_stops_the_start() -> None:
    with pytest.raises(BadSetting, match="10.9.0.0/99"):
        office_networks(("10.9.0.0/99",))


def test_a_shop_whose_doubt_is_open_is_sent_to_the_telephone(house, owner) -> None:
    with house.work() as session:
        session.get(Client, house.town.shops[SHOP]).phone = "19900000003"
        record(session, "test.amended", "test", by=system("测试"), now=NOW)
        session.commit()
    house.open()
    page = owner.get(f"/s/{house.slip(SHOP)}")
    assert "要先核对" in page.text
    assert 'name="level"' not in page.text
