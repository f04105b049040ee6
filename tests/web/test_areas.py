"""Villages and grids typed in by the clerk: each hangs in the tree, so that whoever is in charge sees what is in it."""

from datetime import date

import pytest
from sqlalchemy import select

from models import Area, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.places import AreaLevel
from services.areas import add_area
from tests.homes import NOW

HERE, FORM = "/admin/area", {"name": "北塬村", "level": "village"}
SYSTEM = system("测试")


def area(name):
    with working(db.engine, SYSTEM) as session:
        return session.scalar(select(Area).where(Area.name == name))


def all_named(name):
    with working(db.engine, SYSTEM) as session:
        return session.scalars(select(Area).where(Area.name == name)).all()


def amend(name, **facts):
    with working(db.engine, SYSTEM) as session:
        row = session.scalars(select(Area).where(Area.name == name)).one()
        for key, value in facts.items():
            setattr(row, key, value)
        record(session, "test.amended", row, by=SYSTEM, now=NOW)
        session.commit()


def test_a_new_village_lies_below_its_township(browse, town):
    clerk = browse("李经办")
    assert clerk.post(f"{HERE}/new/", {**FORM, "parent": town.areas["样例乡"]}).status_code == 302
    row = area("北塬村")
    assert row.path == f"{town.actors['李经办'].area_path}{row.id}/"
    clerk.post("/admin/unit/new/", {"name": "北塬村委会", "kind": "village", "area": row.id})
    assert "北塬村委会" in clerk.get("/admin/unit/").text


@pytest.mark.parametrize(
    ("more", "says"),
    [({}, "请选择上级区划"), ({"parent": "东岭村"}, "村（社区）不能设在东岭村下面"), ({"parent": "邻乡"}, "不在您的管辖范围内")],
)
def test_a_village_without_a_fitting_parent_is_refused_in_words(browse, town, more, says):
    with working(db.engine, SYSTEM) as session:
        add_area(session, "邻乡", AreaLevel.TOWNSHIP, None, by=SYSTEM, now=NOW)
        session.commit()
    form = FORM | ({"parent": area(more["parent"]).id} if more else {})
    answer = browse("李经办").post(f"{HERE}/new/", form)
    assert answer.status_code == 200
    assert says in answer.text
    assert "北塬村" in answer.text
    assert area("北塬村") is None


def test_a_village_is_renamed_but_never_moved(browse, town):
    clerk, village = browse("李经办"), area("东岭村")
    url = f"{HERE}/edit/?id={village.id}"
    kept = {"name": "东岭新村", "level": "village", "version": village.version, "parent": town.areas["样例乡"]}
    moved = clerk.post(url, {**kept, "parent": town.areas["西沟村"], "level": "grid"})
    assert "上级和层级定下后不能改" in moved.text
    assert clerk.post(url, kept).status_code == 302
    assert area("东岭新村").path == village.path


def test_the_form_of_a_new_village_sent_twice_makes_one_village_and_names_it(browse, town):
    clerk, form = browse("李经办"), {**FORM, "parent": town.areas["样例乡"], "code": "620000101209"}
    amend("样例乡", code="620000101000")
    assert clerk.post(f"{HERE}/new/", form).status_code == 302
    again = clerk.post(f"{HERE}/new/", form | {"code": ""})
    assert "样例乡下面已经有“北塬村”（代码620000101209）" in again.text
    assert len(all_named("北塬村")) == 1
    other = area("西沟村")
    renamed = clerk.post(f"{HERE}/edit/?id={other.id}", {"name": "北塬村", "level": "village", "version": other.version, "parent": town.areas["样例乡"]})
    assert "已经有“北塬村”" in renamed.text
    assert area("西沟村") is not None


def test_a_village_that_ended_leaves_its_name_free(browse, town):
    clerk, form = browse("李经办"), {**FORM, "parent": town.areas["样例乡"]}
    assert clerk.post(f"{HERE}/new/", form).status_code == 302
    amend("北塬村", until=date(2026, 1, 31))
    assert clerk.post(f"{HERE}/new/", form).status_code == 302
    with working(db.engine, SYSTEM) as session:
        standing = add_area(session, "北塬村", AreaLevel.VILLAGE, session.get_one(Area, town.areas["样例乡"]), by=SYSTEM, now=NOW)
        assert standing.until is None
    assert len(all_named("北塬村")) == 2


@pytest.mark.clause("SGD-1.1")
def test_four_hundred_and_eighty_five_grids_hang_below_thirty_three_villages(app, town):
    with working(db.engine, SYSTEM) as session:
        township = session.get_one(Area, town.areas["样例乡"])
        villages = [add_area(session, f"第{n}村", AreaLevel.VILLAGE, township, by=SYSTEM, now=NOW) for n in range(33)]
        for n in range(485):
            add_area(session, f"{n}号网格", AreaLevel.GRID, villages[n % 33], by=SYSTEM, now=NOW)
        session.commit()
        below = select(Area.id).where(Area.level == AreaLevel.GRID, Area.path.startswith(township.path))
        assert len(session.scalars(below).all()) == 485
        one = select(Area.id).where(Area.level == AreaLevel.GRID, Area.path.startswith(villages[0].path))
        assert len(session.scalars(one).all()) == 15
