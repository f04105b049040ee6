"""处理建议 by its verbs: reasons are asked for, the end is told, a second pair of eyes answers, the plan names the clocks."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from models import Notice, Sanction, db
from models.access.actor import system
from models.access.session import working
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.sanctions import SanctionState
from services import plans
from services.followup import contesting, sanctions
from services.followup.pressing import press_for_answers
from services.rounds.sweeps import expire_sanctions
from tests.office import Office
from tests.policy import PLANS

URL = "https://town.example"


def act(office, verb, *words, who: str = "赵包抓", **other) -> None:
    by = replace(office.town.actors[who], **other)
    with office.work() as session:
        row = session.get_one(Sanction, office.all(Sanction)[0].id)
        verb(session, row, *words, by=by, now=office.clock.now)
        session.commit()


def row(office) -> Sanction:
    return office.all(Sanction)[0]


def told(office, words: str) -> int:
    person = office.town.cadres["赵包抓"]
    return sum(words in one.subject for one in office.all(Notice) if one.cadre_id == person)


def test_the_person_is_told_that_it_was_lifted(office):
    office.sanction(told=True)
    act(office, sanctions.lift, "已整改到位", who="王主任")
    assert told(office, "已经解除") == 1
    with pytest.raises(RuleBroken):
        act(office, sanctions.lift, "已整改到位", who="王主任")
    assert told(office, "已经解除") == 1


def test_nobody_hears_of_the_end_of_what_he_was_never_told(office):
    office.sanction()
    act(office, sanctions.confirm, "两次不满意，属实", who="王主任")
    act(office, sanctions.lift, "核查有误", who="王主任")
    assert row(office).state is SanctionState.LIFTED
    assert told(office, "已经解除") == 0


@pytest.mark.clause("SQ-2.3b")
def test_the_person_is_told_once_that_it_has_lapsed(office):
    office.sanction(told=True)
    later = office.clock.now + timedelta(days=400)
    assert [expire_sanctions(db.engine, later, URL) for _turn in range(2)] == [{"expired": 1}, {}]
    assert told(office, "已经期满") == 1


@pytest.mark.parametrize("verb", [contesting.ask_review, contesting.appeal])
def test_a_review_or_an_appeal_gives_its_reason(office, verb):
    office.sanction(told=True)
    with pytest.raises(RuleBroken, match=r"请写明.*的理由"):
        act(office, verb, "  ")
    assert row(office).state is SanctionState.NOTIFIED
    act(office, verb, "那两个月在外培训")
    assert row(office).state in {SanctionState.UNDER_REVIEW, SanctionState.UNDER_APPEAL}


@pytest.mark.clause("SQ-2.3b")
def test_while_it_is_contested_another_leader_lifts_it_and_not_the_one_who_confirmed_it(office):
    office.sanction(told=True)
    act(office, contesting.ask_review, "那两个月在外培训")
    with pytest.raises(NotAllowed, match="作出决定以外的人"):
        act(office, sanctions.lift, "不再追究", who="王主任")
    assert row(office).state is SanctionState.UNDER_REVIEW
    act(office, sanctions.lift, "事实有出入", who="王主任", name="冯分管", account_id=office.town.actors["孙纪检"].account_id, cadre_id=None)
    assert row(office).state is SanctionState.LIFTED


def test_another_name_does_not_make_another_person(office):
    office.sanction(told=True)
    act(office, contesting.ask_review, "那两个月在外培训")
    with pytest.raises(NotAllowed, match="作出决定以外的人"):
        act(office, contesting.answer, True, "维持", who="王主任", name="王副主任")
    other = {"name": "冯分管", "account_id": office.town.actors["孙纪检"].account_id, "cadre_id": None}
    act(office, contesting.answer, True, "维持", who="王主任", **other)
    assert row(office).state is SanctionState.UPHELD


def test_an_unanswered_review_is_pressed_for_and_takes_nobodys_appeal_away(office):
    office.sanction(told=True)
    office.clock.pass_by(days=29)
    act(office, contesting.ask_review, "那两个月在外培训")
    last = row(office).answer_until
    assert (last - local_day(office.clock.now)).days == 30
    with pytest.raises(RuleBroken, match="复核还在办理"):
        act(office, contesting.appeal, "请上级再看")
    for days, pressed in ((22, {}), (1, {"pressed": 2}), (1, {}), (7, {"pressed": 2}), (2, {}), (5, {"pressed": 2})):
        office.clock.pass_by(days=days)
        assert press_for_answers(db.engine, office.clock.now, URL) == pressed, days
    assert told(office, "还没有答复") == 1
    act(office, contesting.appeal, "复核逾期没有答复")
    assert row(office).state is SanctionState.UNDER_APPEAL
    assert (row(office).answer_until - local_day(office.clock.now)).days == 60
    act(office, contesting.answer, True, "查无出入", who="孙纪检")
    assert row(office).answer_until is None
    assert press_for_answers(db.engine, office.clock.now, URL) == {}


@pytest.mark.parametrize(("clock_name", "review", "appeal"), [("", 30, 15), ("sanction-review", 45, 45)])
def test_the_days_for_review_and_appeal_are_those_that_the_plans_own_rule_names(town, clock, clock_name, review, appeal):
    office = Office(town, clock)
    load_plan_with(clock_name, clock.now)
    office.sanction(told=True)
    assert in_days(row(office).review_until, clock.now, review)
    act(office, contesting.ask_review, "那两个月在外培训")
    act(office, contesting.answer, True, "培训只有三天", who="孙纪检")
    assert in_days(row(office).appeal_until, clock.now, appeal)


def in_days(day: date, start: datetime, days: int) -> bool:
    """That many days on; a last day that is a day off moves on, by a long holiday at most."""
    return days <= (day - local_day(start)).days < days + 10


def load_plan_with(clock_name: str, now: datetime) -> None:
    """The township's plan; its sanctions under another clock, if one is named."""
    by = system("载入方案")
    clock = '\n[[rules]]\nid = "sanction-review"\nkind = "clock"\nclause = "SQ-2.3b"\ntitle = "申请复核（试）"\n'
    clock += 'valid_from = 2023-11-23\nnote = "试"\n[rules.params]\nunit = "calendar_days"\namount = 45\n'
    with working(db.engine, by) as session:
        plans.load_holiday_table(session, (PLANS / "holidays.toml").read_text("utf8"), "holidays.toml", by=by, now=now)
        plans.load_plan(session, (PLANS / "national.toml").read_text("utf8"), "national.toml", by=by, now=now)
        text = (PLANS / "wuqingyuan.toml").read_text("utf8")
        for name in ("review-request", "appeal-after-review"):
            text = text.replace(f' = "{name}"', f' = "{clock_name or name}"')
        plans.load_plan(session, text + clock, "wuqingyuan.toml", by=by, now=now)
        session.commit()
