"""The natural month as a value: "2026-11", its days and its neighbours."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import RuleBroken
from rules.text import _

WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True)
class Month:
    """One natural month of the years 1 to 9999; months compare in the order of time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise RuleBroken(
                "month-unknown", _("没有{year}年{number}月。"), year=self.year, number=self.number
            )

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read "2026-11"; raises RuleBroken("month-format") or RuleBroken("month-unknown")."""
        found = WRITTEN.fullmatch(text.strip())
        if not found:
            raise RuleBroken("month-format", _("看不懂月份“{text}”，请写成“2026-11”的样子。"), text=text)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """For people: “2026年11月”."""
        return f"{self.year}年{self.number}月"

    @property
    def index(self) -> int:
        """Months counted from the year 0, so that a difference is a number of months."""
        return self.year * 12 + self.number - 1

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(n) for n in range(self.last.day))

    def plus(self, months: int) -> "Month":
        """So many months later (earlier if negative); raises RuleBroken outside the years 1 to 9999."""
        year, number = divmod(self.index + months, 12)
        return Month(year, number + 1)

    @property
    def next(self) -> "Month":
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        return self.plus(-1)


def add_months(day: date, months: int) -> date:
    """The corresponding day, or the month's last day where there is none (《民法典》第二百零二条)."""
    month = Month.of(day).plus(months)
    return month.first.replace(day=min(day.day, month.last.day))
