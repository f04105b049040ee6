"""月末结账 in five steps: each can be taken back until the freeze, none skipped, and only the clerk moves."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from models import Event, Order, Round, Snapshot
from rules.rounds import RoundState
from services.rounds.closing import check, close

LOW = {"东岭合作社": "fair", "西沟农场": "satisfied", "南坪小店": "very_satisfied", "北塬饭店": "satisfied"}


def state(office) -> RoundState:
    return office.all(Round)[-1].state


@pytest.mark.clause("SQ-2.3a")
def test_five_primary_clicks_lead_from_open_to_archived(office, browse):
    round_id = office.open()
    office.answer(round_id, **LOW)
    clerk = browse("李经办")
    clicks = 0
    for step, move in ((1, "close"), (2, "check"), (3, None), (4, None), (5, "freeze")):
        page = clerk.get(f"/rounds/{round_id}/finish/{step}").text
        assert page.count("btn btn-primary") == 1
        clicks += 1
        if move:
            assert clerk.post(f"/rounds/{round_id}/finish/", {"move": move}).status_code == 302
    assert (clicks, state(office)) == (5, RoundState.FROZEN)
    assert len(office.all(Snapshot)) == 1


def test_each_step_before_the_freeze_is_taken_back(office, browse):
    round_id = office.open()
    clerk = browse("李经办")
    for move, reached in (("close", "closed"), ("check", "checked"), ("uncheck", "closed"), ("reopen", "open")):
        clerk.post(f"/rounds/{round_id}/finish/", {"move": move})
        assert state(office).value == reached


def test_after_its_time_a_round_is_not_reopened(office, browse, clock):
    round_id = office.open()
    office.step(round_id, close)
    clock.pass_by(days=12)
    clerk = browse("李经办")
    assert "重新开启" not in clerk.get(f"/rounds/{round_id}/finish/2").text
    clerk.post(f"/rounds/{round_id}/finish/", {"move": "reopen"})
    assert state(office) is RoundState.CLOSED


@pytest.mark.parametrize("move", ["check", "freeze", "uncheck"])
def test_a_step_out_of_turn_is_refused_in_words(office, browse, move):
    round_id = office.open()
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/finish/", {"move": move})
    assert "当前为“进行中”" in clerk.get(f"/rounds/{round_id}/finish/1").text
    assert state(office) is RoundState.OPEN


@pytest.mark.parametrize("step", [2, 3, 4, 5])
def test_nobody_looks_ahead_of_the_round(office, browse, step):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="very_dissatisfied")
    answer = browse("李经办").get(f"/rounds/{round_id}/finish/{step}")
    assert answer.location.endswith("/finish/1")


@pytest.mark.parametrize("who", ["王主任", "孙纪检"])
def test_leader_and_inspector_look_but_do_not_move(office, browse, who):
    round_id = office.open()
    other = browse(who)
    assert "截止，下一步" not in other.get(f"/rounds/{round_id}/finish/1").text
    assert other.post(f"/rounds/{round_id}/finish/", {"move": "close"}).status_code == 403


def test_signals_are_a_number_for_the_clerk(office, browse):
    round_id = office.open()
    office.answer(round_id, **LOW)
    office.step(round_id, close)
    assert "已转纪委 0 条" in browse("李经办").get(f"/rounds/{round_id}/finish/2").text


def test_the_preview_holds_back_the_mean_of_few_answers_and_what_would_give_it_away(office, browse):
    round_id = office.open()
    office.answer(round_id, **LOW)
    office.step(round_id, close, check)
    page = browse("李经办").get(f"/rounds/{round_id}/finish/3").text
    assert "只有1份评价，不足3份" in page
    assert "为防止从合计倒推" in page
    assert page.count("<b>80.00</b>") == 0


def test_the_clerk_sees_how_many_papers_follow_and_the_leader_for_whom(office, browse):
    round_id = office.open()
    office.answer(round_id, **LOW)
    office.step(round_id, close, check)
    path = f"/rounds/{round_id}/finish/4"
    assert "赵包抓" not in browse("李经办").get(path).text
    assert "赵包抓" in browse("王主任").get(path).text
    assert not office.all(Order)


@pytest.mark.clause("SQ-2.3a")
def test_the_months_sheet_and_notice_carry_the_snapshots_number_and_are_on_record(office, browse):
    round_id = office.month(**LOW)
    number = office.all(Snapshot)[0].number
    clerk = browse("李经办")
    sheet = load_workbook(BytesIO(clerk.get(f"/rounds/{round_id}/sheet.xlsx").data))
    assert any(number in str(cell.value) for cell in sheet.worksheets[0]["A"])
    notice = Document(BytesIO(clerk.get(f"/rounds/{round_id}/notice.docx").data))
    assert number in "".join(one.text for one in notice.paragraphs)
    assert [one.detail for one in office.all(Event) if one.verb == "report.made"] == [f"月度统计表 {number}", f"通报 {number}"]


def test_before_the_freeze_there_is_no_sheet(office, browse):
    round_id = office.open()
    answer = browse("李经办").get(f"/rounds/{round_id}/sheet.xlsx")
    assert answer.status_code == 409
    assert "还没有归档" in answer.text


def test_a_correction_needs_a_reason_and_leaves_the_old_edition(office, browse):
    round_id = office.month(**LOW)
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/correct", {"reason": " "})
    assert "请写明更正理由" in clerk.get(f"/rounds/{round_id}/finish/5").text
    clerk.post(f"/rounds/{round_id}/correct", {"reason": "漏录一份"})
    page = clerk.get(f"/rounds/{round_id}/finish/5").text
    assert all(one.number in page for one in office.all(Snapshot))
    assert clerk.get(f"/rounds/{round_id}/sheet.xlsx?edition=1").status_code == 200
    assert clerk.get(f"/rounds/{round_id}/sheet.xlsx?edition=7").status_code == 409
