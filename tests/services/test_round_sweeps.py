"""The month runs by the clock: opens, invites, reminds, closes; twice, at once, or after a power cut."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import Assignment, Invitation, Notice, Round, Sanction, db
from models.access.actor import system
from models.audit import record
from rules.notices import Channel
from rules.rounds import RoundState
from rules.sanctions import SanctionState
from services.rounds.sweeps import close_due, expire_sanctions, invite_due, open_due, remind_due
from services.rounds.withdrawing import unopen

ZONE = ZoneInfo("Asia/Shanghai")
URL = "https://town.example"


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def texts(office):
    return [one for one in office.all(Notice) if one.channel is Channel.SMS]


@pytest.mark.clause("QY-2.3b")
@pytest.mark.parametrize(("moment", "opened"), [(at(11, 20, 8, 29), 0), (at(11, 20, 8, 30), 1), (at(11, 29, 23), 1), (at(12, 1, 0), 0)])
def test_the_months_round_opens_on_its_day_and_never_after_its_close(office, moment, opened):
    open_due(db.engine, moment, URL)
    assert len(office.all(Round)) == opened


def test_opening_twice_opens_once(office):
    assert open_due(db.engine, at(11, 20), URL) == {"opened": 1}
    assert open_due(db.engine, at(11, 20), URL) == {}
    assert len(office.all(Round)) == 1


def test_an_opening_taken_back_by_hand_stays_so(office):
    open_due(db.engine, at(11, 20), URL)
    office.step(office.all(Round)[0].id, unopen)
    assert open_due(db.engine, at(11, 21), URL) == {}
    assert office.all(Round)[0].state is RoundState.PLANNED


def test_a_month_without_assignments_is_counted_and_breaks_nothing(office):
    with office.work() as session:
        for row in session.query(Assignment):
            row.until = at(10, 1).date()
        record(session, "test.ended", "test", by=system("测试"), now=at(11, 1))
        session.commit()
    assert open_due(db.engine, at(11, 20), URL) == {"round-empty": 1}


def test_first_messages_go_once_in_office_hours(office):
    open_due(db.engine, at(11, 20), URL)
    assert invite_due(db.engine, at(11, 20, 20), URL) == {}
    assert invite_due(db.engine, at(11, 20, 11), URL) == {"invited": 1}
    assert invite_due(db.engine, at(11, 20, 12), URL) == {"nobody": 1}
    assert len(texts(office)) == 4


@pytest.mark.clause("QY-2.3b")
def test_reminders_go_on_the_plans_days_only(office):
    open_due(db.engine, at(11, 20), URL)
    assert remind_due(db.engine, at(11, 23), URL) == {}
    assert remind_due(db.engine, at(11, 24), URL) == {"reminded": 1}
    assert remind_due(db.engine, at(11, 24, 11), URL) == {}
    assert remind_due(db.engine, at(11, 25), URL) == {}
    assert remind_due(db.engine, at(11, 27), URL) == {"reminded": 1}
    assert office.all(Round)[0].reminded == ["2026-11-24", "2026-11-27"]


def test_days_slept_through_cost_one_reminder_and_it_waits_for_the_office_to_open(office):
    open_due(db.engine, at(11, 20), URL)
    assert remind_due(db.engine, at(11, 28), URL) == {}  # a Saturday
    assert remind_due(db.engine, at(11, 30), URL) == {"reminded": 1}
    assert {one.reminders for one in office.all(Invitation)} == {1}


@pytest.mark.parametrize(("moment", "state"), [(at(11, 30, 23, 59), "open"), (at(12, 1, 0), "closed"), (at(12, 25), "closed")])
def test_a_round_closes_when_its_last_day_is_over(office, moment, state):
    open_due(db.engine, at(11, 20), URL)
    close_due(db.engine, moment, URL)
    close_due(db.engine, moment, URL)
    assert office.all(Round)[0].state.value == state


def test_the_clerk_is_told_once_that_the_month_can_be_closed(office):
    open_due(db.engine, at(11, 20), URL)
    for _turn in range(2):
        close_due(db.engine, at(12, 1), URL)
    told = [one.subject for one in office.all(Notice) if one.account_id == office.town.accounts["李经办"]]
    assert sum("请办理月末结账" in one for one in told) == 1


@pytest.mark.clause("SQ-2.3b")
def test_a_sanction_expires_on_its_day_and_not_before(office, clock):
    office.sanction(told=True)
    day = office.all(Sanction)[0].expires_on
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
    assert expire_sanctions(db.engine, noon - timedelta(days=1), URL) == {}
    assert expire_sanctions(db.engine, noon, URL) == {"expired": 1}
    assert expire_sanctions(db.engine, noon, URL) == {}
    assert office.all(Sanction)[0].state is SanctionState.EXPIRED
