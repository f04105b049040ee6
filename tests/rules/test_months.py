"""The natural month as a value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleBroken
from rules.months import Month, add_months

MONTHS = st.builds(Month, st.integers(1, 9999), st.integers(1, 12))


def test_a_month_knows_its_days_and_neighbours():
    month = Month.parse("2024-02")
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (str(month.previous), str(month.next)) == ("2024-01", "2024-03")
    assert month.label == "2024年2月"
    assert len(month.days) == 29


def test_the_year_turns_over():
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)


@pytest.mark.parametrize("text", ["2026-1", "2026年1月", "202601", "", "2026-13", "2026-00", "0000-01", "二〇二六"])
def test_an_unreadable_month_is_refused(text):
    with pytest.raises(RuleBroken):
        Month.parse(text)


def test_the_refusal_shows_how_to_write_it():
    with pytest.raises(RuleBroken, match="2026-11"):
        Month.parse("11月")


def test_months_end_on_the_corresponding_day_or_the_last():
    assert add_months(date(2026, 1, 30), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), 3) == date(2026, 4, 30)
    assert add_months(date(2026, 1, 28), 1) == date(2026, 2, 28)


@given(MONTHS)
def test_a_written_month_reads_back(month):
    assert Month.parse(str(month)) == month


@given(MONTHS, MONTHS)
def test_months_are_ordered_as_their_days(one, two):
    assert (one < two) == (one.first < two.first) == (one.index < two.index)
