"""A day within the month as plans write it: the 20th, the last day, the first or last-but-one working day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from rules.calendar import WorkCalendar
from rules.months import Month
from rules.params import Fault, Param
from rules.text import _, note


@dataclass(frozen=True)
class MonthDay:
    """`day = 20`, `day = -1` (last day), `workday = 1`, `workday = -2`; `next_month` for the month after.

    A day that the month lacks is its last one; a working day that it lacks is the last or first it has.
    """

    day: Annotated[int | None, Param(_("几号，负数从月末倒数"), least=-31, most=31)] = None
    workday: Annotated[int | None, Param(_("第几个工作日，负数从月末倒数"), least=-23, most=23)] = None
    next_month: Annotated[bool, Param(_("是否为下个月"))] = False

    def problems(self) -> Iterator[Fault]:
        if (self.day is None) == (self.workday is None):
            yield Fault((), note(_("day 和 workday 请写一个，也只写一个")))
        elif not (self.day or self.workday):
            yield Fault((), note(_("不能是0，第一天写1，最后一天写-1")))

    def on(self, month: Month, calendar: WorkCalendar) -> date:
        """That day of `month`."""
        month = month.next if self.next_month else month
        if self.day is not None:
            return _pick(month.days, self.day)
        return _pick(tuple(filter(calendar.is_workday, month.days)) or month.days, self.workday or 1)


def _pick(days: tuple[date, ...], n: int) -> date:
    at = n - 1 if n > 0 else len(days) + n
    return days[min(max(at, 0), len(days) - 1)]
