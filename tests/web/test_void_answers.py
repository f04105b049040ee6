"""判定无效 on the page of answers: by the discipline office alone, with how it was proved."""

from models import Ballot

WHY = "11月20日电话核实，是别人代评的"


def test_the_inspector_strikes_an_answer_out_and_sees_it_struck(office, browse):
    number = office.month(东岭合作社="fair")
    (ballot,) = office.all(Ballot)
    inspector, form = browse("孙纪检"), {"ballot": ballot.id, "reason": "核对抽查情况"}
    page = inspector.post(f"/rounds/{number}/answers", {"reason": "核对抽查情况"}).text
    assert "判定无效" in page
    refused = inspector.post(f"/rounds/{number}/answers/void", {**form, "why": ""}).text
    assert "不少于4个字" in refused
    page = inspector.post(f"/rounds/{number}/answers/void", {**form, "why": WHY}).text
    assert f"孙纪检：{WHY}" in page
    assert "<s>一般</s>" in page
    assert "已由孙纪检判定无效" in inspector.post(f"/rounds/{number}/answers/void", {**form, "why": WHY}).text


def test_the_leader_reads_but_strikes_nothing(office, browse):
    number = office.month(东岭合作社="fair")
    (ballot,) = office.all(Ballot)
    leader = browse("王主任")
    assert "判定无效" not in leader.post(f"/rounds/{number}/answers", {"reason": "签发督办单前核对"}).text
    assert leader.post(f"/rounds/{number}/answers/void", {"ballot": ballot.id, "why": WHY, "reason": "核对情况"}).status_code == 403


def test_an_answer_of_another_round_is_not_there(office, browse):
    number = office.month(东岭合作社="fair")
    assert "没有这份答卷" in browse("孙纪检").post(f"/rounds/{number}/answers/void", {"ballot": 9999, "why": WHY, "reason": "核对情况"}).text
