"""Kind `clock`: when something is due, in hours, calendar days or working days, and why on that day.

Basis: 《民法典》第二百条至第二百零四条: hours run from the stated moment; the start day is not counted;
the last day ends at 24:00; a last day that is a day off moves to the next working day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from rules.calendar import WorkCalendar, missing_years_note
from rules.choices import Choice
from rules.errors import RuleBroken
from rules.localtime import end_of, local, local_day
from rules.params import Param
from rules.text import Note, _, note

DAY = timedelta(days=1)


class Unit(Choice):
    """What is counted."""

    HOURS = "hours", _("小时")
    CALENDAR_DAYS = "calendar_days", _("日")
    WORKING_DAYS = "working_days", _("个工作日")


@dataclass(frozen=True)
class ClockRule:
    """One deadline. `extension` is the most that may be added in all, in the same unit."""

    unit: Annotated[Unit, Param(_("单位"))]
    amount: Annotated[int, Param(_("时长"), least=1, most=3660)]
    extension: Annotated[int, Param(_("最多可延长"), least=0, most=3660)] = 0
    roll_over: Annotated[bool, Param(_("末日为休息日时顺延（仅按日计算时）"))] = True


@dataclass(frozen=True)
class Deadline:
    """`due_at` is the first instant (UTC) that is too late; `due_on` the last local day that is in time."""

    due_at: datetime
    due_on: date
    steps: tuple[Note, ...]
    missing_years: tuple[int, ...] = ()

    def is_late(self, moment: datetime) -> bool:
        """Whether something done at `moment` is late."""
        return moment >= self.due_at


def due(rule: ClockRule, start: datetime, calendar: WorkCalendar, extended: int = 0) -> Deadline:
    """The deadline counted from `start` (aware), `extended` units later than usual.

    Raises RuleBroken("extension-too-long") beyond what the rule allows, RuleBroken("extension-negative").
    """
    check_extension(rule, extended)
    if rule.unit is Unit.HOURS:
        return _hours(start, rule.amount + extended)
    first = local_day(start)
    counted = _working if rule.unit is Unit.WORKING_DAYS else _calendar_days
    last, steps = counted(rule, first, rule.amount + extended, calendar)
    missing = calendar.missing_years(first, last)
    banner = missing_years_note(missing)
    begin = note(_("{day}为起算日，不计入"), day=first)
    end = note(_("{day}为末日，当日24时届满"), day=last)
    return Deadline(end_of(last), last, (begin, *steps, end, *([banner] if banner else [])), missing)


def check_extension(rule: ClockRule, extended: int) -> None:
    """Refuse an extension below zero or beyond the rule's limit."""
    if extended < 0:
        raise RuleBroken("extension-negative", _("延长时间不能为负数。"))
    if extended > rule.extension:
        raise RuleBroken(
            "extension-too-long",
            _("最多可延长{most}{unit}，不能延长{asked}{unit}。"),
            most=rule.extension,
            asked=extended,
            unit=rule.unit.label,
        )


def _hours(start: datetime, amount: int) -> Deadline:
    moment = start.astimezone(UTC) + timedelta(hours=amount)
    begin = f"{local(start):%Y-%m-%d %H:%M}"
    step = note(_("自{moment}起算{amount}小时，夜间和节假日照计"), moment=begin, amount=amount)
    return Deadline(moment, local_day(moment), (step,))


def _working(
    rule: ClockRule, first: date, amount: int, calendar: WorkCalendar
) -> tuple[date, tuple[Note, ...]]:
    last = calendar.add_workdays(first, amount)
    return last, _skipped(first + DAY, last, calendar)


def _calendar_days(
    rule: ClockRule, first: date, amount: int, calendar: WorkCalendar
) -> tuple[date, tuple[Note, ...]]:
    nominal = first + DAY * amount
    last = calendar.on_or_after(nominal) if rule.roll_over else nominal
    return last, _skipped(nominal, last, calendar)


def _skipped(first: date, last: date, calendar: WorkCalendar) -> tuple[Note, ...]:
    days = (first + DAY * n for n in range((last - first).days))
    reasons = ((day, calendar.why_off(day)) for day in days)
    return tuple(note(_("{day}（{why}）不计"), day=day, why=why) for day, why in reasons if why)
