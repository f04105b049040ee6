"""What the minute sweep does for the monthly round: open, invite, remind, close; and let sanctions expire.

Each function asks what is due and not yet done, commits one item at a time, and may run twice or at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Area, Round, Sanction
from models import Rule as RuleRow
from models.access.session import working
from rules.localtime import in_office_hours, local_day
from rules.months import Month
from rules.places import AreaLevel
from rules.plan import Rule
from rules.rounds import RoundState
from rules.survey import SurveyRule, due_reminder, months_open
from rules.text import _
from services import plans
from services.followup import sanctions
from services.rounds import closing, filling, opening, reminding
from services.rounds.survey import survey_of
from services.turns import CLOCKWORK, MORE, each

Sofar = dict[int, reminding.Asked]


@dataclass(frozen=True)
class Due:
    """One round to open."""

    area_id: int
    survey: Rule[SurveyRule]
    month: Month

    def __str__(self) -> str:
        return f"round {self.survey.id} {self.month} in area {self.area_id}"


def open_due(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """The month's round of every township, from its opening hour until its close; one taken back stays so."""
    with working(engine, CLOCKWORK) as session:
        due = list(_to_open(session, now))
    return each(engine, due, lambda session, one: _open(session, one, now))


def invite_due(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """First messages to those who are to be asked by message, in office hours."""
    with working(engine, CLOCKWORK) as session:
        ids = [one.id for one in _open_rounds(session) if _at_work(session, one, now)]
    sofar: Sofar = {}
    return each(engine, ids, lambda session, one: _invite(session, one, public_url, now, sofar))


def remind_due(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """The plan's reminder days, in office hours; days slept through cost one reminder together."""
    with working(engine, CLOCKWORK) as session:
        due = [(one.id, day) for one in _open_rounds(session) if (day := _reminder(session, one, now))]
    sofar: Sofar = {}
    return each(engine, due, lambda session, one: _remind(session, one, public_url, now, sofar))


def close_due(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Rounds whose time is over; the office is told to check and freeze."""
    with working(engine, CLOCKWORK) as session:
        over = select(Round.id).where(Round.state == RoundState.OPEN, Round.closes_at <= now)
        ids = list(session.scalars(over))
    return each(engine, ids, lambda session, one: _close(session, one, now))


def expire_sanctions(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Sanctions whose time is over and which nobody contests."""
    with working(engine, CLOCKWORK) as session:
        ids = sanctions.due_to_expire(session, now)
    return each(engine, ids, lambda session, one: _expire(session, one, now))


def _to_open(session: Session, now: datetime) -> Iterator[Due]:
    book, calendar, today = plans.book(session), plans.calendar(session), local_day(now)
    townships = list(session.scalars(select(Area.id).where(Area.level == AreaLevel.TOWNSHIP, Area.until.is_(None))))
    known = set(session.execute(select(RuleRow.code, Round.area_id, Round.month).join(RuleRow)))
    for survey in book.rules_of(SurveyRule, today):
        for month in months_open(survey.params, now, calendar):
            for area_id in townships:
                if survey.in_force(month.last) and (survey.id, area_id, str(month)) not in known:
                    yield Due(area_id, survey, month)


def _open(session: Session, due: Due, now: datetime) -> str:
    area = session.get_one(Area, due.area_id)
    row = opening.open_round(session, area, due.survey, due.month, by=CLOCKWORK, now=now)
    if row.state is RoundState.OPENING:
        return "opening"
    filling.tell_opened(session, row, now)
    return "opened"


def _open_rounds(session: Session) -> list[Round]:
    return list(session.scalars(select(Round).where(Round.state == RoundState.OPEN).order_by(Round.id)))


def _at_work(session: Session, round_: Round, now: datetime) -> bool:
    survey, _scale = survey_of(session, round_)
    return now < round_.closes_at and in_office_hours(now, plans.calendar(session), survey.params.hours)


def _invite(session: Session, round_id: int, public_url: str, now: datetime, sofar: Sofar) -> str:
    round_ = session.get_one(Round, round_id)
    asked = reminding.invite(session, round_, public_url, by=CLOCKWORK, now=now, sofar=sofar.get(round_id, reminding.NOBODY))
    sofar[round_id] = asked
    return MORE if asked.more else "invited" if asked.texted else "nobody"


def _reminder(session: Session, round_: Round, now: datetime) -> date | None:
    survey, _scale = survey_of(session, round_)
    sent = [date.fromisoformat(day) for day in round_.reminded]
    day = due_reminder(survey.params, Month.parse(round_.month), local_day(now), sent, plans.calendar(session))
    return day if day and _at_work(session, round_, now) else None


def _remind(session: Session, due: tuple[int, date], public_url: str, now: datetime, sofar: Sofar) -> str:
    round_, day = session.get_one(Round, due[0]), due[1]
    if day.isoformat() in round_.reminded:
        return "already"
    before = sofar.get(round_.id, reminding.NOBODY)
    asked = reminding.remind(session, round_, public_url, by=CLOCKWORK, now=now, day=day, sofar=before)
    sofar[round_.id] = asked
    return MORE if asked.more else "reminded"


def _close(session: Session, round_id: int, now: datetime) -> str:
    row = session.get_one(Round, round_id)
    if row.state is not RoundState.OPEN:
        return "already"
    closing.close(session, row, by=CLOCKWORK, now=now)
    subject = _("{round}已截止，请办理月末结账").format(round=row.title)
    reminding.tell_office(session, row, f"closed:{row.id}", subject, "", now)
    return "closed"


def _expire(session: Session, sanction_id: int, now: datetime) -> str:
    row = session.get_one(Sanction, sanction_id)
    if row.ended_at is not None:
        return "already"
    sanctions.expire(session, row, by=CLOCKWORK, now=now)
    return "expired"
