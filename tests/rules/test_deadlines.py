"""Deadlines of simple ledgers: both sides of the last day and of the warning."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WEEKENDS_ONLY
from rules.clock import Unit
from rules.deadlines import Deadline

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DEADLINES = st.tuples(st.integers(1, 60), st.integers(0, 59), st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]))


def test_ten_days_from_a_monday_end_on_the_thursday_of_the_next_week():
    assert Deadline(days=10).due_on(MONDAY, WEEKENDS_ONLY) == date(2026, 3, 12)


def test_a_last_day_on_a_weekend_moves_to_monday():
    assert Deadline(days=5).due_on(MONDAY, WEEKENDS_ONLY) == date(2026, 3, 9)


def test_three_working_days_from_a_friday_end_on_wednesday():
    assert Deadline(days=3, unit=Unit.WORKING_DAYS).due_on(FRIDAY, WEEKENDS_ONLY) == date(2026, 3, 11)


def test_a_warning_of_two_days_counts_the_unit_of_the_deadline():
    assert Deadline(days=9, warn_days=2).near_until(FRIDAY, WEEKENDS_ONLY) == date(2026, 3, 8)
    assert Deadline(days=9, warn_days=2, unit=Unit.WORKING_DAYS).near_until(FRIDAY, WEEKENDS_ONLY) == date(2026, 3, 10)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 2, "warn_days": 2}, {"days": 2, "unit": Unit.HOURS}])
def test_a_senseless_deadline_is_refused_at_start(wrong):
    with pytest.raises(ValueError, match="whole days"):
        Deadline(**wrong)


@given(DAYS, DEADLINES)
def test_nothing_is_near_on_the_day_it_is_registered_and_everything_is_on_its_last(day, numbers):
    days, warn, unit = numbers
    deadline = Deadline(days=days, warn_days=min(warn, days - 1), unit=unit)
    due = deadline.due_on(day, WEEKENDS_ONLY)
    assert due > day
    assert deadline.near_until(day - timedelta(days=7), WEEKENDS_ONLY) < due
    assert deadline.near_until(due, WEEKENDS_ONLY) >= due
