"""Villages renamed, merged and split from a day on: what lives there follows, what is past stays, old names and codes are found."""

from datetime import date

import pytest
from sqlalchemy import event, inspect, select

from models import (
    Area,
    AreaChange,
    Assignment,
    Cadre,
    Charge,
    Client,
    Contact,
    Enterprise,
    Household,
    Invitation,
    Post,
    Result,
    Snapshot,
    Unit,
    db,
)
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.base import InArea
from rules.coverage import ChargeLevel
from rules.places import AreaChangeKind, AreaLevel, UnitKind
from rules.posts import PostKind
from services.areas import add_area
from services.registry import following, held
from tests.homes import NOW

SYSTEM = system("测试")
PAPER = {"on": "2026-11-01", "source": "县政府批复（演示）"}


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def rows(model):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def area(name):
    return next(one for one in reversed(rows(Area)) if one.name == name)


@pytest.fixture
def lively(town):
    """东岭村 with two grids, households, an office, a head, a secretary; 西沟村 has a secretary too."""

    def work(session):
        east, west = session.get_one(Area, town.areas["东岭村"]), session.get_one(Area, town.areas["西沟村"])
        east.code = "620000101201"
        zhao, qian = (session.get_one(Cadre, town.cadres[name]) for name in ("赵包抓", "钱包保"))
        grids = [add_area(session, name, AreaLevel.GRID, east, by=SYSTEM, now=NOW) for name in ("东岭一组", "东岭二组")]
        grids[0].code = "620000101201001"
        session.add_all([Household(name=f"东岭{n}号", area=grids[n % 2]) for n in range(4)])
        session.add_all([Unit(name="村委会", kind=UnitKind.VILLAGE, area=east), Unit(name="村委会", kind=UnitKind.VILLAGE, area=west)])
        session.add(Contact(client=session.get_one(Client, town.shops["东岭合作社"]), name="会计", area=east))
        held.begin(session, grids[0], zhao, None, date(2026, 1, 1), by=SYSTEM, now=NOW)
        held.begin(session, east, zhao, ChargeLevel.VILLAGE, date(2026, 1, 1), by=SYSTEM, now=NOW)
        for place, who in ((east, zhao), (west, qian)):
            post = Post(title="党支部书记", kind=PostKind.SECRETARY, cadre=who, area=place, since=date(2026, 1, 1))
            post.complete()
            session.add(post)

    change(work)
    return town


def test_a_village_has_a_new_name_from_a_day_on(browse, lively):
    clerk, village = browse("李经办"), lively.areas["东岭村"]
    url, form = f"/areas/{village}", {"act": "rename", "name": "东山社区", "code": "620000101202", **PAPER}
    assert "请填写依据文件" in clerk.post(url, {**form, "source": ""}).text
    assert "生效日期还没有到" in clerk.post(url, {**form, "on": "2026-12-01"}).text
    assert "看不懂" in clerk.post(url, {**form, "on": "明天"}).text
    assert "已经有“西沟村”" in clerk.post(url, {**form, "name": "西沟村"}).text
    assert "12位数字" in clerk.post(url, {**form, "code": "12"}).text
    assert area("东岭村").code == "620000101201"
    assert clerk.post(url, form).status_code == 303
    row = area("东山社区")
    assert (row.id, row.code, row.former_names) == (village, "620000101202", "东岭村")
    (line,) = rows(AreaChange)
    assert (line.kind, line.on, line.code) == (AreaChangeKind.RENAMED, date(2026, 11, 1), "620000101201")
    assert "东山社区" in clerk.get("/admin/area/?search=东岭村").text
    assert "620000101201" in clerk.get("/admin/areachange/?search=620000101201").text
    assert "县政府批复" in clerk.get(url).text


def test_a_name_changed_in_the_form_is_a_line_of_the_history_too(browse, lively):
    row = area("东岭村")
    form = {"name": "东岭社区", "level": "village", "code": row.code, "version": row.version, "parent": row.parent_id}
    assert browse("李经办").post(f"/admin/area/edit/?id={row.id}", form).status_code == 302
    assert [(one.words, one.on) for one in rows(AreaChange)] == [("“东岭村”更名为“东岭社区”", date(2026, 11, 20))]


def test_what_lives_in_a_merged_village_follows(browse, lively):
    east, west = lively.areas["东岭村"], lively.areas["西沟村"]
    answer = browse("李经办").post(f"/areas/{east}", {"act": "merge", "into": west, **PAPER})
    assert answer.status_code == 303
    gone, kept = area("东岭村"), area("西沟村")
    assert (gone.until, gone.code, kept.former_names) == (date(2026, 10, 31), "620000101201", "东岭村")
    assert {one.area_path.startswith(kept.path) for kind in (Client, Contact, Assignment) for one in rows(kind)} == {True}
    assert sorted((one.name, one.area_id == west) for one in rows(Unit) if "村委会" in one.name) == [("村委会", True), ("村委会（原东岭村）", True)]
    first, second = (next(one for one in reversed(rows(Area)) if one.name == name) for name in ("东岭一组", "东岭二组"))
    assert {first.parent_id, second.parent_id} == {west}
    assert [one.name for one in rows(Household) if one.area_id == second.id] == ["东岭1号", "东岭3号"]
    heads = [one for one in rows(Post) if one.kind is PostKind.GRID_HEAD]
    assert [(one.area_id, one.until) for one in heads] == [(first.id, None)]
    assert [(one.area_id, one.until) for one in rows(Charge)] == [(west, None)]
    secretaries = [(one.area_id, one.until, one.reason) for one in rows(Post) if one.kind is PostKind.SECRETARY]
    assert secretaries == [(east, date(2026, 10, 31), "区划调整"), (west, None, "")]
    assert {one.kind for one in rows(AreaChange)} == {AreaChangeKind.MERGED}
    assert next(one.code for one in rows(AreaChange) if one.area_id != east and one.code) == "620000101201001"


