"""Check sheets on the phone: filled, pictured, signed by everybody named, ordered from, known to nobody else before."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from models import Account, Area, Attachment, Cadre, Check, CheckPhoto, Event, Order, Signer, Unit, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from rules.checks import CheckState
from rules.places import UnitKind
from tests.homes import NOW

SYSTEM = system("测试")
ITEMS = ("dress", "badge", "desk", "codes", "tidy", "manner")


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def picture(name="a.png"):
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "PNG")
    return io.BytesIO(out.getvalue()), name


@pytest.fixture
def window(office):
    """便民服务中心 with 何窗口 at it."""

    def work(session):
        area = session.get_one(Area, office.town.areas["样例乡"])
        unit = Unit(name="便民服务中心", kind=UnitKind.WINDOW, area=area)
        session.add_all([unit, Cadre(name="何窗口", unit=unit, area=area, post="窗口工作人员")])
        session.flush()
        return unit.id

    return change(work)


def opened(office, browse, window, *others):
    """孙纪检 opens the window sheet with the people named; its address."""
    named = [office.town.accounts[name] for name in others]
    answer = browse("孙纪检").post("/checks/sheets/new", {"sheet": "window-check", "subject": window, "others": named})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def form(browser, path, move="save", **answers):
    version = re.search(r'name="version" value="(\d+)"', browser.get(path).text)
    return {"move": move, "version": version.group(1) if version else "0", **{f"item-{item}": "pass" for item in ITEMS}, **answers}


def only(office, model):
    (row,) = office.all(model)
    return row


def visible(office, who, model):
    with ActorSession(db.engine, info={"actor": office.town.actors[who]}) as session:
        return len(session.scalars(select(model)).all())


@pytest.mark.clause("CK-3.2")
def test_the_window_sheet_is_filled_pictured_signed_by_two_and_ordered_from(office, browse, window):
    path = opened(office, browse, window, "王主任")
    inspector, leader = browse("孙纪检"), browse("王主任")
    page = inspector.get(path).text
    assert all(words in page for words in ("规范着装", "佩戴胸卡上岗", "签字笔、岗位桌牌", "投诉电话号码", "热情大方，态度和蔼"))
    assert "checked" not in page
    sent = form(inspector, path, "sign", **{"item-badge": "fail", "photo-badge": picture("窗口三号.png")})
    assert inspector.post(path, sent).status_code == 303
    assert only(office, Check).state is CheckState.DRAFT
    assert leader.post(path, {"move": "sign"}).status_code == 303
    assert only(office, Check).state is CheckState.SIGNED
    assert only(office, Attachment).filename == "照片.jpg"
    assert Image.open(io.BytesIO(leader.get(f"/checks/photos/{only(office, CheckPhoto).id}").data)).size == (30, 40)
    for _twice in range(2):
        with office.work() as session:
            cadre = session.scalars(select(Cadre.id).where(Cadre.name == "何窗口")).one()
        inspector.post(path, {"move": "order", "cadre": cadre})
    order = only(office, Order)
    assert order.matter == "便民服务中心：窗口检查表发现1项问题"
    assert "佩戴胸卡上岗：不合格" in order.request
    assert "佩戴胸卡上岗" in order.basis
    assert inspector.post(path, {"move": "after", "photo-badge": picture()}).status_code == 303
    assert inspector.post(path, {"move": "close"}).status_code == 303
    assert only(office, Check).state is CheckState.CLOSED
    assert inspector.post(path, {"move": "after", "photo-badge": picture()}).status_code == 409


@pytest.mark.clause("CK-4.3b")
def test_nobody_else_knows_of_a_check_before_it_is_closed(office, browse, window):
    path = opened(office, browse, window, "王主任")
    second = change(lambda session: _another_leader(session, office))
    office.town.actors["马领导"], office.town.accounts["马领导"] = second
    inspector = browse("孙纪检")
    inspector.post(path, form(inspector, path, "sign", **{"item-badge": "fail", "photo-badge": picture()}))
    for model in (Check, Signer, CheckPhoto, Attachment):
        assert [visible(office, who, model) for who in ("李经办", "赵包抓", "马领导", "周系统", "郑审计")] == [0] * 5, model
    assert browse("李经办").get("/checks/").status_code == 403
    assert browse("马领导").get(path).status_code == 404
    assert visible(office, "王主任", Check) == 1
    told = "".join(f"{one.subject}{one.detail}{one.changes}" for one in office.all(Event) if one.verb.startswith(("check", "attachment")))
    assert str(window) not in re.findall(r"'unit_id': \[[^]]*\]", told)
    assert not any(word in told for word in ("便民服务中心", "badge", "fail"))
    browse("王主任").post(path, {"move": "sign"})
    inspector.post(path, {"move": "close"})
    assert visible(office, "马领导", Check) == 1
    assert [visible(office, who, Check) for who in ("李经办", "赵包抓", "周系统", "郑审计")] == [0] * 4


def _another_leader(session, office):
    from_ = office.town.actors["王主任"]
    account = Account(
        login="user9", role=from_.role, holder="马领导", area_id=office.town.areas["样例乡"], active=True, fs_uniquifier="u9", email="u9@invalid"
    )  # fmt: skip
    session.add(account)
    session.flush()
    return type(from_)("马领导", from_.role, account.id, None, None, from_.area_path), account.id


def test_a_photo_that_is_no_photo_is_refused_and_nothing_else_is_lost(office, browse, window):
    path = opened(office, browse, window, "王主任")
    inspector = browse("孙纪检")
    sent = form(inspector, path, remark="三号窗口", **{"item-badge": "fail", "photo-badge": (io.BytesIO(b"MZ"), "a.png"), "photo-desk": picture()})
    answer = inspector.post(path, sent)
    assert answer.status_code == 409
    assert "不是能打开的照片" in answer.text
    assert only(office, Check).answers["badge"] == "fail"
    assert (only(office, CheckPhoto).item, only(office, Check).remark) == ("desk", "三号窗口")
    answer = inspector.post(path, form(inspector, path, "sign", **{"item-badge": "fail"}))
    assert "请附上现场照片" in answer.text
    assert [one.signed_at for one in office.all(Signer)] == [None, None]


def test_two_tabs_do_not_write_over_one_another(office, browse, window):
    path = opened(office, browse, window, "王主任")
    assert opened(office, browse, window, "王主任") == path
    inspector, leader = browse("孙纪检"), browse("王主任")
    first, second = form(inspector, path), form(leader, path, **{"item-badge": "na"})
    assert inspector.post(path, first).status_code == 303
    assert inspector.post(path, first).status_code == 303
    answer = leader.post(path, second)
    assert answer.status_code == 409
    assert "在另一个页面或由同组的人保存过" in answer.text
    assert only(office, Check).answers["badge"] == "pass"
    inspector.post(path, form(inspector, path, "sign"))
    assert leader.post(path, second).status_code == 409
    assert leader.post(path, {"move": "sign"}).status_code == 303
    assert only(office, Check).found == 0
    assert "没有发现问题" in inspector.post(path, {"move": "order", "cadre": 1}).text


def test_whoever_has_to_do_with_it_does_not_check_it(office, browse, window):
    """Own unit, own shop, too few people, somebody who is no inspector."""
    own = change(lambda session: session.scalars(select(Unit.id).where(Unit.name == "党政综合办公室")).one())
    inspector, accounts = browse("孙纪检"), office.town.accounts
    says = {
        (own, "王主任"): "要回避",
        (window, ""): "要2名检查人员签字",
        (window, "李经办"): "不是纪检、领导",
    }  # fmt: skip
    for (subject, other), words in says.items():
        answer = inspector.post("/checks/sheets/new", {"sheet": "window-check", "subject": subject, "others": [accounts[other]] if other else []})
        assert (answer.status_code, words in answer.text) == (409, True), words
    assert office.all(Check) == []
    assert browse("王主任").post("/checks/sheets/new", {"sheet": "window-check", "subject": window}).status_code == 403


@pytest.mark.clause("HJ-3.3c")
def test_a_sheet_is_voided_with_a_reason_and_filled_anew(office, browse):
    shop = office.town.shops["东岭合作社"]
    sent = {"sheet": "street-check", "subject": shop, "others": [office.town.accounts["王主任"]]}
    inspector = browse("孙纪检")
    path = inspector.post("/checks/sheets/new", sent).headers["Location"]
    assert only(office, Check).cadre_id == office.town.cadres["赵包抓"]
    assert inspector.post(path, {"move": "void", "why": " "}).status_code == 409
    assert inspector.post(path, {"move": "void", "why": "选错了门店"}).status_code == 303
    assert "已作废" in inspector.post(path, form(inspector, path)).text
    assert inspector.post("/checks/sheets/new", sent).headers["Location"] != path
