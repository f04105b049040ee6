"""Kind `ladder`: who is told that something nears its day or is late, level by level, each after its own grace.

Basis: ZF-3.3 (督查调度), JF-3.4d (期限内未办结的跟进督办). How many days each level waits is a default of the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from rules.calendar import WorkCalendar
from rules.choices import Choice
from rules.clock import Unit
from rules.params import Fault, Param
from rules.text import _, note


class Climber(Choice):
    """What climbs the ladder."""

    ORDER = "order", _("督办单")


class Told(Choice):
    """Who is told at a level."""

    PERSON = "person", _("责任人")
    CLERK = "clerk", _("经办人")
    LEADER = "leader", _("领导")
    DISCIPLINE = "discipline", _("纪委")


@dataclass(frozen=True)
class Level:
    """`after`: on which day past the last one this level is told; 1 is the first day that is late."""

    after: Annotated[int, Param(_("超期第几天"), least=1, most=365)]
    tell: Annotated[tuple[Told, ...], Param(_("告诉谁"), least=1, most=4)]


@dataclass(frozen=True)
class LadderRule:
    """`near`: how many days before the last one the person is reminded; 0 is not at all."""

    of: Annotated[Climber, Param(_("什么超期"))]
    levels: Annotated[tuple[Level, ...], Param(_("逐级"), least=1, most=6)]
    unit: Annotated[Unit, Param(_("天怎么数"))] = Unit.WORKING_DAYS
    near: Annotated[int, Param(_("到期前几天提醒责任人"), least=0, most=30)] = 0

    def problems(self) -> Iterator[Fault]:
        days = [level.after for level in self.levels]
        if days != sorted(set(days)):
            yield Fault(("levels",), note(_("天数要一级比一级多")))
        if self.unit is Unit.HOURS:
            yield Fault(("unit",), note(_("逐级上报按日或按工作日数，不按小时")))


def reached(rule: LadderRule, due_on: date, today: date, calendar: WorkCalendar) -> int:
    """How many levels have come by `today`; none before the first late day."""
    return sum(_after(rule, due_on, level.after, calendar) <= today for level in rule.levels)


def is_near(rule: LadderRule, due_on: date, today: date, calendar: WorkCalendar) -> bool:
    """Whether the person is to be reminded: still in time, but within the last days."""
    return today <= due_on <= near_until(rule, today, calendar) and rule.near > 0


def near_until(rule: LadderRule, today: date, calendar: WorkCalendar) -> date:
    """Whatever is due on or before this day is near its end or late."""
    return _after(rule, today, rule.near, calendar)


def _after(rule: LadderRule, day: date, n: int, calendar: WorkCalendar) -> date:
    return calendar.add_workdays(day, n) if rule.unit is Unit.WORKING_DAYS else day + timedelta(days=n)
