"""When a month's round opens, reminds and closes, also after a power cut."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.localtime import LOCAL
from rules.month_day import MonthDay
from rules.months import Month
from rules.survey import Party, Secrecy, SurveyRule, due_reminder, months_open, window
from tests.rules.packs import book, calendar

SURVEY = book().rule("enterprise-survey", date(2026, 1, 1), SurveyRule).params
MARCH = Month(2026, 3)
MONTHS = st.builds(Month, st.integers(2023, 2027), st.integers(1, 12))


@pytest.mark.clause("QY-2.3b")
def test_each_enterprise_rates_its_cadre_once_a_natural_month():
    assert (SURVEY.rater, SURVEY.rated) == (Party.ENTERPRISE, Party.CADRE)
    assert SURVEY.secrecy is Secrecy.CONFIDENTIAL
    assert SURVEY.floor == 3
    assert [reason.label for reason in SURVEY.reasons] == ["来得少", "没办成", "态度", "其他"]


def test_a_round_opens_at_the_bell_and_closes_at_midnight():
    times = window(SURVEY, MARCH, calendar())
    assert times.opens_at == datetime(2026, 3, 20, 8, 30, tzinfo=LOCAL)
    assert times.reminder_days == (date(2026, 3, 24), date(2026, 3, 27))
    assert times.closes_at == datetime(2026, 4, 1, tzinfo=LOCAL)


def test_a_round_that_would_open_in_a_festival_waits_for_work_to_begin():
    times = window(SURVEY, Month(2026, 2), calendar())
    assert times.opens_on == date(2026, 2, 24)
    assert times.reminder_days == (date(2026, 2, 27),)


@given(MONTHS)
def test_every_round_has_a_working_day_and_reminds_only_while_open(month):
    times = window(SURVEY, month, calendar())
    assert calendar().is_workday(times.opens_on)
    assert calendar().workdays_between(times.opens_on, times.closes_on) >= 1
    assert all(times.opens_on < day <= times.closes_on for day in times.reminder_days)
    assert all(calendar().is_workday(day) for day in times.reminder_days)


def test_a_reminder_is_due_from_its_day_until_it_is_sent():
    def due(day, sent=()):
        return due_reminder(SURVEY, MARCH, date(2026, 3, day), sent, calendar())

    assert due(23) is None
    assert due(24) == date(2026, 3, 24)
    assert due(26) == date(2026, 3, 24)
    assert due(26, {date(2026, 3, 24)}) is None
    assert due(27, {date(2026, 3, 24)}) == date(2026, 3, 27)


def test_after_a_power_cut_one_reminder_stands_for_all_missed():
    day = date(2026, 3, 31)
    assert due_reminder(SURVEY, MARCH, day, (), calendar()) == date(2026, 3, 27)
    assert due_reminder(SURVEY, MARCH, day, {date(2026, 3, 27)}, calendar()) is None


def test_no_reminder_goes_after_the_close():
    assert due_reminder(SURVEY, MARCH, date(2026, 4, 1), (), calendar()) is None
    assert due_reminder(SURVEY, MARCH, date(2026, 5, 1), (), calendar()) is None


def test_a_round_is_open_from_its_first_to_its_last_moment():
    times = window(SURVEY, MARCH, calendar())
    second = timedelta(seconds=1)
    assert months_open(SURVEY, times.opens_at - second, calendar()) == ()
    assert months_open(SURVEY, times.opens_at, calendar()) == (MARCH,)
    assert months_open(SURVEY, times.closes_at - second, calendar()) == (MARCH,)
    assert months_open(SURVEY, times.closes_at, calendar()) == ()


def test_a_round_may_close_in_the_next_month():
    survey = replace(SURVEY, closes=MonthDay(workday=3, next_month=True))
    assert window(survey, MARCH, calendar()).closes_on == date(2026, 4, 3)
    assert months_open(survey, datetime(2026, 4, 2, 9, tzinfo=LOCAL), calendar()) == (MARCH,)


def test_odd_surveys_are_refused():
    assert list(replace(SURVEY, rated=Party.ENTERPRISE).problems())
    assert list(replace(SURVEY, closes=MonthDay(day=19)).problems())
    assert list(replace(SURVEY, ask_reason_at="").problems())
    assert list(replace(SURVEY, secrecy=Secrecy.SEALED).problems())
    assert not list(replace(SURVEY, closes=MonthDay(day=20)).problems())
