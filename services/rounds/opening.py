"""Open a round: freeze who is asked about whom; a small one stands at once, a large one is filled by a job (QY-2.3b)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Round
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.months import Month
from rules.plan import Rule
from rules.roles import Role
from rules.rounds import FLOW, RoundState
from rules.survey import SurveyRule, window
from rules.text import _
from services import plans
from services.rounds import going_on, inviting
from services.rounds.filling import stand
from services.rounds.frame import in_force, lines, loaded
from services.rounds.reach import directory
from services.verbs import verb


@verb("round.open", _("开启测评"), Role.CLERK)
def open_round(
    session: Session, area: Area, survey: Rule[SurveyRule], month: Month, *, by: Actor, now: datetime
) -> Round:
    """The month's round for one township; opening it again returns the one there is, and takes up an opening that stalled.

    Raises RuleBroken("round-empty") without assignments, ("round-too-late") after the closing day.
    """
    rule = plans.rule_row(session, survey)
    row: Round | None = session.scalar(
        select(Round).where(Round.rule_id == rule.id, Round.area_id == area.id, Round.month == str(month))
    )
    if row is not None and row.state is not RoundState.PLANNED:
        return _as_it_is(session, row, by, now)
    times = window(survey.params, month, plans.calendar(session))
    if now >= times.closes_at:
        raise RuleBroken("round-too-late", _("{month}的测评期已过（{day}截止），不能再开启。"), month=month.label, day=times.closes_on)
    frame = list(session.scalars(in_force(area, now)))
    if not frame:
        raise RuleBroken("round-empty", _("{month}没有在册的包抓包保关系，请先导入名单再开启。"), month=month.label)
    row = row or Round(rule_id=rule.id, area=area, month=str(month), state=RoundState.PLANNED)
    row.opens_at, row.closes_at = now, times.closes_at
    row.frame_size, row.frame_hash, row.frame = len(frame), "", ""
    session.add(row)
    _in_batches(session, row, frame, by, now) if len(frame) > going_on.AT_ONCE else _at_once(session, row, survey.params, frame, by, now)
    return row


def _as_it_is(session: Session, row: Round, by: Actor, now: datetime) -> Round:
    if row.state is RoundState.OPENING:
        going_on.go_on(session, row, row.frame_size, by=by, now=now)
    return row


def _at_once(session: Session, row: Round, survey: SurveyRule, frame: list[int], by: Actor, now: datetime) -> None:
    row.state = FLOW.step(row.state, "open")
    session.flush()
    places = {number: n for n, number in enumerate(frame, start=1)}
    inviting.write(session, inviting.rows(row, survey, directory(session), loaded(session, frame), places))
    stand(session, row, lines(session, row.id), by=by, now=now)


def _in_batches(session: Session, row: Round, frame: list[int], by: Actor, now: datetime) -> None:
    row.state = FLOW.step(row.state, "begin")
    row.frame = " ".join(map(str, frame))
    session.flush()
    record(session, "round.opening", row, by=by, now=now, detail=f"应评{len(frame)}，分批开启")
    going_on.go_on(session, row, len(frame), by=by, now=now)
