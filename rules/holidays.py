"""The holiday table in `plans/holidays.toml`: what its file may say, and the calendar made from it.

Official years come from the State Council's yearly notice; local festivals (《全国年节及纪念日放假办法》
第四条) are added under `[[local]]` and win over everything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from rules.calendar import WorkCalendar
from rules.params import Fault, Param
from rules.text import _, note


@dataclass(frozen=True)
class HolidayYear:
    """One official year: days off by the holiday's name, and make-up working days."""

    year: Annotated[int, Param(_("年份"), least=2000, most=2100)]
    off: Annotated[Mapping[str, tuple[date, ...]], Param(_("放假日"))]
    work: Annotated[tuple[date, ...], Param(_("调休上班日"))] = ()

    def problems(self) -> Iterator[Fault]:
        days_off = {day: (name, n) for name, days in self.off.items() for n, day in enumerate(days)}
        for day, (name, n) in days_off.items():
            if day.year != self.year:
                yield Fault(("off", name, n), note(_("{day}不在{year}年"), day=day, year=self.year))
        for n, day in enumerate(self.work):
            if day.year != self.year:
                yield Fault(("work", n), note(_("{day}不在{year}年"), day=day, year=self.year))
            if day in days_off:
                yield Fault(("work", n), note(_("{day}既放假又上班，请只留一处"), day=day))


@dataclass(frozen=True)
class LocalHoliday:
    """A festival of this place, with the paper that sets it."""

    name: Annotated[str, Param(_("名称"))]
    days: Annotated[tuple[date, ...], Param(_("放假日"), least=1)]
    basis: Annotated[str, Param(_("依据"))]


@dataclass(frozen=True)
class HolidayTable:
    """The whole file."""

    years: Annotated[tuple[HolidayYear, ...], Param(_("各年安排"))]
    local: Annotated[tuple[LocalHoliday, ...], Param(_("本地节日"))] = ()

    def problems(self) -> Iterator[Fault]:
        seen: set[int] = set()
        for n, table in enumerate(self.years):
            if table.year in seen:
                yield Fault(("years", n, "year"), note(_("{year}年写了两次"), year=table.year))
            seen.add(table.year)

    def calendar(self) -> WorkCalendar:
        """The calendar value that rules count with."""
        official = {day: name for table in self.years for name, days in table.off.items() for day in days}
        local = {day: one.name for one in self.local for day in one.days}
        work = frozenset(day for table in self.years for day in table.work)
        return WorkCalendar(official | local, work, frozenset(table.year for table in self.years))
