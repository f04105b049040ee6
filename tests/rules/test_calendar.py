"""Working days: the vectors of the standard, years without a table, and laws that always hold."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WEEKENDS_ONLY, WorkCalendar, missing_years_note
from rules.errors import RuleBroken
from tests.rules.packs import calendar

DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 2, 13), 7, date(2026, 3, 2)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 7, date(2026, 10, 15)),
    ],
)
def test_working_days_skip_festivals_and_count_make_up_days(start, n, expected):
    assert calendar().add_workdays(start, n) == expected


def test_the_table_agrees_with_the_published_data_on_every_day():
    first = date(2023, 1, 1)
    for n in range((date(2027, 1, 1) - first).days):
        day = first + timedelta(n)
        assert calendar().is_workday(day) == chinese_calendar.is_workday(day), day


def test_a_year_without_a_table_counts_weekends_and_says_so():
    assert calendar().add_workdays(date(2026, 12, 31), 2) == date(2027, 1, 4)
    assert calendar().missing_years(date(2026, 12, 31), date(2027, 1, 4)) == (2027,)
    assert "2027年" in str(missing_years_note((2027,)))


def test_a_covered_year_brings_no_banner():
    assert calendar().covers(2026)
    assert not calendar().covers(2027)
    assert missing_years_note(calendar().missing_years(date(2026, 1, 1), date(2026, 12, 31))) is None


def test_a_local_festival_wins_over_a_make_up_day():
    day = date(2026, 2, 14)
    assert WorkCalendar({day: "本地节日"}, frozenset({day})).why_off(day) == "本地节日"


def test_the_reason_of_a_day_off_is_named():
    assert calendar().why_off(date(2026, 2, 17)) == "春节"
    assert calendar().why_off(date(2026, 3, 7)) == "周六"
    assert calendar().why_off(date(2026, 3, 9)) is None


def test_no_working_days_added_still_lands_on_a_working_day():
    assert calendar().add_workdays(date(2026, 3, 7), 0) == date(2026, 3, 9)
    assert calendar().add_workdays(date(2026, 3, 9), 0) == date(2026, 3, 9)


@pytest.mark.parametrize("n", [-1, 3661])
def test_a_count_out_of_range_is_refused(n):
    with pytest.raises(RuleBroken, match="0到3660"):
        WEEKENDS_ONLY.add_workdays(date(2026, 1, 1), n)


def test_the_largest_count_is_taken():
    assert WEEKENDS_ONLY.add_workdays(date(2026, 1, 2), 3660) > date(2039, 1, 1)


@given(DAYS, st.integers(1, 60))
def test_counting_back_gives_what_was_added(day, n):
    later = calendar().add_workdays(day, n)
    assert calendar().is_workday(later)
    assert calendar().workdays_between(day, later) == n
    assert calendar().workdays_between(later, day) == -n


@given(DAYS, st.integers(1, 20), st.integers(1, 20))
def test_adding_twice_is_adding_the_sum(day, n, m):
    table = calendar()
    assert table.add_workdays(table.add_workdays(day, n), m) == table.add_workdays(day, n + m)
