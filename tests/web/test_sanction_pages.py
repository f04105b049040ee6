"""处理建议 on the pages: a leader decides, the person is told and answers, whoever reads is on record."""

import pytest

from models import Event, Sanction
from rules.sanctions import SanctionState


def state(office) -> SanctionState:
    return office.all(Sanction)[0].state


def readings(office) -> list[str]:
    return [one.by for one in office.all(Event) if one.verb == "sanction.read"]


@pytest.mark.clause("SQ-2.3b")
def test_confirmed_told_contested_and_answered_by_somebody_else(office, browse):
    number = office.sanction()
    path = f"/sanctions/{number}"
    leader, inspector = browse("王主任"), browse("孙纪检")
    leader.post(path, {"move": "confirm", "reason": "两次不满意，情况属实"})
    leader.post(path, {"move": "notify"})
    cadre = browse("赵包抓")
    cadre.post(path, {"move": "ask_review", "text": "那两个月我在外培训"})
    assert state(office) is SanctionState.UNDER_REVIEW
    assert 'value="uphold"' not in leader.get(path).text
    assert leader.post(path, {"move": "uphold", "remark": "维持"}).status_code == 409
    inspector.post(path, {"move": "uphold", "remark": "培训只有三天"})
    assert state(office) is SanctionState.UPHELD
    cadre.post(path, {"move": "appeal", "text": "请上级再看"})
    inspector.post(path, {"move": "lift", "remark": "事实有出入"})
    assert state(office) is SanctionState.LIFTED


@pytest.mark.clause("SQ-2.3b")
def test_the_person_sees_his_own_from_the_moment_he_is_told(office, browse):
    number = office.sanction()
    cadre = browse("赵包抓")
    assert cadre.get(f"/sanctions/{number}").status_code == 404
    assert "没有处理建议" in cadre.get("/sanctions/").text
    leader = browse("王主任")
    leader.post(f"/sanctions/{number}", {"move": "confirm", "reason": "属实，予以确认"})
    assert cadre.get(f"/sanctions/{number}").status_code == 404
    leader.post(f"/sanctions/{number}", {"move": "notify"})
    assert "申请复核期限" in cadre.get(f"/sanctions/{number}").text


def test_a_proposal_is_dismissed_with_its_reason(office, browse):
    number = office.sanction()
    leader = browse("王主任")
    assert "请填写作出决定的理由" in leader.post(f"/sanctions/{number}", {"move": "dismiss", "reason": " "}).text
    leader.post(f"/sanctions/{number}", {"move": "dismiss", "reason": "一次是企业点错"})
    assert state(office) is SanctionState.DISMISSED


@pytest.mark.parametrize("who", ["李经办", "钱包保"])
def test_the_clerk_and_colleagues_find_nothing(office, browse, who):
    number = office.sanction(told=True)
    assert browse(who).get(f"/sanctions/{number}").status_code == 404
    assert browse(who).post(f"/sanctions/{number}", {"move": "lift", "remark": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["周系统", "吴安全", "郑审计"])
def test_administrators_are_refused(office, browse, who):
    number = office.sanction()
    assert browse(who).get(f"/sanctions/{number}").status_code == 403


def test_the_inspector_does_not_confirm(office, browse):
    number = office.sanction()
    assert browse("孙纪检").post(f"/sanctions/{number}", {"move": "confirm", "reason": "同意确认"}).status_code == 409
    assert state(office) is SanctionState.PROPOSED


def test_whoever_reads_is_on_record_and_the_person_himself_is_not(office, browse):
    number = office.sanction(told=True)
    browse("孙纪检").get(f"/sanctions/{number}")
    browse("赵包抓").get(f"/sanctions/{number}")
    assert readings(office) == ["孙纪检"]


def test_no_other_screen_shows_a_sanction(office, browse):
    office.sanction()
    leader = browse("王主任")
    assert leader.get("/admin/sanction/").status_code == 404
    assert "取消评先选优资格" not in leader.get("/admin/find/?search=取消").text


@pytest.mark.clause("SQ-2.3b")
def test_an_appeal_is_put_off_on_its_page_and_the_person_reads_by_whom_and_why(office, browse):
    path = f"/sanctions/{office.sanction(told=True)}"
    cadre, inspector = browse("赵包抓"), browse("孙纪检")
    cadre.post(path, {"move": "appeal", "text": "那两个月我在外培训"})
    assert 'value="prolong"' not in cadre.get(path).text
    assert 'value="prolong"' not in browse("王主任").get(path).text
    assert cadre.post(path, {"move": "prolong", "days": "1", "reason": "x"}).status_code in {403, 409}
    refused = inspector.post(path, {"move": "prolong", "days": "40", "reason": "要向三家企业逐一核实"})
    assert refused.status_code == 409
    assert "要向三家企业逐一核实" in refused.text
    inspector.post(path, {"move": "prolong", "days": "30", "reason": "要向三家企业逐一核实"})
    assert 'value="prolong"' not in inspector.get(path).text
    page = cadre.get(path).text
    assert "（已延长30日）" in page
    assert "孙纪检批准延长申诉办理期限30日" in page
    assert "要向三家企业逐一核实" in page
