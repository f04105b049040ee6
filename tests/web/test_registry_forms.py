"""Posts, charges, letters and households typed in by the clerk: one holder each, nothing overwritten, homes masked."""

from datetime import date

import pytest
from sqlalchemy import select

from models import Account, Area, Cadre, Charge, Contact, Household, Letter, Post, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.errors import RuleBroken
from rules.places import AreaLevel, check_code
from rules.posts import PostKind
from rules.roles import Role
from services.areas import add_area
from tests.homes import NOW

SYSTEM = system("测试")


def rows(model):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


@pytest.fixture
def grid(town):
    with working(db.engine, SYSTEM) as session:
        row = add_area(session, "东岭一组", AreaLevel.GRID, session.get_one(Area, town.areas["东岭村"]), by=SYSTEM, now=NOW)
        session.commit()
        return row.id


def head(grid, cadre, **more):
    return {"title": "网格长", "kind": "grid_head", "rank": "a", "cadre": cadre, "area": grid, "since": "2026-01-01", **more}


@pytest.mark.clause("SPX-2.1b")
def test_a_grid_has_one_head_and_the_next_begins_when_he_has_ended(browse, town, grid):
    clerk, zhao, qian = browse("李经办"), town.cadres["赵包抓"], town.cadres["钱包保"]
    assert clerk.post("/admin/post/new/", head(grid, zhao)).status_code == 302
    refused = clerk.post("/admin/post/new/", head(grid, qian, title="组长")).text
    assert "现由赵包抓担任" in refused
    (row,) = rows(Post)
    changed = clerk.post(f"/admin/post/edit/?id={row.id}", head(grid, qian, version=row.version)).text
    assert "定下后不能改" in changed
    assert clerk.post(f"/admin/post/edit/?id={row.id}", head(grid, zhao, until="2026-10-01", version=row.version)).status_code == 302
    assert clerk.post("/admin/post/new/", head(grid, qian)).status_code == 302
    assert clerk.post("/admin/post/new/", head(grid, zhao, rank="b")).status_code == 302
    assert [(one.cadre_id, one.until) for one in rows(Post)] == [(zhao, date(2026, 10, 1)), (qian, None), (zhao, None)]


@pytest.mark.clause("HJ-1.1")
def test_a_village_has_one_owner_at_each_level(browse, town):
    form = {"level": "village", "cadre": town.cadres["王主任"], "area": town.areas["东岭村"], "since": "2026-01-01"}
    clerk = browse("李经办")
    assert clerk.post("/admin/charge/new/", form).status_code == 302
    assert "现由王主任担任" in clerk.post("/admin/charge/new/", {**form, "cadre": town.cadres["赵包抓"]}).text
    assert clerk.post("/admin/charge/new/", {**form, "level": "group", "cadre": town.cadres["赵包抓"]}).status_code == 302
    assert len(rows(Charge)) == 2


@pytest.mark.clause("SGD-4.3a")
def test_a_village_has_one_letter_a_year(browse, town):
    form = {"kind": "petitions", "year": "2026", "area": town.areas["东岭村"], "cadre": town.cadres["赵包抓"]}
    clerk = browse("李经办")
    assert clerk.post("/admin/letter/new/", form).status_code == 302
    assert "已经登记过" in clerk.post("/admin/letter/new/", form).text
    assert clerk.post("/admin/letter/new/", {**form, "year": "2027"}).status_code == 302
    assert [one.year for one in rows(Letter)] == [2026, 2027]


def household(town, browse, **more):
    form = {"name": "东岭村3号", "area": town.areas["东岭村"], "head": "样例甲", "members": "4", "phone": "19900000031",
            "tags": "三类户，关爱对象 三类户", "state": "active", **more}  # fmt: skip
    return browse("李经办").post("/admin/household/new/", form)


