"""Working days of one place: weekends, official days off, make-up working days, local festivals.

Basis: 《全国年节及纪念日放假办法》第六、七条 and the yearly notices of the State Council's office.
A year without a table counts weekends only and is named by `missing_years`; it never raises for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.errors import RuleBroken
from rules.text import Note, _, note

DAY = timedelta(days=1)
MOST = 3660
WEEKEND = {5: _("周六"), 6: _("周日")}


@dataclass(frozen=True)
class WorkCalendar:
    """`off`: day -> name of the holiday; `work`: make-up working days; `years`: years with a table."""

    off: Mapping[date, str] = field(default_factory=dict, hash=False)
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def covers(self, year: int) -> bool:
        """Whether the official arrangement of that year is known."""
        return year in self.years

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years touched by `first`..`last` for which only weekends could be counted."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.covers(year))

    def why_off(self, day: date) -> str | None:
        """“春节”, “周六” … or None on a working day."""
        if day in self.off:
            return self.off[day]
        return None if day in self.work else WEEKEND.get(day.weekday())

    def is_workday(self, day: date) -> bool:
        return self.why_off(day) is None

    def on_or_after(self, day: date) -> date:
        """`day` itself if people work on it, else the first working day after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        return self.on_or_after(day + DAY)

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself is not counted; n = 0 gives `on_or_after(day)`.

        Raises RuleBroken("workdays-out-of-range") below 0 or above 3660.
        """
        if not 0 <= n <= MOST:
            raise RuleBroken(
                "workdays-out-of-range", _("工作日数应在0到{most}之间，现为{n}。"), most=MOST, n=n
            )
        if n == 0:
            return self.on_or_after(day)
        for _step in range(n):
            day = self.next_workday(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative if `last` lies before."""
        if last < first:
            return -self.workdays_between(last, first)
        return sum(self.is_workday(first + DAY * n) for n in range(1, (last - first).days + 1))


WEEKENDS_ONLY = WorkCalendar()


def missing_years_note(years: tuple[int, ...]) -> Note | None:
    """The banner about years without a table, or None if there is none."""
    if not years:
        return None
    listed = "、".join(str(year) for year in years)
    return note(
        _("{years}年还没有节假日安排表，暂按周末推算，日期可能有出入，请补录节假日安排。"), years=listed
    )
