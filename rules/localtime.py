"""Local days and office hours: instants are aware, days are dates in Asia/Shanghai (UTC+8 all year)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated

from rules.calendar import WorkCalendar
from rules.params import Fault, Param
from rules.text import _, note

LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")


def local(instant: datetime) -> datetime:
    """The instant on the township's clock; a naive instant is a programming error (ValueError)."""
    if instant.tzinfo is None:
        raise ValueError("instants must be aware")
    return instant.astimezone(LOCAL)


def local_day(instant: datetime) -> date:
    """The date on the township's wall at that instant."""
    return local(instant).date()


def instant_at(day: date, clock: time) -> datetime:
    """The instant (UTC) at which the township's clock shows `clock` on `day`."""
    return datetime.combine(day, clock, LOCAL).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant (UTC) after `day`: its 24:00 (《民法典》第二百零三条)."""
    return instant_at(day + timedelta(days=1), time())


@dataclass(frozen=True)
class OfficeHours:
    """When the township may ring a phone: working days from `opens` until before `closes`."""

    opens: Annotated[time, Param(_("上班时间"))] = time(8, 30)
    closes: Annotated[time, Param(_("下班时间"))] = time(18, 0)

    def problems(self) -> tuple[Fault, ...]:
        if self.opens < self.closes:
            return ()
        return (Fault(("closes",), note(_("下班时间应晚于上班时间{opens}"), opens=f"{self.opens:%H:%M}")),)


def in_office_hours(instant: datetime, calendar: WorkCalendar, hours: OfficeHours) -> bool:
    """Whether people are at work at that instant; the closing time itself is outside."""
    here = local(instant)
    return calendar.is_workday(here.date()) and hours.opens <= here.time() < hours.closes


def next_office_moment(instant: datetime, calendar: WorkCalendar, hours: OfficeHours) -> datetime:
    """`instant` itself within office hours, else the next opening (UTC)."""
    if in_office_hours(instant, calendar, hours):
        return instant
    here = local(instant)
    today = here.date()
    early = calendar.is_workday(today) and here.time() < hours.opens
    return instant_at(today if early else calendar.next_workday(today), hours.opens)
