"""查漏 and 移交清单: each number leads to its lines, each line is mended where it stands, a transfer moves all or nothing."""

import io
from datetime import date

import pytest
from docx import Document
from sqlalchemy import event, select

from models import Area, Assignment, Cadre, Charge, Enterprise, Event, Household, Post, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.clients import ClientState
from rules.coverage import ChargeLevel, CoverKind
from rules.gaps import DUTIES
from rules.localtime import local_day
from rules.places import AreaLevel
from rules.posts import PostKind
from rules.roster_rule import GapKind
from services.areas import add_area
from services.registry import gaps, held
from tests.homes import NOW

SYSTEM = system("测试")
DAY = local_day(NOW)


def rows(model):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def cells(town):
    with working(db.engine, SYSTEM) as session:
        return {key: n for key, n in gaps.counts(session, DAY, town.actors["李经办"].area_path).items() if n}


def bare(town):
    """An enterprise nobody covers, a grid without a head, a cadre gone, a shop closed."""

    def work(session):
        east = session.get_one(Area, town.areas["东岭村"])
        session.add(Enterprise(name="无人小店", area=east))
        session.add(Household(name="东岭1号", area=east))
        session.get_one(Cadre, town.cadres["钱包保"]).until = date(2026, 10, 31)
        session.get_one(Enterprise, town.shops["南坪小店"]).state = ClientState.CLOSED
        return add_area(session, "东岭一组", AreaLevel.GRID, east, by=SYSTEM, now=NOW).id

    return change(work)


@pytest.mark.clause("QY-2.1a")
@pytest.mark.clause("HJ-1.1")
@pytest.mark.clause("SGD-1.1")
def test_the_table_counts_what_the_lists_show(browse, town):
    bare(town)
    found = cells(town)
    assert found["enterprise", "nobody"] == 1
    assert found["enterprise", "expired"] == 2  # one cadre gone, one shop closed
    assert found["household", "nobody"] == 1
    assert (found["grid-head", "nobody"], found["gridded", "nobody"], found["village-lead", "nobody"]) == (1, 1, 2)
    leader = browse("王主任")
    assert leader.get("/coverage/").status_code == 200
    for (code, gap), n in found.items():
        page = leader.get(f"/coverage/{code}/{gap}").text
        assert page.count('<td class="title">') == n, (code, gap)
        assert 'name="act"' not in page


def test_the_table_takes_one_statement_whatever_the_size(app, town):
    bare(town)
    asked = []
    with working(db.engine, SYSTEM) as session:
        session.execute(select(Area.id)).all()
        listen = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        gaps.counts(session, DAY, "")
        event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) == 1


def test_a_line_is_mended_with_one_press(browse, town):
    grid = bare(town)
    clerk, zhao = browse("李经办"), town.cadres["赵包抓"]
    shop = next(one.id for one in rows(Enterprise) if one.name == "无人小店")
    url = "/coverage/enterprise/nobody"
    clerk.post(url, {"act": f"begin-{shop}"})
    assert ("enterprise", "nobody") in cells(town)
    clerk.post(url, {"act": f"begin-{shop}", "cadre": zhao, "reason": "11月清单"})
    clerk.post(url, {"act": f"begin-{shop}", "cadre": zhao})
    (row,) = [one for one in rows(Assignment) if one.client_id == shop]
    assert (row.cadre_id, row.source, row.kind) == (zhao, "11月清单", CoverKind.CADRE)
    clerk.post("/coverage/grid-head/nobody", {"act": f"begin-{grid}", "cadre": zhao})
    clerk.post("/coverage/village-lead/nobody", {"act": f"begin-{town.areas['东岭村']}", "cadre": zhao})
    assert [one.cadre_id for one in rows(Post)] == [zhao]
    assert [one.level for one in rows(Charge)] == [ChargeLevel.VILLAGE]
    stale = {one.client_id: one.id for one in rows(Assignment) if one.until is None}
    clerk.post("/coverage/enterprise/expired", {"act": f"hand_over-{stale[town.shops['北塬饭店']]}", "cadre": zhao})
    clerk.post("/coverage/enterprise/expired", {"act": f"end-{stale[town.shops['南坪小店']]}"})
    found = cells(town)
    assert not {key for key in found if key[0] in {"enterprise", "grid-head"}}
    assert found["village-lead", "nobody"] == 1


