"""What nobody finds out from a code, a log, a database file or a colleague's phone."""

import logging
from datetime import timedelta

import pytest

from models import Ballot, Event, Invitation, Plate, Round, Signal, db
from portal.owner.device import office_networks
from rules.months import Month
from services.rounds.closing import close
from services.tokens import revoke_plate
from settings import BadSetting
from tests.conftest import NOW
from tests.house import House, hand_in, house_in

SHOP = "东岭合作社"


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW, office_networks=("10.9.0.0/16",)) as house:
        yield house


@pytest.fixture
def owner(house: House):
    return house.app.test_client()


def test_the_log_shows_one_line_whether_reasons_were_given_or_not(house, owner) -> None:
    house.open()
    low, high = house.slip(SHOP), house.slip("西沟农场")
    hand_in(owner, high, "very-satisfied")
    hand_in(owner, low, "dissatisfied")
    hand_in(owner, low, "dissatisfied", again=house.all(Invitation)[0].serial, why="1", reason=["attitude"])
    cast = [event for event in house.all(Event) if event.verb.startswith("ballot")]
    assert [event.verb for event in cast] == ["ballot.cast", "ballot.cast"]
    assert not [key for event in cast for key in event.changes if "ballots" in key]


def test_who_picks_up_the_phone_later_learns_nothing_of_the_answer(house, owner) -> None:
    house.open()
    code = house.slip(SHOP)
    hand_in(owner, code, "very-satisfied")
    before = {path: owner.get(f"/s/{code}{path}").data for path in ("", "?done=1", "/who", "/help")}
    hand_in(owner, code, "very-dissatisfied", again=house.all(Invitation)[0].serial, why="1", remark="不来")
    assert before == {path: owner.get(f"/s/{code}{path}").data for path in before}


def refused_codes(house: House) -> list[str]:
    """Unknown, cut, of last month, revoked, of a round closed early."""
    house.open()
    old, plate = house.slip(SHOP), house.plate("西沟农场")
    house.now = NOW + timedelta(days=31)
    house.open(Month(2026, 12))
    december, hung = house.all(Round)[1].id, house.all(Plate)[0].id
    with house.work() as session:
        revoke_plate(session, session.get(Plate, hung), "丢失", by=house.town.actors["李经办"], now=house.now)
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


def test_an_odd_office_network_stops_the_start() -> None:
    with pytest.raises(BadSetting, match=r"10\.9\.0\.0/99"):
        office_networks(("10.9.0.0/99",))
