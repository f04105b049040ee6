"""How often a sweep is due: periods named by the township's calendar, never by the cron minute that fired."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from rules.localtime import local

MOST_MISSED = 62
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """One turn of a sweep: its name, unique and sortable, and the local moment from which it is due."""

    key: str
    due_at: datetime


class Every(Protocol):
    """A rhythm: which period is the newest one due at an instant."""

    def current(self, moment: datetime) -> Period: ...


@dataclass(frozen=True)
class Minutely:
    """Every `minutes` of the hour; a divisor of 60."""

    minutes: int

    def current(self, moment: datetime) -> Period:
        now = local(moment)
        start = now.replace(minute=now.minute - now.minute % self.minutes, second=0, microsecond=0)
        return Period(f"{start:%Y-%m-%dT%H:%M}", start)


@dataclass(frozen=True)
class Hourly:
    """On the hour."""

    def current(self, moment: datetime) -> Period:
        start = local(moment).replace(minute=0, second=0, microsecond=0)
        return Period(f"{start:%Y-%m-%dT%H}", start)


@dataclass(frozen=True)
class Daily:
    """Once a day from `at` on; before that, yesterday's turn is still the newest."""

    at: time

    def current(self, moment: datetime) -> Period:
        start = _at_or_before(moment, self.at)
        return Period(f"{start:%Y-%m-%d}", start)


@dataclass(frozen=True)
class Weekly:
    """Once a week: `weekday` 1 (Monday) to 7."""

    weekday: int
    at: time

    def current(self, moment: datetime) -> Period:
        start = _at_or_before(moment, self.at)
        start -= timedelta(days=(start.isoweekday() - self.weekday) % 7)
        return Period(f"{start:%Y-%m-%d}", start)


@dataclass(frozen=True)
class Monthly:
    """Once a month: `day` 1 to 28."""

    day: int
    at: time

    def current(self, moment: datetime) -> Period:
        start = _at_or_before(moment, self.at)
        if start.day < self.day:
            start = start.replace(day=1) - timedelta(days=1)
        start = start.replace(day=self.day)
        return Period(f"{start:%Y-%m}", start)


def _at_or_before(moment: datetime, at: time) -> datetime:
    here = local(moment)
    start = datetime.combine(here.date(), at, here.tzinfo)
    return start if start <= here else start - timedelta(days=1)


def due_periods(every: Every, moment: datetime, last: str | None, *, catch_up: bool) -> list[Period]:
    """Periods due at `moment` and newer than `last` (a key), oldest first.

    Without `catch_up`, or when nothing ever ran, just the current one; at most MOST_MISSED.
    """
    period = every.current(moment)
    if last is None or not catch_up:
        return [period] if last is None or period.key > last else []
    found: list[Period] = []
    while period.key > last and len(found) < MOST_MISSED:
        found.insert(0, period)
        period = every.current(period.due_at - MICROSECOND)
    return found
