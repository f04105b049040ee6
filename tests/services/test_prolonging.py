"""延长申诉办理期限: once, in time, by another person, with a reason that the person concerned can read."""

from datetime import timedelta

import pytest

from models import Event, Notice, Sanction, db
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.sanctions import SanctionState
from services.followup import contesting
from services.followup.pressing import press_for_answers
from services.followup.prolonging import prolong

WHY = "要向三家企业逐一核实"


def act(office, verb, *words, who: str) -> None:
    with office.work() as session:
        verb(session, session.get_one(Sanction, row(office).id), *words, by=office.town.actors[who], now=office.clock.now)
        session.commit()


def row(office) -> Sanction:
    return office.all(Sanction)[0]


def appealed(office) -> None:
    office.sanction(told=True)
    act(office, contesting.appeal, "那两个月在外培训", who="赵包抓")


def told(office) -> int:
    person = office.town.cadres["赵包抓"]
    return sum("答复期限延长到" in one.subject for one in office.all(Notice) if one.cadre_id == person)


@pytest.mark.clause("SQ-2.3b")
def test_a_complicated_appeal_is_put_off_once_and_the_person_is_told_who_allowed_it(office):
    appealed(office)
    last = row(office).answer_until
    act(office, prolong, "30", WHY, who="孙纪检")
    found = row(office)
    assert (found.state, found.answer_until) == (SanctionState.UNDER_APPEAL, last + timedelta(days=30))
    assert (found.extended, found.extended_by, found.extension_reason) == (30, "孙纪检", WHY)
    assert told(office) == 1
    assert sum(one.verb == "sanction.prolong" for one in office.all(Event)) == 1
    with pytest.raises(RuleBroken, match="已经延长过一次"):
        act(office, prolong, "1", WHY, who="孙纪检")
    assert (row(office).answer_until, told(office)) == (last + timedelta(days=30), 1)


@pytest.mark.parametrize(("days", "said"), [("31", "最多可延长30"), ("9999999", "最多可延长30"), ("0", "整数"), ("", "整数"), ("-3", "整数"), ("三十", "整数")])
def test_not_by_more_than_the_law_allows_and_not_by_an_odd_number(office, days, said):
    appealed(office)
    with pytest.raises(RuleBroken, match=said):
        act(office, prolong, days, WHY, who="孙纪检")
    assert (row(office).extended, told(office)) == (0, 0)


def test_not_without_a_reason(office):
    appealed(office)
    with pytest.raises(RuleBroken, match="请填写作出决定的理由"):
        act(office, prolong, "30", "  ", who="孙纪检")


def test_not_by_the_one_who_confirmed_it(office):
    appealed(office)
    with pytest.raises(NotAllowed, match="作出决定以外的人"):
        act(office, prolong, "30", WHY, who="王主任")
    assert row(office).extended == 0


@pytest.mark.parametrize(("days", "late"), [(60, False), (61, True)])
def test_on_the_last_day_it_may_still_be_put_off_and_the_day_after_it_is_late_for_good(office, days, late):
    appealed(office)
    office.clock.pass_by(days=days)
    if late:
        with pytest.raises(RuleBroken, match="已过，不能再延长"):
            act(office, prolong, "30", WHY, who="孙纪检")
        return
    act(office, prolong, "30", WHY, who="孙纪检")
    assert (row(office).answer_until - local_day(office.clock.now)).days == 30


def test_a_review_is_not_put_off(office):
    office.sanction(told=True)
    act(office, contesting.ask_review, "那两个月在外培训", who="赵包抓")
    with pytest.raises(RuleBroken, match="不能“延长办理期限”"):
        act(office, prolong, "30", WHY, who="孙纪检")


def test_the_new_last_day_is_the_one_that_is_pressed_for(office):
    appealed(office)
    act(office, prolong, "30", WHY, who="孙纪检")
    office.clock.pass_by(days=61)
    assert press_for_answers(db.engine, office.clock.now, "https://town.example") == {}
    office.clock.pass_by(days=25)
    assert press_for_answers(db.engine, office.clock.now, "https://town.example") == {"pressed": 2}
