"""A day within the month as plans write it."""

from datetime import date

import pytest

from rules.calendar import WorkCalendar
from rules.month_day import MonthDay
from rules.months import Month
from tests.rules.packs import calendar

FEBRUARY = Month(2026, 2)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (MonthDay(day=1), date(2026, 2, 1)),
        (MonthDay(day=28), date(2026, 2, 28)),
        (MonthDay(day=29), date(2026, 2, 28)),
        (MonthDay(day=-1), date(2026, 2, 28)),
        (MonthDay(day=-31), date(2026, 2, 1)),
        (MonthDay(workday=1), date(2026, 2, 2)),
        (MonthDay(workday=12), date(2026, 2, 24)),
        (MonthDay(workday=23), date(2026, 2, 28)),
        (MonthDay(workday=-1), date(2026, 2, 28)),
        (MonthDay(day=3, next_month=True), date(2026, 3, 3)),
    ],
)
def test_the_day_is_found_in_the_month(when, expected):
    assert when.on(FEBRUARY, calendar()) == expected


def test_a_month_without_working_days_still_has_days():
    idle = WorkCalendar(dict.fromkeys(FEBRUARY.days, "停工"))
    assert MonthDay(workday=1).on(FEBRUARY, idle) == date(2026, 2, 1)


@pytest.mark.parametrize("when", [MonthDay(), MonthDay(day=1, workday=1), MonthDay(day=0), MonthDay(workday=0)])
def test_one_way_of_naming_the_day_is_needed(when):
    assert list(when.problems())


@pytest.mark.parametrize("when", [MonthDay(day=1), MonthDay(workday=-1)])
def test_one_way_of_naming_the_day_is_enough(when):
    assert not list(when.problems())