def test_a_household_head_is_masked_for_whom_it_does_not_serve(browse, town):
    assert household(town, browse).status_code == 302
    (row,) = rows(Household)
    assert row.tags == "三类户、关爱对象"
    leader = browse("王主任").get("/admin/household/").text
    assert "样例甲" not in leader
    assert "19900000031" not in leader
    assert "东岭村3号" in leader
    assert "样例甲" in browse("李经办").get("/admin/household/?chip=three").text
    assert "东岭村3号" not in browse("赵包抓").get("/admin/household/").text


def test_a_household_leaves_with_a_reason(browse, town):
    household(town, browse)
    (row,) = rows(Household)
    form = {"name": row.name, "area": row.area_id, "state": "closed", "version": row.version}
    clerk = browse("李经办")
    assert "请填写" in clerk.post(f"/admin/household/edit/?id={row.id}", form).text
    assert clerk.post(f"/admin/household/edit/?id={row.id}", {**form, "state_reason": "迁出"}).status_code == 302
    (row,) = rows(Household)
    assert (row.state_on, row.state_reason, row.head) == (date(2026, 11, 20), "迁出", "样例甲")


def test_a_grid_head_sees_his_grid_and_no_other(browse, town, grid):
    with working(db.engine, SYSTEM) as session:
        here, there = session.get_one(Area, grid), session.get_one(Area, town.areas["西沟村"])
        session.add_all([Household(name="本网格户", area=here), Household(name="外村户", area=there)])
        post = Post(title="网格长", kind=PostKind.GRID_HEAD, cadre=session.get_one(Cadre, town.cadres["赵包抓"]), area=here, since=date(2026, 1, 1))
        post.complete()
        session.add(post)
        session.get_one(Account, town.accounts["赵包抓"]).role = Role.GRID
        record(session, "test", "test", by=SYSTEM, now=NOW)
        session.commit()
    page = browse("赵包抓").get("/admin/household/").text
    assert "本网格户" in page
    assert "外村户" not in page


def test_a_client_has_several_contacts_with_sealed_phones(browse, town):
    form = {"client": town.shops["东岭合作社"], "area": town.areas["东岭村"], "name": "会计", "phone": "19900000041"}
    assert browse("李经办").post("/admin/contact/new/", form).status_code == 302
    assert "19900000041" in browse("赵包抓").get("/admin/contact/").text
    assert "19900000041" not in browse("王主任").get("/admin/contact/").text
    assert browse("钱包保").get(f"/admin/contact/details/?id={rows(Contact)[0].id}").status_code == 404


V, T, G = AreaLevel.VILLAGE, AreaLevel.TOWNSHIP, AreaLevel.GRID


@pytest.mark.parametrize(
    ("level", "code", "above", "says"),
    [
        (V, "620000101201", (T, "620000101000"), None), (V, "", (T, "620000101000"), None), (V, "620000101201", None, None),
        (V, "62000010120", (T, "620000101000"), "code-digits"), (V, "62000010120A", (T, "620000101000"), "code-digits"),
        (V, "620000102201", (T, "620000101000"), "code-parent"), (T, "620000101001", None, "code-zeros"),
        (G, "620000101201003", (V, "620000101201"), None), (G, "620000101209", (V, "620000101201"), None),
        (G, "620000101202003", (V, "620000101201"), "code-parent"),
    ],
)  # fmt: skip
def test_a_code_has_twelve_digits_and_begins_like_its_parents(level, code, above, says):
    if says is None:
        check_code(level, code, above)
        return
    with pytest.raises(RuleBroken) as refusal:
        check_code(level, code, above)
    assert refusal.value.code == says


def test_an_old_name_is_found(browse, town):
    clerk = browse("李经办")
    row = next(one for one in rows(Area) if one.name == "东岭村")
    form = {"name": "东岭新村", "level": "village", "version": row.version, "parent": town.areas["样例乡"]}
    assert clerk.post(f"/admin/area/edit/?id={row.id}", form).status_code == 302
    assert "东岭新村" in clerk.get("/admin/area/?search=东岭村").text
    assert "东岭新村" in clerk.get("/admin/area/?search=dlxc").text
