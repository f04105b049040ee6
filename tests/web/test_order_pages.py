"""督办单 from signature to 销号 on the pages: each step by the right person, in the right state."""

import re

import pytest
from sqlalchemy import insert, select

from models import Notice, Order
from rules.orders import OrderState

REPLY = "已上门三次，用电增容的事约好供电所周五来办。"


def state(office) -> OrderState:
    return office.all(Order)[0].state


@pytest.mark.clause("QY-2.3d")
def test_from_draft_to_cancelled_each_does_his_part(office, browse):
    number = office.order(issued=False)
    leader, cadre = browse("王主任"), browse("赵包抓")
    path = f"/orders/{number}"
    leader.post(path, {"move": "issue", "feedback": "上门少", "request": "多上门"})
    cadre.post(path, {"move": "receive"})
    cadre.post(path, {"move": "reply", "text": REPLY})
    leader.post(path, {"move": "send_back", "remark": "供电所没来"})
    cadre.post(path, {"move": "reply", "text": REPLY + "今天已通电。"})
    leader.post(path, {"move": "verify", "remark": "电话核实属实"})
    leader.post(path, {"move": "cancel"})
    assert state(office) is OrderState.CANCELLED
    page = cadre.get(path).text
    assert "党委发〔2023〕77号" in page
    assert "为起算日，不计入" in page
    assert "今天已通电" in page


@pytest.mark.clause("QY-2.3d")
def test_a_draft_reaches_the_cadre_only_when_it_is_issued(office, browse):
    number = office.order(issued=False)
    cadre = browse("赵包抓")
    assert cadre.get(f"/orders/{number}").status_code == 404
    assert "没有督办单" in cadre.get("/orders/").text
    browse("王主任").post(f"/orders/{number}", {"move": "issue", "feedback": "上门少", "request": "多上门"})
    assert cadre.get(f"/orders/{number}").status_code == 200
    assert any("已下发" in one.subject and one.cadre_id == office.town.cadres["赵包抓"] for one in office.all(Notice))


def test_an_order_never_names_who_rated(office, browse):
    number = office.order(issued=False)
    leader = browse("王主任")
    answer = leader.post(f"/orders/{number}", {"move": "issue", "feedback": "东岭合作社说您来得少", "request": "多上门"})
    assert answer.status_code == 409
    assert "容易看出是谁评的" in answer.text
    assert "东岭合作社说您来得少" in answer.text
    assert state(office) is OrderState.DRAFT


def test_another_cadre_finds_no_such_order(office, browse):
    number = office.order()
    assert browse("钱包保").get(f"/orders/{number}").status_code == 404
    assert browse("钱包保").get(f"/orders/{number}/order.docx").status_code == 404


@pytest.mark.parametrize(("who", "move"), [("赵包抓", "verify"), ("赵包抓", "void"), ("王主任", "receive"), ("王主任", "reply"), ("李经办", "void")])
def test_the_wrong_person_is_refused(office, browse, who, move):
    number = office.order()
    answer = browse(who).post(f"/orders/{number}", {"move": move, "text": REPLY, "remark": "试试"})
    assert answer.status_code == 409
    assert state(office) is OrderState.ISSUED


@pytest.mark.parametrize("move", ["issue", "verify", "cancel", "send_back"])
def test_a_step_out_of_turn_is_refused_in_words(office, browse, move):
    number = office.order()
    answer = browse("王主任").post(f"/orders/{number}", {"move": move, "feedback": "一", "request": "二", "remark": "三"})
    assert "当前为“已下发”" in answer.text


def test_a_short_reply_is_refused_and_kept(office, browse):
    number = office.order()
    answer = browse("赵包抓").post(f"/orders/{number}", {"move": "reply", "text": "知道了"})
    assert "答复太短" in answer.text
    assert ">知道了</textarea>" in answer.text


