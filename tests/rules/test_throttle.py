"""Wrong tries: both sides of every line."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.throttle import ADDRESS, CODES, EVERYBODY, LONGEST_PAUSE, NO_WAIT, account_wait, code_wait

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (40, 15)])
def test_each_wrong_password_from_the_fifth_on_doubles_the_pause(count: int, minutes: int) -> None:
    assert account_wait([NOW] * count, NOW) == timedelta(minutes=minutes)


def test_the_pause_is_over_when_it_is_over() -> None:
    fails = [NOW] * 5
    assert account_wait(fails, NOW + timedelta(seconds=59)) == timedelta(seconds=1)
    assert account_wait(fails, NOW + timedelta(seconds=60)) == NO_WAIT


def test_five_typing_errors_over_a_day_are_no_attack() -> None:
    assert account_wait(ago(0, 31, 62, 93, 124), NOW) == NO_WAIT
    assert account_wait(ago(0, 30, 60, 90, 120), NOW) == timedelta(minutes=1)


@pytest.mark.parametrize(("limit", "most", "minutes"), [(ADDRESS, 10, 5), (EVERYBODY, 1000, 5)])
def test_an_address_and_the_whole_town_have_their_limits(limit, most: int, minutes: int) -> None:
    assert limit.wait([NOW] * (most - 1), NOW) == NO_WAIT
    assert limit.wait([NOW] * most, NOW) == timedelta(minutes=minutes)
    assert limit.wait([NOW] * most, NOW + timedelta(minutes=minutes)) == NO_WAIT


@pytest.mark.parametrize(
    ("fails", "minutes"),
    [([0] * 4, 0), ([0] * 5, 5), ([10] * 19, 0), ([10] * 20, 50), ([120] * 49, 0), ([120] * 50, 24 * 60 - 120)],
)
def test_codes_are_limited_by_five_minutes_hour_and_day(fails: list[float], minutes: int) -> None:
    assert code_wait(ago(*fails), NOW) == timedelta(minutes=minutes)


@given(st.lists(st.floats(0, 2880), max_size=60))
def test_whoever_waits_as_told_may_try_again(minutes: list[float]) -> None:
    fails = ago(*minutes)
    wait = account_wait(fails, NOW)
    assert NO_WAIT <= wait <= LONGEST_PAUSE
    assert account_wait(fails, NOW + wait) == NO_WAIT
    assert code_wait(fails, NOW + code_wait(fails, NOW)) == NO_WAIT
    assert len(CODES) == 3
