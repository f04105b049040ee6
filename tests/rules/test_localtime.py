"""Local days and office hours, on both sides of midnight and of the bell."""

from datetime import UTC, date, datetime, time

import pytest

from rules.localtime import (
    LOCAL,
    OfficeHours,
    end_of,
    in_office_hours,
    instant_at,
    local_day,
    next_office_moment,
)
from tests.rules.packs import calendar

HOURS = OfficeHours(time(8, 30), time(18, 0))


def at(*parts):
    return datetime(*parts, tzinfo=LOCAL)


def test_the_local_day_turns_at_sixteen_utc():
    assert local_day(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert local_day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_day_ends_at_local_midnight():
    assert end_of(date(2026, 3, 1)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert instant_at(date(2026, 3, 2), time()) == end_of(date(2026, 3, 1))


def test_a_naive_instant_is_a_programming_error():
    with pytest.raises(ValueError, match="aware"):
        local_day(datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (at(2026, 3, 2, 8, 29), False),
        (at(2026, 3, 2, 8, 30), True),
        (at(2026, 3, 2, 17, 59), True),
        (at(2026, 3, 2, 18, 0), False),
        (at(2026, 3, 1, 10, 0), False),
        (at(2026, 2, 28, 10, 0), True),
        (at(2026, 2, 17, 10, 0), False),
    ],
)
def test_office_hours_are_on_working_days_only(moment, inside):
    assert in_office_hours(moment, calendar(), HOURS) is inside


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 3, 2, 10, 0), at(2026, 3, 2, 10, 0)),
        (at(2026, 3, 2, 3, 0), at(2026, 3, 2, 8, 30)),
        (at(2026, 3, 2, 18, 0), at(2026, 3, 3, 8, 30)),
        (at(2026, 2, 14, 18, 0), at(2026, 2, 24, 8, 30)),
        (at(2026, 2, 20, 3, 0), at(2026, 2, 24, 8, 30)),
    ],
)
def test_the_next_office_moment_waits_for_the_bell(moment, expected):
    assert next_office_moment(moment, calendar(), HOURS) == expected


def test_office_hours_must_not_end_before_they_begin():
    assert OfficeHours(time(9), time(9)).problems()
    assert not OfficeHours(time(9), time(9, 1)).problems()
