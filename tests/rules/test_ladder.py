"""The ladder: which level has come on which day, on both sides of each line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WorkCalendar
from rules.clock import Unit
from rules.ladder_rule import Climber, LadderRule, Level, Told, is_near, near_until, reached

PLAIN = WorkCalendar({}, frozenset())
LEVELS = tuple(Level(n, (Told.PERSON,)) for n in (1, 3, 5))
WORKING = LadderRule(Climber.ORDER, LEVELS, near=2)
DAYS = LadderRule(Climber.ORDER, LEVELS, Unit.CALENDAR_DAYS, near=2)
FRIDAY = date(2026, 11, 6)


@pytest.mark.parametrize(("later", "levels"), [(-1, 0), (0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2), (7, 3), (90, 3)])
def test_working_days_pass_over_the_weekend(later, levels):
    assert reached(WORKING, FRIDAY, FRIDAY + timedelta(days=later), PLAIN) == levels


@pytest.mark.parametrize(("later", "levels"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_calendar_days_do_not(later, levels):
    assert reached(DAYS, FRIDAY, FRIDAY + timedelta(days=later), PLAIN) == levels


@pytest.mark.parametrize(("rule", "before", "near"), [(WORKING, 0, True), (WORKING, 2, True), (WORKING, 3, False), (WORKING, -1, False), (DAYS, 2, True), (DAYS, 3, False)])
def test_the_person_is_reminded_in_the_last_days_only(rule, before, near):
    assert is_near(rule, FRIDAY, FRIDAY - timedelta(days=before), PLAIN) is near


def test_without_near_nobody_is_reminded_beforehand():
    quiet = LadderRule(Climber.ORDER, LEVELS)
    assert not any(is_near(quiet, FRIDAY, FRIDAY - timedelta(days=n), PLAIN) for n in range(5))


@pytest.mark.parametrize(("levels", "unit", "where"), [((3, 1), Unit.WORKING_DAYS, "levels"), ((1, 1), Unit.WORKING_DAYS, "levels"), ((1, 3), Unit.HOURS, "unit")])
def test_levels_rise_and_are_counted_in_days(levels, unit, where):
    rule = LadderRule(Climber.ORDER, tuple(Level(n, (Told.CLERK,)) for n in levels), unit)
    assert [fault.path[0] for fault in rule.problems()] == [where]


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(-20, 60), st.sampled_from([WORKING, DAYS]))
def test_a_level_never_falls_back_and_what_is_due_to_be_told_is_found(due_on, days, rule):
    today = due_on + timedelta(days=days)
    assert reached(rule, due_on, today, PLAIN) <= reached(rule, due_on, today + timedelta(days=1), PLAIN)
    if is_near(rule, due_on, today, PLAIN) or reached(rule, due_on, today, PLAIN):
        assert due_on <= near_until(rule, today, PLAIN)  # the sweep's question finds it
    assert not (is_near(rule, due_on, today, PLAIN) and reached(rule, due_on, today, PLAIN))
