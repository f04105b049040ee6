"""Paper for owners: who may print which code, and what a print leaves behind."""

import re
from datetime import timedelta

import pytest

from models import Account, Event, Invitation, Plate
from models.access.actor import system
from models.audit import record
from rules.invitations import InvitationState
from rules.roles import Role
from tests.conftest import NOW
from tests.house import House, house_in

CODE = re.compile(r"/s/([\w-]{22})")


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        house.round = house.open()
        yield house


@pytest.fixture
def clerk(house: House):
    return house.as_("李经办")


def rows(house: House) -> list[int]:
    return [one.id for one in house.all(Invitation)]


def printed(house: House, verb: str) -> list[str]:
    return [event.detail for event in house.all(Event) if event.verb == verb]


def states(house: House) -> set[InvitationState]:
    return {one.state for one in house.all(Invitation)}


def rated_clerk(house: House, name: str = "钱包保") -> None:
    """This cadre now works in the office himself."""
    with house.work() as session:
        session.get(Account, house.town.accounts[name]).role = Role.CLERK
        record(session, "test.moved", "test", by=system("测试"), now=NOW)
        session.commit()


def test_looking_at_the_list_prints_nothing_and_shows_no_code(house, clerk) -> None:
    page = clerk.get(f"/rounds/{house.round}/slips")
    assert page.status_code == 200
    assert "东岭合作社" in page.text
    assert "/s/" not in page.text
    assert printed(house, "slips.printed") == []
    assert states(house) == {InvitationState.PENDING}


def test_the_page_of_the_round_leads_the_office_to_the_paper_and_nobody_else(house, clerk) -> None:
    ways = [f"/rounds/{house.round}/slips", f"/rounds/{house.round}/chase", "/plates"]
    page = f"/rounds/{house.round}"
    assert [way in clerk.get(page).text for way in ways] == [True] * 3
    assert [way in house.as_("王主任").get(page).text for way in ways] == [False] * 3


def test_a_print_shows_each_code_once_and_writes_one_event_with_count_and_serials(house, clerk) -> None:
    page = clerk.post(f"/rounds/{house.round}/slips", data={"row": rows(house)})
    assert sorted(CODE.findall(page.text)) == sorted(house.slip(shop) for shop in house.town.shops)
    assert page.text.count('class="box"') == 4 * 5
    assert printed(house, "slips.printed") == ["4张，202611-1-0001至202611-1-0004"]
    assert states(house) == {InvitationState.PENDING}


def test_only_the_ticked_slips_are_printed(house, clerk) -> None:
    page = clerk.post(f"/rounds/{house.round}/slips", data={"row": [rows(house)[0], "x", "999", "٣"]})
    assert CODE.findall(page.text) == [house.slip("东岭合作社")]


def test_nothing_ticked_is_told_and_not_recorded(house, clerk) -> None:
    page = clerk.post(f"/rounds/{house.round}/slips", data={}, follow_redirects=True)
    assert "请先在名单上打勾" in page.text
    assert printed(house, "slips.printed") == []


def test_slips_are_marked_as_delivered_by_hand_and_once(house, clerk) -> None:
    for _time in range(2):
        clerk.post(f"/rounds/{house.round}/slips/told", data={"row": rows(house)[:2]})
    found = [one.state for one in house.all(Invitation)]
    assert found.count(InvitationState.INVITED) == 2
    assert len(printed(house, "invitation.invite")) == 2


@pytest.mark.parametrize("name", ["王主任", "赵包抓", "孙纪检", "周系统", "吴安全", "郑审计"])
@pytest.mark.parametrize("path", ["/plates", "/rounds/1/slips", "/rounds/1/chase"])
def test_nobody_but_the_office_comes_to_the_desk(house, name, path) -> None:
    person = house.as_(name)
    assert person.get(path).status_code == 403
    if "chase" not in path:
        assert person.post(path, data={"row": rows(house)}).status_code == 403
    assert printed(house, "slips.printed") == printed(house, "plates.printed") == []


@pytest.mark.parametrize("path", ["/plates", "/rounds/1/slips", "/rounds/1/chase"])
def test_a_stranger_is_sent_to_sign_in(house, path) -> None:
    assert house.app.test_client().get(path).status_code in {302, 401}


def test_a_rated_clerk_never_gets_the_code_of_a_shop_that_rates_him(house) -> None:
    rated_clerk(house)
    person, code = house.as_("钱包保"), house.slip("北塬饭店")
    house.plate("北塬饭店")
    listed = person.get(f"/rounds/{house.round}/slips").text
    assert "须由他人打印" in listed
    slips = person.post(f"/rounds/{house.round}/slips", data={"row": rows(house)}).text
    plates = person.post("/plates", data={"row": list(house.town.shops.values())}).text
    assert len(CODE.findall(slips)) == plates.count('class="plate"') == 3
    assert code not in slips
    assert "北塬饭店" not in slips + plates
    assert "北塬饭店" not in person.get(f"/rounds/{house.round}/chase").text
    person.post(f"/rounds/{house.round}/slips/told", data={"row": rows(house)})
    assert [one.state for one in house.all(Invitation)].count(InvitationState.INVITED) == 3


def test_a_rated_clerk_alone_with_his_own_shops_prints_nothing(house) -> None:
    rated_clerk(house)
    page = house.as_("钱包保").post("/plates", data={"row": house.town.shops["北塬饭店"]}, follow_redirects=True)
    assert "没有选中" in page.text
    assert house.all(Plate) == []


def test_plates_are_issued_once_and_keep_their_code_when_printed_again(house, clerk) -> None:
    data = {"row": list(house.town.shops.values())}
    first, second = clerk.post("/plates", data=data), clerk.post("/plates", data={**data, "size": "a4"})
    assert len(house.all(Plate)) == 4
    assert re.findall("<svg.*?</svg>", first.text) == re.findall("<svg.*?</svg>", second.text)
    assert printed(house, "plates.printed") == ["4张，墙牌1至4号"] * 2
    assert len(printed(house, "plate.issued")) == 4


def test_the_list_of_one_village_shows_only_that_village(house, clerk) -> None:
    page = clerk.get(f"/plates?area={house.town.areas['西沟村']}").text
    assert "西沟农场" in page
    assert "东岭合作社" not in page
    for odd in ("99999", "9" * 30, "x", "-1"):
        assert clerk.get(f"/plates?area={odd}").status_code == 404


def test_the_chasing_list_holds_who_is_waited_for_and_no_telephone(house, clerk) -> None:
    owner, code = house.app.test_client(), house.slip("东岭合作社")
    serial = house.all(Invitation)[0].serial
    owner.post(f"/s/{code}", data={"who": serial, "level": "satisfied"})
    page = clerk.get(f"/rounds/{house.round}/chase").text
    assert "东岭合作社" not in page
    assert "西沟农场" in page
    assert "199000" not in page


def test_after_the_close_no_slip_is_printed(house) -> None:
    house.now = NOW + timedelta(days=11)
    page = house.as_("李经办").post(f"/rounds/{house.round}/slips", data={"row": rows(house)}, follow_redirects=True)
    assert "不在进行中" in page.text


def test_a_round_that_is_not_there_is_not_found(house, clerk) -> None:
    assert clerk.get("/rounds/99/slips").status_code == 404
    assert clerk.get("/rounds/99/chase").status_code == 404
    assert clerk.get(f"/rounds/{'9' * 30}/slips").status_code == 404
