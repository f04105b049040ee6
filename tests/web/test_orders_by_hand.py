"""督办单 by hand: from an inspection, an instruction, a complaint or what is overdue; drafted by the office, signed by another's right."""

import io
from datetime import timedelta

import pytest
from docx import Document

from models import Order, db
from rules.localtime import local_day
from rules.order_source import OrderSource
from rules.orders import OrderState
from services.followup import extending, orders
from services.followup.laddering import climb

REPLY = "已清运两次，约定每周二、周五清运，村里派人看守。"


def asked(office, **more) -> dict:
    known = {
        "source": "inspection", "cadre": office.town.cadres["赵包抓"], "matter": "东岭村垃圾收集点清运不及时", "facts": "11月20日、21日两次现场查看，箱体外溢。",
        "request": "两天内清运完，定好每周清运的日子。", "basis": "《人居环境整治方案》三、（三）", "clock": "order-reply", "due_on": "", "once": "a1",
    }  # fmt: skip
    return known | more


def drafted(office, browse, who="孙纪检", **more) -> Order:
    answer = browse(who).post("/orders/new", asked(office, **more))
    assert answer.status_code == 303, answer.text
    return office.all(Order)[-1]


def paper(data: bytes) -> str:
    return "\n".join(cell.text for table in Document(io.BytesIO(data)).tables for row in table.rows for cell in row.cells)


@pytest.mark.clause("ZF-3.3", "SGD-4.4a", "HJ-3.3c")
def test_what_an_inspection_found_is_ordered_answered_and_cancelled(office, browse):
    row = drafted(office, browse)
    assert (row.state, row.source, row.due_on, row.number) == (OrderState.DRAFT, OrderSource.INSPECTION, None, f"DB{office.town.areas['样例乡']}-2026-0001")
    path, inspector, cadre = f"/orders/{row.id}", browse("孙纪检"), browse("赵包抓")
    assert cadre.get(path).status_code == 404
    inspector.post(path, {"move": "issue", "feedback": row.feedback, "request": row.request})
    page = cadre.get(path).text
    assert all(words in page for words in ("督查发现", "《人居环境整治方案》三、（三）", "箱体外溢", "为起算日，不计入"))
    cadre.post(path, {"move": "receive"})
    cadre.post(path, {"move": "reply", "text": REPLY})
    inspector.post(path, {"move": "verify", "remark": "现场复看，已清运"})
    inspector.post(path, {"move": "cancel"})
    (done,) = office.all(Order)
    assert done.state is OrderState.CANCELLED
    words = paper(cadre.get(f"{path}/order.docx").data)
    assert all(one in words for one in ("督查发现", "《人居环境整治方案》三、（三）", done.number, "两天内清运完"))


@pytest.mark.clause("JF-3.4d")
def test_what_is_overdue_is_ordered_with_a_day_of_its_own_and_put_off_by_working_days(office, browse):
    day = local_day(office.clock.now) + timedelta(days=5)
    row = drafted(office, browse, who="李经办", source="overdue", clock="", due_on=day.isoformat())
    with office.work() as session:
        found = session.get_one(Order, row.id)
        orders.issue(session, found, found.feedback, found.request, by=office.town.actors["王主任"], now=office.clock.now)
        assert (found.due_on, found.due_steps) == (day, ["签发人指定"])
        extending.ask_extension(session, found, "3", "要等县里清运车", by=office.town.actors["赵包抓"], now=office.clock.now)
        extending.agree_extension(session, found, "属实", by=office.town.actors["王主任"], now=office.clock.now)
        assert found.first_due_on == day < found.due_on
        session.commit()
    office.clock.pass_by(days=40)
    assert climb(db.engine, office.clock.now, "https://town.example") == {"escalated": 3}


def test_sent_twice_it_is_one_draft_and_another_page_makes_another(office, browse):
    first = drafted(office, browse)
    assert drafted(office, browse).id == first.id
    assert drafted(office, browse, once="a2").number.endswith("0002")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"source": ""}, "请选择来源"), ({"source": "rating"}, "请选择来源"), ({"cadre": ""}, "请从在岗干部里选择"), ({"cadre": "9999"}, "请从在岗干部里选择"),
        ({"matter": " 垃圾 "}, "督办事项"), ({"facts": " "}, "发现的情况"), ({"request": ""}, "督办要求"), ({"basis": ""}, "依据"), ({"clock": ""}, "期限请选一种"),
        ({"clock": "", "due_on": "下周"}, "不是一个日期"), ({"clock": "", "due_on": "2026-02-30"}, "不是一个日期"), ({"clock": "", "due_on": "2020-01-01"}, "明天以后"),
        ({"clock": "", "due_on": "2030-01-01"}, "一年以内"), ({"clock": "appeal-decision"}, "期限规则已不在"), ({"clock": "x" * 300}, "期限规则已不在"),
    ],
)  # fmt: skip
def test_what_is_missing_or_odd_is_said_and_nothing_typed_is_lost(office, browse, more, said):
    answer = browse("孙纪检").post("/orders/new", asked(office, **more))
    assert answer.status_code == 409
    assert said in answer.text
    assert ("箱体外溢" in answer.text) is ("facts" not in more)
    assert office.all(Order) == []


@pytest.mark.parametrize("who", ["孙纪检", "王主任", "李经办"])
def test_nobody_drafts_one_for_himself(office, browse, who):
    answer = browse(who).post("/orders/new", asked(office, cadre=office.town.cadres[who]))
    assert answer.status_code == 409
    assert "不能给自己拟" in answer.text


@pytest.mark.parametrize(("who", "code"), [("赵包抓", 403), ("周系统", 403), ("郑审计", 403), ("李经办", 200), ("王主任", 200)])
def test_the_form_is_the_offices(office, browse, who, code):
    assert browse(who).get("/orders/new").status_code == code


def test_the_clerk_drafts_but_does_not_sign(office, browse):
    row = drafted(office, browse, who="李经办")
    answer = browse("李经办").post(f"/orders/{row.id}", {"move": "issue", "feedback": "一二三四", "request": "一二三四"})
    assert answer.status_code == 409
    assert office.all(Order)[0].state is OrderState.DRAFT


def test_a_day_that_passed_while_the_draft_lay_is_said_at_the_signature(office, browse, clock):
    day = local_day(clock.now) + timedelta(days=2)
    row = drafted(office, browse, clock="", due_on=day.isoformat())
    clock.pass_by(days=2)
    answer = browse("王主任").post(f"/orders/{row.id}", {"move": "issue", "feedback": row.feedback, "request": row.request})
    assert (answer.status_code, "明天以后" in answer.text) == (409, True)


def test_orders_from_ratings_and_from_hand_say_where_they_come_from(office, browse):
    office.order()
    drafted(office, browse)
    page = browse("王主任").get("/orders/").text
    assert "测评结果" in page
    assert "督查发现" in page
    assert "共 1 条" in browse("王主任").get("/admin/order/?f_source=inspection").text
