"""The deadline of a simple ledger: counted from the day of registration, with a warning before its last day."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from rules import clock
from rules.calendar import WorkCalendar
from rules.clock import Unit
from rules.localtime import instant_at

DAYS = frozenset({Unit.CALENDAR_DAYS, Unit.WORKING_DAYS})


@dataclass(frozen=True)
class Deadline:
    """Due `days` after registration, as kind `clock` counts; people are warned from `warn_days` before the last day."""

    days: int
    warn_days: int = 0
    unit: Unit = Unit.CALENDAR_DAYS

    def __post_init__(self) -> None:
        if self.unit not in DAYS or self.days < 1 or not 0 <= self.warn_days < self.days:
            raise ValueError("a ledger counts whole days, at least one, and warns before they are over")

    def due_on(self, filed_on: date, calendar: WorkCalendar) -> date:
        """The last day that is in time."""
        return clock.due(clock.ClockRule(self.unit, self.days), instant_at(filed_on, time()), calendar).due_on

    def near_until(self, today: date, calendar: WorkCalendar) -> date:
        """Whatever is due on or before this day is near its end today."""
        if self.unit is Unit.WORKING_DAYS:
            return calendar.add_workdays(today, self.warn_days)
        return today + timedelta(days=self.warn_days)
