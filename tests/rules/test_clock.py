"""Deadlines in hours, calendar days and working days, each on both sides of the line."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.clock import ClockRule, Unit, due
from rules.errors import RuleBroken
from rules.localtime import LOCAL
from tests.rules.packs import book, calendar

FRIDAY = datetime(2026, 2, 13, 9, 0, tzinfo=LOCAL)
SECOND = timedelta(seconds=1)


def test_forty_eight_hours_run_through_nights_and_holidays():
    deadline = due(ClockRule(Unit.HOURS, 48), FRIDAY, calendar())
    assert deadline.due_at == FRIDAY + timedelta(hours=48)
    assert not deadline.is_late(deadline.due_at - SECOND)
    assert deadline.is_late(deadline.due_at)


@pytest.mark.parametrize(("n", "last"), [(1, date(2026, 2, 14)), (3, date(2026, 2, 25)), (7, date(2026, 3, 2))])
def test_one_three_seven_working_days_end_at_midnight(n, last):
    deadline = due(ClockRule(Unit.WORKING_DAYS, n), FRIDAY, calendar())
    assert deadline.due_on == last
    midnight = datetime(last.year, last.month, last.day, tzinfo=LOCAL) + timedelta(days=1)
    assert not deadline.is_late(midnight - SECOND)
    assert deadline.is_late(midnight)


def test_calendar_days_ending_on_a_holiday_move_to_the_next_working_day():
    start = datetime(2026, 2, 1, 10, 0, tzinfo=LOCAL)
    assert due(ClockRule(Unit.CALENDAR_DAYS, 15), start, calendar()).due_on == date(2026, 2, 24)
    assert due(ClockRule(Unit.CALENDAR_DAYS, 13), start, calendar()).due_on == date(2026, 2, 14)


def test_a_rule_may_forbid_the_move():
    start = datetime(2026, 2, 1, 10, 0, tzinfo=LOCAL)
    rule = ClockRule(Unit.CALENDAR_DAYS, 15, roll_over=False)
    assert due(rule, start, calendar()).due_on == date(2026, 2, 16)


def test_the_start_day_is_the_local_one():
    late = datetime(2026, 3, 2, 23, 59, tzinfo=LOCAL)
    rule = ClockRule(Unit.WORKING_DAYS, 1)
    assert due(rule, late, calendar()).due_on == date(2026, 3, 3)
    assert due(rule, late + timedelta(minutes=1), calendar()).due_on == date(2026, 3, 4)


def test_every_skipped_day_is_named_with_its_reason():
    steps = [str(step) for step in due(ClockRule(Unit.WORKING_DAYS, 3), FRIDAY, calendar()).steps]
    assert steps[0] == "2026-02-13为起算日，不计入"
    assert "2026-02-17（春节）不计" in steps
    assert len(steps) == 2 + 9
    assert steps[-1] == "2026-02-25为末日，当日24时届满"


def test_a_year_without_a_table_is_told_in_the_last_step():
    start = datetime(2026, 12, 31, 9, 0, tzinfo=LOCAL)
    deadline = due(ClockRule(Unit.WORKING_DAYS, 2), start, calendar())
    assert deadline.missing_years == (2027,)
    assert "补录" in str(deadline.steps[-1])


def test_an_extension_stays_within_the_rule():
    rule = ClockRule(Unit.CALENDAR_DAYS, 60, extension=30)
    start = datetime(2026, 3, 2, 9, 0, tzinfo=LOCAL)
    assert due(rule, start, calendar(), extended=30).due_on == date(2026, 6, 1)
    with pytest.raises(RuleBroken, match="最多可延长30日，不能延长31日"):
        due(rule, start, calendar(), extended=31)
    with pytest.raises(RuleBroken, match="负数"):
        due(rule, start, calendar(), extended=-1)


@pytest.mark.parametrize(
    ("rule", "amount"),
    [("review-request", 30), ("appeal-direct", 30), ("appeal-after-review", 15), ("review-decision", 30)],
)
def test_the_remedies_keep_the_days_of_the_law(rule, amount):
    params = book().rule(rule, date(2026, 1, 1), ClockRule).params
    assert (params.unit, params.amount) == (Unit.CALENDAR_DAYS, amount)


@given(st.datetimes(datetime(2023, 1, 1), datetime(2028, 1, 1)), st.integers(1, 90), st.sampled_from(Unit))  # noqa: DTZ001
def test_a_longer_clock_never_ends_earlier(start, n, unit):
    start = start.replace(tzinfo=LOCAL)
    one, two = (due(ClockRule(unit, amount), start, calendar()) for amount in (n, n + 1))
    assert start < one.due_at <= two.due_at