def test_a_reply_after_the_order_was_cancelled_is_refused_and_what_was_written_can_be_copied(office, browse):
    number = office.order()
    cadre, path = browse("赵包抓"), f"/orders/{number}"
    browse("王主任").post(path, {"move": "void", "remark": "下错了"})
    page = cadre.post(path, {"move": "reply", "text": REPLY})
    assert page.status_code == 409
    assert "当前为“已作废”" in page.text
    assert f'<p class="said">{REPLY}</p>' in page.text
    assert office.all(Order)[0].reply == ""


def seen_on(page: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', page).group(1)


def test_a_step_sent_from_two_pages_is_taken_once_and_the_second_page_is_told(office, browse):
    path = f"/orders/{office.order()}"
    cadre = browse("赵包抓")
    cadre.post(path, {"move": "receive"})
    seen = seen_on(cadre.get(path).text)
    assert cadre.post(path, {"move": "reply", "text": REPLY, "seen": seen}).status_code == 302
    browse("王主任").post(path, {"move": "send_back", "remark": "供电所没来"})
    again = cadre.post(path, {"move": "reply", "text": "另一个页面里的" + REPLY, "seen": seen})
    assert again.status_code == 409
    assert "已经办过一步" in again.text
    assert ">另一个页面里的" + REPLY + "</textarea>" in again.text
    assert (state(office), office.all(Order)[0].reply) == (OrderState.RETURNED, REPLY)
    assert cadre.post(path, {"move": "reply", "text": REPLY, "seen": seen_on(again.text)}).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "9" * 30])
def test_an_odd_mark_of_the_page_breaks_nothing(office, browse, seen):
    answer = browse("赵包抓").post(f"/orders/{office.order()}", {"move": "receive", "seen": seen})
    assert answer.status_code in {302, 409}


def test_only_the_steps_that_are_possible_are_offered(office, browse):
    number = office.order()
    assert "签收" in browse("赵包抓").get(f"/orders/{number}").text
    leader = browse("王主任").get(f"/orders/{number}").text
    assert 'value="void"' in leader
    assert 'value="receive"' not in leader
    assert re.findall(r'name="move" value="(\w+)"', browse("李经办").get(f"/orders/{number}").text) == ["urge"]


def test_the_letter_is_a_word_file(office, browse):
    number = office.order()
    assert browse("赵包抓").get(f"/orders/{number}/order.docx").data[:2] == b"PK"


def test_late_orders_are_found_by_their_chip(office, browse, clock):
    office.order()
    leader = browse("王主任")
    assert "没有这一类督办单" in leader.get("/orders/?chip=late").text
    clock.pass_by(days=12)
    leader = browse("王主任")
    assert "超期" in leader.get("/orders/?chip=late").text
    assert "没有这一类督办单" not in leader.get("/orders/?chip=late").text


def test_an_unknown_step_is_a_bad_request(office, browse):
    assert browse("王主任").post(f"/orders/{office.order()}", {"move": "burn"}).status_code == 400


def _thousand_more(office) -> None:
    """A county's worth of orders to 钱包保."""
    with office.work() as session:
        (one,) = session.scalars(select(Order)).all()
        facts = {c.key: getattr(one, c.key) for c in Order.__table__.columns if c.key not in {"id", "number", "cadre_id"}}
        cadre = office.town.cadres["钱包保"]
        session.execute(insert(Order), [{**facts, "cadre_id": cadre, "key": f"more:{n}", "number": f"{one.number[:-4]}{n:04}"} for n in range(1001, 2002)])
        session.commit()


def test_more_orders_than_anybody_leafs_through_are_counted_to_a_thousand(office, browse):
    """The list says so and points to the ledger; whoever has one order is told of one."""
    office.order()
    _thousand_more(office)
    page = browse("王主任").get("/orders/").text
    assert "共 1000+ 条" in page
    assert "督办单台账</a>" in page
    assert "共 1 条" in browse("赵包抓").get("/orders/").text
    assert browse("王主任").get("/orders/?page=49").status_code == 200