def test_reports_of_closed_rounds_say_what_they_said(browse, office, lively):
    office.month(东岭合作社="fair")
    before = [(one.area_id, one.area_path) for one in rows(Invitation)], [one.digest for one in rows(Snapshot)], [(one.cadre_id, one.n) for one in rows(Result)]
    page = browse("王主任").get("/rounds/1").text
    browse("李经办").post(f"/areas/{lively.areas['东岭村']}", {"act": "merge", "into": lively.areas["西沟村"], **PAPER})
    after = [(one.area_id, one.area_path) for one in rows(Invitation)], [one.digest for one in rows(Snapshot)], [(one.cadre_id, one.n) for one in rows(Result)]
    assert after == before
    assert ("东岭村" in page) == ("东岭村" in browse("王主任").get("/rounds/1").text)


def test_a_running_round_keeps_its_list_when_a_village_is_merged(browse, office, lively):
    round_id = office.open()
    browse("李经办").post(f"/areas/{lively.areas['东岭村']}", {"act": "merge", "into": lively.areas["西沟村"], **PAPER})
    office.answer(round_id, 东岭合作社="satisfied")
    office.finish(round_id)
    assert len(rows(Invitation)) == 4


def test_grids_become_a_village_of_their_own(browse, lively):
    east = lively.areas["东岭村"]
    clerk, grid = browse("李经办"), area("东岭二组")
    form = {"act": "split", "name": "新岭村", "code": "620000101203", **PAPER}
    assert "请勾选" in clerk.post(f"/areas/{east}", form).text
    assert clerk.post(f"/areas/{east}", {**form, "grid": [grid.id]}).status_code == 303
    new, moved = area("新岭村"), area("东岭二组")
    assert (new.since, new.code, moved.parent_id) == (date(2026, 11, 1), "620000101203", new.id)
    assert [one.name for one in rows(Household) if one.area_path.startswith(new.path)] == ["东岭1号", "东岭3号"]
    assert area("东岭村").until is None
    assert {one.kind for one in rows(AreaChange)} == {AreaChangeKind.SPLIT, AreaChangeKind.NEW, AreaChangeKind.MERGED}


def test_only_what_fits_together_is_merged_and_only_at_home(browse, lively):
    east, west, township = (lively.areas[name] for name in ("东岭村", "西沟村", "样例乡"))
    clerk = browse("李经办")
    assert "另一个地方" in clerk.post(f"/areas/{east}", {"act": "merge", "into": east, **PAPER}).text
    assert "同一个上级" in clerk.post(f"/areas/{east}", {"act": "merge", "into": area("东岭一组").id, **PAPER}).text
    assert "由上级调整" in clerk.post(f"/areas/{township}", {"act": "rename", "name": "新乡", **PAPER}).text
    other = change(lambda session: add_area(session, "邻乡", AreaLevel.TOWNSHIP, None, by=SYSTEM, now=NOW).id)
    assert clerk.get(f"/areas/{other}").status_code == 404
    assert clerk.post(f"/areas/{other}", {"act": "rename", "name": "新乡", **PAPER}).status_code == 404
    assert clerk.post(f"/areas/{east}", {"act": "drop", **PAPER}).status_code == 400
    assert browse("王主任").post(f"/areas/{east}", {"act": "merge", "into": west, **PAPER}).status_code == 403
    assert browse("赵包抓").get("/areas/").status_code == 403
    clerk.post(f"/areas/{east}", {"act": "merge", "into": west, **PAPER})
    assert "已于2026-10-31撤销" in clerk.post(f"/areas/{east}", {"act": "rename", "name": "又来", **PAPER}).text
    assert "请选择现在的村" in clerk.post("/admin/enterprise/new/", {"name": "新店", "area": east, "state": "active"}).text
    assert [one for one in rows(Enterprise) if one.name == "新店"] == []


def test_every_table_with_a_place_says_whether_it_follows():
    told = {one.__name__ for one in (*following.LIVING, *following.RUNNING)} | following.STAYING
    tables = {mapper.class_.__name__ for mapper in db.Model.registry.mappers if mapper.inherits is None and issubclass(mapper.class_, InArea)}
    assert tables - {one.__name__ for one in following.LEDGERS} == told
    assert all(hasattr(one, "until") for one in following.RUNNING)
    assert inspect(Area).local_table.c.code.unique


def test_the_tree_counts_what_is_below_with_few_statements(browse, lively):
    clerk, asked = browse("李经办"), []
    listen = lambda *args: asked.append(args[2])  # noqa: E731

    def page():
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", listen)
        text = clerk.get("/areas/").text
        event.remove(db.engine, "before_cursor_execute", listen)
        return text, len(asked)

    text, few = page()
    for said in ("东岭村", "东岭一组", "网格 2", "企业 2", "农户 4", "620000101201"):
        assert said in text
    township = lively.areas["样例乡"]
    change(lambda session: [add_area(session, f"{n}村", AreaLevel.VILLAGE, session.get_one(Area, township), by=SYSTEM, now=NOW) for n in range(30)])
    assert page()[1] == few
    assert "东岭一组" in clerk.get(f"/areas/?at={lively.areas['东岭村']}").text
