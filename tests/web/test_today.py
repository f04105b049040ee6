"""The day of a cadre, a leader, an inspector; and the inbox."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, insert

from models import Area, Assignment, Household, Notice, Order, db
from models.access.session import ActorSession
from models.audit import record
from rules.coverage import CoverKind
from rules.orders import OrderState
from rules.places import AreaLevel
from services.board import board
from services.lists.bounded import MOST
from tests.office import OWNER

THREE = {"东岭合作社": "fair", "西沟农场": "very_satisfied", "南坪小店": "satisfied"}


def test_a_cadre_finds_his_enterprises_with_their_phones(office, browse):
    page = browse("赵包抓").get("/today/").text
    assert re.findall(r'href="tel:(\d+)"', page) == ["19900000011", "19900000013", "19900000012"]
    assert "19900000014" not in page


def test_a_household_is_not_counted_among_the_enterprises(office, browse):
    with office.work() as session:
        east = session.get_one(Area, office.town.areas["东岭村"])
        home = Household(name="东岭1号", area=east)
        session.add(Assignment(client=home, area=east, cadre_id=office.town.cadres["赵包抓"], kind=CoverKind.HOUSEHOLD, since=date(2023, 12, 1)))
        record(session, "test.covered", home, by=OWNER, now=office.clock.now)
        session.commit()
    page = browse("赵包抓").get("/today/").text
    assert "企业 3 家、联系户 1 户" in page
    assert re.findall("<h2>(我的.*?)</h2>", page) == ["我的企业", "我的联系户", "我的测评"]


def test_a_cadre_finds_what_waits_most_urgent_first(office, browse):
    number = office.order()
    page = browse("赵包抓").get("/today/").text
    assert f'href="/orders/{number}"' in page
    assert "签收督办单" in page
    assert "今天没有要办的事" in browse("钱包保").get("/today/").text


@pytest.mark.clause("QY-2.3d")
def test_a_batch_of_three_shows_after_the_freeze_and_nothing_before(office, browse):
    round_id = office.open()
    before = browse("赵包抓").get("/today/").text
    office.answer(round_id, **THREE)
    after = browse("赵包抓").get("/today/").text
    assert "还没有可以公布的批次" in before
    assert "还没有可以公布的批次" in after
    office.finish(round_id)
    page = browse("赵包抓").get("/today/").text
    assert "共 3 份" in page
    assert "80.00" in page


def test_two_answers_are_never_shown_only_the_leaders_words(office, browse):
    office.order()
    page = browse("赵包抓").get("/today/").text
    assert "还没有可以公布的批次" in page
    assert "上门少" in page
    assert "东岭合作社" in page  # as his enterprise, not as a rater


def test_a_leader_finds_what_waits_for_his_hand(office, browse):
    office.order(issued=False)
    page = browse("王主任").get("/today/").text
    assert "1件督办单等您签发" in page
    assert "处理建议" in page


def test_the_clerk_goes_to_his_desk_which_says_who_is_silent(office, browse):
    office.open()
    clerk = browse("李经办")
    assert clerk.get("/today/").location == "/admin/"
    assert "4家企业还没评" in clerk.get("/admin/").text


@pytest.mark.parametrize("who", ["周系统", "吴安全", "郑审计"])
def test_administrators_have_no_day_here(office, browse, who):
    assert browse(who).get("/today/").status_code == 403


def test_reading_a_line_marks_it_and_leads_on(office, browse):
    number = office.order()
    cadre = browse("赵包抓")
    assert "1 条未读" in cadre.get("/notices/").text
    line = office.all(Notice)[-1]
    assert cadre.post(f"/notices/{line.id}").location == f"/orders/{number}"
    assert "条未读" not in cadre.get("/notices/").text


def test_the_inbox_of_others_is_closed(office, browse):
    office.order()
    line = office.all(Notice)[-1]
    assert browse("钱包保").post(f"/notices/{line.id}").status_code == 404
    assert office.all(Notice)[-1].read_at is None


def test_all_lines_are_marked_at_once(office, browse):
    office.order()
    cadre = browse("赵包抓")
    cadre.post("/notices/read", {"newest": office.all(Notice)[-1].id})
    assert all(one.read_at for one in office.all(Notice) if one.cadre_id == office.town.cadres["赵包抓"])


def drafts(office, count: int, area_id: int, area_path: str, mark: str = "样") -> None:
    """Orders of 赵包抓 that wait for a leader, in a place of one's choice."""
    same = {"cadre_id": office.town.cadres["赵包抓"], "area_id": area_id, "area_path": area_path, "matter": "上门少", "state": OrderState.DRAFT}
    with office.work() as session:
        session.execute(insert(Order), [{**same, "number": f"{mark}{n}", "key": f"{mark}{n}"} for n in range(count)])
        session.commit()


def waiting(office, actor) -> str:
    """The first figure of this person's board, from his own session."""
    with ActorSession(db.engine, info={"actor": actor}) as session:
        tiles = board(session, actor, office.clock.now).tiles
    return next(one.value for one in tiles if one.label == "待签发督办单")


def test_each_township_counts_its_own_orders_and_a_cadre_those_of_nobody_else(office):
    drafts(office, 3, office.town.areas["样例乡"], office.clerk.area_path)
    neighbour = replace(office.clerk, area_path="77/")
    assert waiting(office, neighbour) == "0"
    with office.work() as session:
        area = Area(name="邻乡", level=AreaLevel.TOWNSHIP, path="77/")
        session.add(area)
        record(session, "town.built", "town", by=OWNER, now=office.clock.now)
        session.commit()
        there = area.id
    drafts(office, 2, there, "77/", "邻")
    assert [waiting(office, who) for who in (office.clerk, neighbour, office.town.actors["钱包保"])] == ["3", "2", "0"]


def test_a_thousand_orders_are_counted_and_one_more_is_not(office, browse):
    here = office.town.areas["样例乡"], office.clerk.area_path
    drafts(office, MOST, *here)
    assert waiting(office, office.clerk) == "1000"
    drafts(office, 1, *here, "又")
    assert waiting(office, office.clerk) == "1000+"
    assert "1000+件督办单等您签发" in browse("王主任").get("/today/").text


def test_finding_costs_the_same_number_of_statements_however_many_are_hit(office, browse):
    def statements() -> int:
        seen = []
        note = lambda conn, cursor, sql, *more: seen.append(sql)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        page = clerk.get("/admin/find/?search=上门")
        event.remove(db.engine, "before_cursor_execute", note)
        assert re.search(r"[样又]\d", page.text)
        return len(seen)

    here = office.town.areas["样例乡"], office.clerk.area_path
    clerk = browse("李经办")
    drafts(office, 1, *here)
    clerk.get("/admin/find/?search=上门")
    few = statements()
    drafts(office, 40, *here, "又")
    assert statements() == few
