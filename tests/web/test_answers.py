"""答卷 are for the inspector and the leader in charge, with a reason, on record, never about the reader."""

import pytest
from sqlalchemy import select

from models import Assignment, Event
from models.access.actor import system
from models.audit import record
from services.rounds.closing import close


@pytest.fixture
def closed(office) -> int:
    round_id = office.open()
    office.answer(round_id, 东岭合作社="dissatisfied", 北塬饭店="very_satisfied")
    office.step(round_id, close)
    return round_id


def readings(office) -> list[str]:
    return [one.detail for one in office.all(Event) if one.verb == "ballots.read"]


@pytest.mark.parametrize("who", ["李经办", "赵包抓", "周系统", "吴安全", "郑审计"])
def test_nobody_else_opens_an_answer(office, browse, closed, who):
    other = browse(who)
    assert other.get(f"/rounds/{closed}/answers").status_code == 403
    assert other.post(f"/rounds/{closed}/answers", {"reason": "想看看"}).status_code == 403
    assert not readings(office)


@pytest.mark.parametrize("who", ["孙纪检", "王主任"])
def test_with_a_reason_the_answers_show_and_the_reading_is_on_record(office, browse, closed, who):
    reader = browse(who)
    assert "东岭合作社" not in reader.get(f"/rounds/{closed}/answers").text
    page = reader.post(f"/rounds/{closed}/answers", {"reason": "签发督办单前核对"}).text
    assert "东岭合作社" in page
    assert "不满意" in page
    assert readings(office) == ["签发督办单前核对（2份）"]


@pytest.mark.parametrize("reason", ["", "  ", "看"])
def test_without_a_reason_nothing_opens(office, browse, closed, reason):
    answer = browse("孙纪检").post(f"/rounds/{closed}/answers", {"reason": reason})
    assert answer.status_code == 409
    assert "东岭合作社" not in answer.text
    assert not readings(office)


def test_while_the_round_runs_nobody_reads(office, browse):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="fair")
    assert "截止后才能查看" in browse("孙纪检").post(f"/rounds/{round_id}/answers", {"reason": "提前了解"}).text


def test_what_was_said_of_the_reader_is_left_out(office, browse):
    with office.work() as session:
        row = session.scalars(select(Assignment).where(Assignment.client_id == office.town.shops["东岭合作社"])).one()
        row.cadre_id = office.town.cadres["王主任"]
        record(session, "test.moved", row, by=system("测试"), now=office.clock.now)
        session.commit()
    round_id = office.open()
    office.answer(round_id, 东岭合作社="dissatisfied", 北塬饭店="very_satisfied")
    office.step(round_id, close)
    page = browse("王主任").post(f"/rounds/{round_id}/answers", {"reason": "了解全乡情况"}).text
    assert "北塬饭店" in page
    assert "东岭合作社" not in page
    assert "东岭合作社" not in browse("王主任").get(f"/rounds/{round_id}").text
    assert readings(office) == ["了解全乡情况（1份）"]
