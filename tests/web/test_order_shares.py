"""配合责任: who shares an order is told, reads it and reports his part; the lead replies for all, and neither judges."""

import io

import pytest
from docx import Document

from models import Notice, Order, Share

DID = "已协调供电所到现场，排了下周三施工。"
REPLY = "已上门三次，用电增容的事约好供电所周五来办。"


def add(office, browse, number: int, name: str, who: str = "王主任"):
    return browse(who).post(f"/orders/{number}/share", {"cadre": office.town.cadres[name]})


def told(office, name: str, words: str) -> int:
    return sum(words in one.subject and one.cadre_id == office.town.cadres[name] for one in office.all(Notice))


@pytest.mark.clause("ZF-3.3", "SGD-4.4a")
def test_who_shares_is_told_reads_it_and_reports_his_part_the_lead_replies_for_all(office, browse):
    number = office.order()
    path = f"/orders/{number}"
    assert browse("钱包保").get(path).status_code == 404
    assert add(office, browse, number, "钱包保").status_code == 302
    assert told(office, "钱包保", "请您配合办理") == 1
    helper, lead, leader = browse("钱包保"), browse("赵包抓"), browse("王主任")
    assert 'value="contribute"' in helper.get(path).text
    assert 'value="reply"' not in helper.get(path).text
    assert "还没有报" in leader.get(path).text
    helper.post(path, {"move": "contribute", "did": DID})
    assert told(office, "赵包抓", "配合人报了配合情况") == 1
    assert DID in lead.get(path).text
    lead.post(path, {"move": "reply", "text": REPLY})
    late = helper.post(path, {"move": "contribute", "did": DID + "又补充一句。"})
    assert (late.status_code, "当前为“已答复”" in late.text) == (409, True)
    paper = Document(io.BytesIO(leader.get(f"{path}/order.docx").data))
    assert "（配合：钱包保）" in "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)


def facts(page: str, label: str) -> str:
    return page.split(f"<dt>{label}</dt>", 1)[1].split("</div>", 1)[0]


@pytest.mark.parametrize("who", ["赵包抓", "钱包保", "孙纪检", "王主任"])
def test_whoever_reads_it_reads_who_is_in_the_lead_and_who_has_not_reported(office, browse, who):
    number = office.order()
    add(office, browse, number, "钱包保")
    add(office, browse, number, "孙纪检")
    browse("钱包保").post(f"/orders/{number}", {"move": "contribute", "did": DID})
    page = browse(who).get(f"/orders/{number}").text
    assert "赵包抓" in facts(page, "责任人")
    done, waits = facts(page, "配合人").split("</p>")[:2]
    assert ("钱包保" in done and DID in done, "孙纪检" in waits and "还没有报" in waits) == (True, True)
    assert "赵包抓" in browse(who).get("/orders/").text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]


def test_named_in_the_draft_he_hears_of_it_when_it_is_issued(office, browse):
    number = office.order(issued=False)
    add(office, browse, number, "钱包保")
    assert (told(office, "钱包保", "请您配合"), browse("钱包保").get(f"/orders/{number}").status_code) == (0, 404)
    browse("王主任").post(f"/orders/{number}", {"move": "issue", "feedback": "上门少", "request": "多上门"})
    assert (told(office, "钱包保", "请您配合"), browse("钱包保").get(f"/orders/{number}").status_code) == (1, 200)


def test_named_twice_it_is_once_and_the_lead_is_not_named_beside_himself(office, browse):
    number = office.order()
    add(office, browse, number, "钱包保")
    add(office, browse, number, "钱包保", who="李经办")
    assert len(office.all(Share)) == 1
    answer = add(office, browse, number, "赵包抓")
    assert (answer.status_code, "已经是责任人" in answer.text) == (409, True)


@pytest.mark.parametrize("cadre", ["", "0", "9999", "x"])
def test_nobody_is_said(office, browse, cadre):
    number = office.order()
    answer = browse("王主任").post(f"/orders/{number}/share", {"cadre": cadre})
    assert (answer.status_code, "请从在岗干部里选择配合人" in answer.text) == (409, True)


def test_who_shares_it_judges_nothing_of_it(office, browse):
    number = office.order()
    add(office, browse, number, "孙纪检")
    inspector = browse("孙纪检")
    assert 'value="void"' not in inspector.get(f"/orders/{number}").text
    answer = inspector.post(f"/orders/{number}", {"move": "void", "remark": "下错了"})
    assert (answer.status_code, "涉及您本人" in answer.text) == (409, True)
    assert office.all(Order)[0].ended_at is None


def test_another_cadre_reports_nothing_and_a_short_word_is_kept(office, browse):
    number = office.order()
    add(office, browse, number, "钱包保")
    answer = browse("钱包保").post(f"/orders/{number}", {"move": "contribute", "did": "办了"})
    assert (answer.status_code, "不少于10个字" in answer.text, ">办了</textarea>" in answer.text) == (409, True, True)
    assert browse("赵包抓").post(f"/orders/{number}", {"move": "contribute", "did": DID}).status_code == 409


def test_a_finished_order_takes_nobody_more(office, browse):
    number = office.order()
    browse("赵包抓").post(f"/orders/{number}", {"move": "reply", "text": REPLY})
    answer = add(office, browse, number, "钱包保")
    assert (answer.status_code, "当前为“已答复”" in answer.text) == (409, True)


def test_who_shares_it_is_not_asked_to_judge_it_and_hears_of_its_end(office, browse):
    path = f"/orders/{(number := office.order())}"
    add(office, browse, number, "孙纪检")
    browse("赵包抓").post(path, {"move": "reply", "text": REPLY})
    asked = {one.account_id for one in office.all(Notice) if "已答复，请核实" in one.subject}
    assert asked == {office.town.accounts["王主任"]}
    browse("王主任").post(path, {"move": "verify", "remark": "属实"})
    browse("王主任").post(path, {"move": "cancel"})
    assert told(office, "孙纪检", "已销号") == 1
