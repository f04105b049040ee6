"""When a sweep's turn comes, in the township's own days, months and hours."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.localtime import LOCAL
from rules.periods import MOST_MISSED, Daily, Hourly, Monthly, Weekly, due_periods

DAILY, MONTHLY = Daily(time(8)), Monthly(1, time(9))
RHYTHMS = st.sampled_from([Hourly(), DAILY, Weekly(5, time(12)), MONTHLY, Monthly(28, time(23, 59))])
START = datetime(2020, 1, 1, tzinfo=LOCAL)
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("every", "moment", "key"),
    [
        (DAILY, "2026-03-02T07:59", "2026-03-01"),
        (DAILY, "2026-03-02T08:00", "2026-03-02"),
        (MONTHLY, "2026-03-01T08:59", "2026-02"),
        (MONTHLY, "2026-03-01T09:00", "2026-03"),
        (Monthly(28, time(9)), "2028-02-29T09:00", "2028-02"),
        (Weekly(5, time(12)), "2026-11-20T11:59", "2026-11-13"),
        (Weekly(5, time(12)), "2026-11-20T12:00", "2026-11-20"),
        (Hourly(), "2026-11-20T11:59", "2026-11-20T11"),
    ],
)
def test_a_turn_begins_at_its_minute_and_not_before(every, moment, key) -> None:
    assert every.current(at(moment)).key == key


def test_a_month_off_is_caught_up_in_order() -> None:
    found = due_periods(DAILY, at("2026-04-01T10:00"), "2026-03-01", catch_up=True)
    assert [p.key for p in found] == [f"2026-03-{day:02}" for day in range(2, 32)] + ["2026-04-01"]


def test_a_sweep_that_needs_no_catching_up_takes_only_the_newest_turn() -> None:
    found = due_periods(DAILY, at("2026-04-01T10:00"), "2026-03-01", catch_up=False)
    assert [p.key for p in found] == ["2026-04-01"]


def test_the_first_start_does_not_make_up_for_the_past() -> None:
    assert len(due_periods(DAILY, at("2026-04-01T10:00"), None, catch_up=True)) == 1


@given(RHYTHMS, MOMENTS)
def test_turns_follow_one_another_without_gap_and_their_names_sort(every, moment) -> None:
    period = every.current(moment)
    before = every.current(period.due_at - timedelta(microseconds=1))
    assert before.due_at < period.due_at <= moment
    assert before.key < period.key


@given(RHYTHMS, MOMENTS, MOMENTS)
def test_what_is_due_is_bounded_and_nothing_is_due_twice(every, moment, earlier) -> None:
    last = every.current(earlier).key
    found = due_periods(every, moment, last, catch_up=True)
    assert len(found) <= MOST_MISSED
    if found:
        assert not due_periods(every, moment, found[-1].key, catch_up=True)
