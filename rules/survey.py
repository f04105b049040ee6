"""Kind `survey`: who rates whom, how often, on which days, on which scale, and who learns of it.

Basis: QY-2.3b (企业对包抓干部每月进行1次满意度测评); secrecy as in docs/rules.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from rules.calendar import WEEKENDS_ONLY, WorkCalendar
from rules.channels import Channel
from rules.choices import Choice
from rules.localtime import OfficeHours, end_of, instant_at, local_day
from rules.month_day import MonthDay
from rules.months import Month
from rules.params import Fault, Param
from rules.text import _, note


class Party(Choice):
    """Who rates, who is rated."""

    ENTERPRISE = "enterprise", _("企业")
    CADRE = "cadre", _("包抓干部")
    TEAM = "team", _("专班小组")


class Cadence(Choice):
    """How often a round is held."""

    MONTHLY = "monthly", _("每自然月一次")


class Secrecy(Choice):
    """Who may read who answered what."""

    NAMED = "named", _("实名")
    CONFIDENTIAL = "confidential", _("保密")
    SEALED = "sealed", _("密封")


class FloorCounts(Choice):
    """What the smallest number counts: one shop answering three months running is still one voice."""

    RATERS = "raters", _("不同的评价人")
    BALLOTS = "ballots", _("评价份数")


@dataclass(frozen=True)
class Reason:
    """A chip offered with a low answer."""

    code: Annotated[str, Param(_("代码"))]
    label: Annotated[str, Param(_("名称"))]


@dataclass(frozen=True)
class SurveyRule:
    """One recurring survey; days that fall on a day off move to the next working day, the close does not."""

    rater: Annotated[Party, Param(_("评价人"))]
    rated: Annotated[Party, Param(_("被评价人"))]
    question: Annotated[str, Param(_("问题"))]
    scale: Annotated[str, Param(_("量表"), refers="scale")]
    cadence: Annotated[Cadence, Param(_("周期"))]
    opens: Annotated[MonthDay, Param(_("开启日"))]
    closes: Annotated[MonthDay, Param(_("截止日（当日24时）"))]
    channels: Annotated[tuple[Channel, ...], Param(_("送达方式，按优先次序"), least=1)]
    reminders: Annotated[tuple[MonthDay, ...], Param(_("催评日"), most=10)] = ()
    hours: Annotated[OfficeHours, Param(_("可以打扰的时间"))] = field(default_factory=OfficeHours)
    secrecy: Annotated[Secrecy, Param(_("保密程度"))] = Secrecy.CONFIDENTIAL
    floor: Annotated[int, Param(_("公开均值所需的最少数量"), least=3, most=100)] = 3
    floor_counts: Annotated[FloorCounts, Param(_("最少数量按什么计"))] = FloorCounts.RATERS
    rolling_months: Annotated[int, Param(_("合并几个月的评价"), least=1, most=12)] = 3
    change_until_close: Annotated[bool, Param(_("截止前可以改评"))] = True
    ask_reason_at: Annotated[str, Param(_("从哪一档起询问原因"), refers="level")] = ""
    reasons: Annotated[tuple[Reason, ...], Param(_("原因选项"), most=12)] = ()

    def problems(self) -> Iterator[Fault]:
        if self.rater is self.rated:
            yield Fault(("rated",), note(_("评价人和被评价人不能是同一方")))
        if Party.TEAM in {self.rater, self.rated}:
            yield Fault(("rated",), note(_("专班小组不参加测评")))
        if self.secrecy is Secrecy.SEALED:
            yield Fault(("secrecy",), note(_("本版本尚未支持密封测评，请写 confidential 或 named")))
        common = Month(2026, 2)
        if self.opens.on(common, WEEKENDS_ONLY) > self.closes.on(common, WEEKENDS_ONLY):
            yield Fault(("closes",), note(_("截止日早于开启日")))
        if self.reasons and not self.ask_reason_at:
            yield Fault(("ask_reason_at",), note(_("写了原因选项，就要写从哪一档起询问")))


@dataclass(frozen=True)
class Window:
    """One round's time: instants in UTC, days local; `closes_at` is the first instant that is too late."""

    month: Month
    opens_on: date
    opens_at: datetime
    reminder_days: tuple[date, ...]
    closes_on: date
    closes_at: datetime


def window(survey: SurveyRule, month: Month, calendar: WorkCalendar) -> Window:
    """When that month's round opens, reminds and closes.

    Opening and reminders fall on working days; the round stays open at least one working day.
    """
    opens_on = calendar.on_or_after(survey.opens.on(month, calendar))
    closes_on = max(survey.closes.on(month, calendar), calendar.next_workday(opens_on))
    days = {calendar.on_or_after(one.on(month, calendar)) for one in survey.reminders}
    reminders = tuple(sorted(day for day in days if opens_on < day <= closes_on))
    opens_at = instant_at(opens_on, survey.hours.opens)
    return Window(month, opens_on, opens_at, reminders, closes_on, end_of(closes_on))


def months_open(survey: SurveyRule, now: datetime, calendar: WorkCalendar) -> tuple[Month, ...]:
    """The months whose round should be open at `now`; a month slept through entirely is not made up."""
    this = Month.of(local_day(now))
    times = (window(survey, month, calendar) for month in (this.previous, this))
    return tuple(one.month for one in times if one.opens_at <= now < one.closes_at)


def due_reminder(
    survey: SurveyRule, month: Month, today: date, sent: Collection[date], calendar: WorkCalendar
) -> date | None:
    """The reminder day to serve today, or None; `sent` holds the reminder days already served.

    The latest day that has come stands for all missed before it, so a long power cut costs one
    reminder, not three; none goes after the close.
    """
    times = window(survey, month, calendar)
    come = [day for day in times.reminder_days if day <= today]
    if today > times.closes_on or not come or come[-1] in sent:
        return None
    return come[-1]
