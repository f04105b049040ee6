"""查重 in the clerk's browser: side by side, decided with one press, the old name leads to the row kept."""

import pytest
from sqlalchemy import event, select

from models import Account, Area, Client, Double, Enterprise, Job, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.doubles import DoubleState
from rules.places import AreaLevel
from services.areas import add_area
from services.registry.doubles import propose
from tests.homes import NOW

SYSTEM = system("测试")


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def rows(model):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def twin(town, name="东岭（）合作社"):
    def work(session):
        row = Enterprise(name=name, phone="19900000011", contact="样例乙", area=session.get_one(Area, town.areas["东岭村"]))
        session.add(row)
        session.flush()
        return row.id

    return change(work)


@pytest.fixture
def pair(town):
    twin(town)
    propose(db.engine, NOW)
    return rows(Double)[0]


def test_the_clerk_sees_both_and_merges(browse, town, pair):
    clerk = browse("李经办")
    assert "东岭（）合作社" in clerk.get("/doubles/").text
    page = clerk.get(f"/doubles/{pair.id}").text
    assert "样例乙" in page
    assert "19900000011" not in page
    assert f'value="{pair.first_id}" checked' in page  # more hangs on it
    assert clerk.post(f"/doubles/{pair.id}", {"act": "merge"}).status_code == 409
    assert clerk.post(f"/doubles/{pair.id}", {"act": "merge", "keep": pair.first_id}).status_code == 303
    listed = clerk.get("/admin/enterprise/").text
    assert "东岭合作社" in listed
    assert f"details/?id={pair.second_id}&" not in listed
    assert f"details/?id={pair.first_id}&" in clerk.get("/admin/enterprise/?search=东岭（）合作社").text
    found = clerk.get("/admin/contact/ajax/lookup/?name=client&query=东岭").json
    assert [one[0] for one in found] == [pair.first_id]
    for door in ("details", "edit"):
        leads = clerk.get(f"/admin/enterprise/{door}/?id={pair.second_id}")
        assert leads.location.endswith(f"/admin/enterprise/details/?id={pair.first_id}")
    assert "已并入这一条" in clerk.get(leads.location).text


def test_merged_pairs_can_be_parted_again(browse, town, pair):
    clerk = browse("李经办")
    clerk.post(f"/doubles/{pair.id}", {"act": "merge", "keep": pair.second_id, "remark": "电话核实"})
    assert "电话核实" in clerk.get(f"/doubles/{pair.id}").text
    assert "东岭（）合作社" in clerk.get("/doubles/?chip=merged").text
    clerk.post(f"/doubles/{pair.id}", {"act": "undo"})
    assert [one.state for one in rows(Double)] == [DoubleState.OPEN]
    assert {one.merged_into_id for one in rows(Client)} == {None}


def test_not_the_same_is_said_with_one_press(browse, town, pair):
    browse("李经办").post(f"/doubles/{pair.id}", {"act": "differ"})
    assert [one.state for one in rows(Double)] == [DoubleState.DIFFERENT]
    assert "不是同一家" in browse("李经办").get("/doubles/?chip=different").text


def test_only_the_clerk_of_the_place_decides(browse, town, pair):
    for who in ("王主任", "赵包抓", "孙纪检", "周系统"):
        assert browse(who).get(f"/doubles/{pair.id}").status_code == 403
        assert browse(who).post(f"/doubles/{pair.id}", {"act": "differ"}).status_code == 403
        assert browse(who).post("/doubles/look").status_code == 403

    def move(session):
        session.get_one(Account, town.accounts["李经办"]).area_id = add_area(session, "邻乡", AreaLevel.TOWNSHIP, None, by=SYSTEM, now=NOW).id

    change(move)
    assert "东岭（）合作社" not in browse("李经办").get("/doubles/").text
    assert browse("李经办").get(f"/doubles/{pair.id}").status_code == 404
    assert browse("李经办").post(f"/doubles/{pair.id}", {"act": "merge", "keep": pair.first_id}).status_code == 404


def test_a_search_asked_for_twice_is_one_job(browse, town):
    clerk = browse("李经办")
    clerk.post("/doubles/look")
    clerk.post("/doubles/look")
    assert [job.kind for job in rows(Job)] == ["doubles"]


def test_the_list_takes_as_many_statements_for_twenty_pairs_as_for_one(browse, town, pair):
    clerk, asked = browse("李经办"), []
    listen = lambda *args: asked.append(args[2])  # noqa: E731

    def statements():
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", listen)
        assert clerk.get("/doubles/").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    few = statements()
    for n in range(6):
        twin(town, f"东岭{'（）' * n}合作社 ")
    propose(db.engine, NOW)
    assert len(rows(Double)) > 15
    assert statements() == few