def test_only_the_clerk_mends_and_only_what_is_a_gap(browse, town):
    bare(town)
    covered = town.shops["东岭合作社"]
    form = {"act": f"begin-{covered}", "cadre": town.cadres["王主任"]}
    assert browse("王主任").post("/coverage/enterprise/nobody", form).status_code == 403
    assert browse("赵包抓").get("/coverage/").status_code == 403
    clerk = browse("李经办")
    clerk.post("/coverage/enterprise/nobody", form)
    assert len([one for one in rows(Assignment) if one.client_id == covered]) == 1
    assert clerk.post("/coverage/enterprise/nobody", {"act": "drop-1"}).status_code == 400
    assert clerk.get("/coverage/nothing/nobody").status_code == 404
    assert clerk.get("/coverage/letter/expired").status_code == 404


@pytest.mark.clause("SPX-2.1a")
def test_whoever_is_linked_to_a_household_and_in_no_grid_is_named_until_he_joins_one(browse, town):
    def link(session):
        east = session.get_one(Area, town.areas["东岭村"])
        home = session.scalars(select(Household)).one()
        session.add(Assignment(client=home, cadre_id=town.cadres["赵包抓"], kind=CoverKind.HOUSEHOLD, since=DAY, area=east))

    grid = bare(town)
    change(link)
    assert cells(town)["linked", "nobody"] == 1
    assert "赵包抓" in browse("王主任").get("/coverage/linked/nobody").text

    def join(session):
        session.add(Post(cadre_id=town.cadres["赵包抓"], area=session.get_one(Area, grid), kind=PostKind.GRID_MEMBER, title="联户党员", slot="联户", since=DAY))

    change(join)
    assert ("linked", "nobody") not in cells(town)


def test_every_duty_names_its_clause():
    assert all(duty.clause and duty.title for duty in DUTIES.values())
    assert set(gaps.GAPS) < set(GapKind)


@pytest.fixture
def holding(town):
    def work(session):
        person, east = session.get_one(Cadre, town.cadres["赵包抓"]), session.get_one(Area, town.areas["东岭村"])
        held.begin(session, east, person, ChargeLevel.VILLAGE, date(2026, 2, 1), by=SYSTEM, now=NOW)

    change(work)
    return town.cadres["赵包抓"]


def sent(holding, to, keys, **more):
    return {"to": to, "on": "2026-11-21", "reason": "工作调动", "item": keys, **more}


def keys_of(cadre):
    held_now = [f"{one.__tablename__}:{one.id}" for kind in (Assignment, Charge) for one in rows(kind) if one.cadre_id == cadre and one.until is None]
    return sorted(held_now)


def test_a_leaving_cadre_hands_everything_over_in_one_go(browse, town, holding):
    clerk, to, keys = browse("李经办"), town.cadres["王主任"], keys_of(holding)
    page = clerk.get(f"/handover/{holding}").text
    assert all(key in page for key in keys)
    assert len(keys) == 4
    assert clerk.post(f"/handover/{holding}", sent(holding, to, keys, leaving="1")).status_code == 303
    assert keys_of(holding) == []
    assert len(keys_of(to)) == 4
    gone = next(one for one in rows(Cadre) if one.id == holding)
    assert gone.until == date(2026, 11, 20)
    paper = clerk.get(f"/handover/{holding}/sheet?on=2026-11-21").text
    assert "东岭合作社" in paper
    word = Document(io.BytesIO(clerk.get(f"/handover/{holding}/sheet.docx?on=2026-11-21").data))
    assert len(word.tables[0].rows) == 5
    assert any(one.verb == "cadre.handed_over" and "4项" in one.detail for one in rows(Event))


def test_a_transfer_moves_all_or_nothing(browse, town, holding):
    clerk, keys = browse("李经办"), keys_of(holding)
    answer = clerk.post(f"/handover/{holding}", sent(holding, town.cadres["王主任"], keys[:2], leaving="1"))
    assert answer.status_code == 409
    assert "还有2项没有勾选" in answer.text
    assert keys_of(holding) == keys
    assert "看不懂" in clerk.post(f"/handover/{holding}", {**sent(holding, "", keys), "on": "明天"}).text
    assert browse("王主任").post(f"/handover/{holding}", sent(holding, "", keys)).status_code == 403
    assert browse("赵包抓").get(f"/handover/{holding}").status_code == 403


def test_without_a_successor_duties_end_and_the_gap_shows(browse, town, holding):
    browse("李经办").post(f"/handover/{holding}", sent(holding, "", keys_of(holding)))
    assert keys_of(holding) == []
    assert cells(town)["enterprise", "nobody"] == 3


def test_a_transfer_that_touches_the_clerk_is_for_somebody_else(browse, town, holding):
    answer = browse("李经办").post(f"/handover/{holding}", sent(holding, town.cadres["李经办"], keys_of(holding)))
    assert "涉及您本人" in answer.text
    assert len(keys_of(holding)) == 4
