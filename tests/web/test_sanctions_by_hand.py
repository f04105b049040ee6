"""处理建议 by hand: proposed on facts by one named person, decided by another, told with its paper and its ways out."""

import io

import pytest
from docx import Document

from models import Notice, Sanction
from rules.sanctions import SanctionState

FACTS = "11月20日两次暗访均不在岗，无请假手续，监控可查。"


def asked(office, **more) -> dict:
    return {"cadre": office.town.cadres["赵包抓"], "measure": "poor-duty:talk", "facts": FACTS, "once": "a1"} | more


def proposed(office, browse, who="孙纪检", **more) -> Sanction:
    answer = browse(who).post("/sanctions/new", asked(office, **more))
    assert answer.status_code == 303, answer.text
    return office.all(Sanction)[-1]


def state(office) -> SanctionState:
    return office.all(Sanction)[-1].state


@pytest.mark.clause("SJ-3.3", "ZF-3.3")
def test_a_talk_is_proposed_on_facts_confirmed_by_another_told_and_contestable(office, browse):
    row = proposed(office, browse)
    assert (row.title, row.proposed_by, row.state) == ("约谈", "孙纪检", SanctionState.PROPOSED)
    assert "履职不力" in row.basis
    path, inspector, leader, cadre = f"/sanctions/{row.id}", browse("孙纪检"), browse("王主任"), browse("赵包抓")
    assert cadre.get(path).status_code == 404
    assert "等另一人确认" in inspector.get(path).text
    assert inspector.post(path, {"move": "confirm", "reason": "属实"}).status_code == 409
    leader.post(path, {"move": "confirm", "reason": "查证属实"})
    leader.post(path, {"move": "notify"})
    page = cadre.get(path).text
    assert all(words in page for words in (FACTS, "孙纪检提出", "王主任作出决定", "申请复核期限"))
    paper = "\n".join(line.text for line in Document(io.BytesIO(cadre.get(f"{path}/notice.docx").data)).paragraphs)
    assert all(words in paper for words in ("约谈", FACTS, "履职不力", "复核"))
    cadre.post(path, {"move": "ask_review", "text": "当天在村里调解，有记录。"})
    assert state(office) is SanctionState.UNDER_REVIEW


@pytest.mark.clause("CK-4.3a")
def test_what_a_leader_proposes_the_discipline_office_confirms(office, browse):
    row = proposed(office, browse, who="王主任", measure="window-failed:window-criticism")
    path = f"/sanctions/{row.id}"
    assert "不能" in browse("王主任").post(path, {"move": "confirm", "reason": "属实"}).text or state(office) is SanctionState.PROPOSED
    browse("孙纪检").post(path, {"move": "confirm", "reason": "查证属实"})
    assert state(office) is SanctionState.CONFIRMED


def test_what_the_rule_proposed_a_leader_decides_not_the_discipline_office(office, browse):
    office.sanction()
    number = office.all(Sanction)[0].id
    answer = browse("孙纪检").post(f"/sanctions/{number}", {"move": "confirm", "reason": "属实"})
    assert (answer.status_code, "由领导确认" in answer.text) == (409, True)
    assert office.all(Sanction)[0].state is SanctionState.PROPOSED


def test_it_follows_from_an_order_and_only_from_his_own(office, browse):
    order = office.order()
    page = browse("孙纪检").get(f"/sanctions/new?order={order}").text
    assert "DB" in page
    row = proposed(office, browse, order=order)
    assert row.order_id == order
    answer = browse("孙纪检").post("/sanctions/new", asked(office, order=order, cadre=office.town.cadres["钱包保"], once="a2"))
    assert (answer.status_code, "不是下给这名干部" in answer.text) == (409, True)


def test_sent_twice_it_is_one(office, browse):
    first = proposed(office, browse)
    assert proposed(office, browse).id == first.id
    assert len(office.all(Sanction)) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [({"cadre": ""}, "请选择干部"), ({"cadre": "9999"}, "请选择干部"), ({"measure": ""}, "请选择处理种类"), ({"measure": "twice-dissatisfied:negative-list"}, "请选择处理种类"), ({"facts": "不在岗"}, "请写明事实")],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(office, browse, more, said):
    answer = browse("孙纪检").post("/sanctions/new", asked(office, **more))
    assert (answer.status_code, said in answer.text) == (409, True)
    assert (FACTS in answer.text) is ("facts" not in more)
    assert office.all(Sanction) == []


@pytest.mark.parametrize("who", ["孙纪检", "王主任"])
def test_nobody_proposes_about_himself(office, browse, who):
    answer = browse(who).post("/sanctions/new", asked(office, cadre=office.town.cadres[who]))
    assert (answer.status_code, "不能对本人" in answer.text) == (409, True)


@pytest.mark.parametrize(("who", "code"), [("李经办", 403), ("赵包抓", 403), ("郑审计", 403), ("王主任", 200), ("孙纪检", 200)])
def test_the_form_is_for_those_in_charge(office, browse, who, code):
    assert browse(who).get("/sanctions/new").status_code == code


def test_before_the_person_is_told_there_is_no_paper(office, browse):
    row = proposed(office, browse)
    assert browse("王主任").get(f"/sanctions/{row.id}/notice.docx").status_code == 404
    assert browse("李经办").get(f"/sanctions/{row.id}").status_code == 404
    assert [one for one in office.all(Notice) if one.cadre_id == office.town.cadres["赵包抓"]] == []


def test_the_paper_of_two_dissatisfied_months_names_them(office, browse):
    office.sanction(told=True)
    number = office.all(Sanction)[0].id
    paper = "\n".join(line.text for line in Document(io.BytesIO(browse("赵包抓").get(f"/sanctions/{number}/notice.docx").data)).paragraphs)
    assert "企业满意度测评有不满意评价" in paper
