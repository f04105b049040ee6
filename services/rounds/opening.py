"""Open a round: freeze who is asked about whom, give each a code and a way to be reached (QY-2.3b)."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, contains_eager

from models import Area, Assignment, Client, Invitation, Round
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from rules.clients import ClientState
from rules.coverage import CoverKind
from rules.errors import RuleBroken
from rules.invitations import InvitationState
from rules.localtime import local_day
from rules.months import Month
from rules.plan import Rule
from rules.roles import Role
from rules.rounds import FLOW, RoundState
from rules.survey import SurveyRule, window
from rules.text import _
from services import plans
from services.rounds.reach import Directory, choose, directory, self_dealing
from services.tokens import hash_of
from services.verbs import verb

RATED = (CoverKind.LEADER, CoverKind.CADRE)
BATCH = 1000


@verb("round.open", _("开启测评"), Role.CLERK)
def open_round(
    session: Session, area: Area, survey: Rule[SurveyRule], month: Month, *, by: Actor, now: datetime
) -> Round:
    """The month's round for one township; opening it again returns the one there is.

    Raises RuleBroken("round-empty") without assignments, ("round-too-late") after the closing day.
    """
    rule = plans.rule_row(session, survey)
    row: Round | None = session.scalar(
        select(Round).where(Round.rule_id == rule.id, Round.area_id == area.id, Round.month == str(month))
    )
    if row is not None and row.state is not RoundState.PLANNED:
        return row
    times = window(survey.params, month, plans.calendar(session))
    if now >= times.closes_at:
        raise RuleBroken("round-too-late", _("{month}的测评期已过（{day}截止），不能再开启。"), month=month.label, day=times.closes_on)
    frame = in_force(area, now)
    if session.scalar(frame.with_only_columns(Assignment.id).limit(1)) is None:
        raise RuleBroken("round-empty", _("{month}没有在册的包抓包保关系，请先导入名单再开启。"), month=month.label)
    row = row or Round(rule_id=rule.id, area=area, month=str(month), state=RoundState.PLANNED)
    row.opens_at, row.closes_at = now, times.closes_at
    row.state = FLOW.step(row.state, "open")
    row.frame_size, row.frame_hash = 0, ""
    session.add(row)
    session.flush()
    lines = _invite(session, row, survey.params, frame)
    row.frame_size, row.frame_hash = len(lines), frame_hash(lines)
    record(session, "round.opened", row, by=by, now=now, detail=f"应评{row.frame_size}，名单指纹{row.frame_hash}")
    return row


def in_force(area: Area, now: datetime) -> Any:
    """Responsibilities in force today for enterprises that trade, in a fixed order."""
    today = local_day(now)
    return (
        select(Assignment)
        .join(Client, Client.id == Assignment.client_id)
        .where(
            Assignment.area_path.startswith(area.path, autoescape=True),
            Assignment.kind.in_(RATED), Assignment.since <= today,
            or_(Assignment.until.is_(None), Assignment.until >= today),
            Client.state == ClientState.ACTIVE,
        )
        .options(contains_eager(Assignment.client).defer(Client.phone))  # opening a hundred thousand seals takes its time
        .order_by(Assignment.id)
    )  # fmt: skip


def frame_hash(lines: Iterable[str]) -> str:
    """SHA-256 over the sorted "assignment:client:cadre" lines."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


@dataclass(frozen=True)
class _Place:
    state: InvitationState
    channel: str | None
    phone_ok: bool
    why: str


def _place(survey: SurveyRule, people: Directory, assignment: Assignment) -> _Place:
    doubt = self_dealing(people, assignment, assignment.client)
    if doubt:
        return _Place(InvitationState.EXCLUDED, None, False, str(doubt))
    choosing = choose(survey, people, assignment.client, assignment.cadre_id)
    reasons = "；".join(str(reason) for reason in choosing.reasons)
    return _Place(
        InvitationState.PENDING, choosing.channel.value if choosing.channel else None,
        people.may_text(assignment.client.phone_index, assignment.cadre_id), reasons[:300],
    )  # fmt: skip


def _invite(session: Session, row: Round, survey: SurveyRule, frame: Any) -> list[str]:
    """One invitation for each, a batch in memory at a time; returns the lines of the list."""
    people, lines = directory(session), list[str]()
    for batch in session.scalars(frame, execution_options={"yield_per": BATCH}).partitions():
        values = [_values(row, survey, people, assignment, n) for n, assignment in enumerate(batch, len(lines) + 1)]
        session.execute(insert(Invitation.__table__), values)
        lines += [f"{one.id}:{one.client_id}:{one.cadre_id}" for one in batch]
    return lines


def _values(row: Round, survey: SurveyRule, people: Directory, assignment: Assignment, n: int) -> dict[str, object]:
    place, uid = _place(survey, people, assignment), secrets.token_hex(16)
    return {
        "uid": uid, "version": 1, "round_id": row.id, "assignment_id": assignment.id,
        "client_id": assignment.client_id, "cadre_id": assignment.cadre_id,
        "area_id": assignment.area_id, "area_path": assignment.area_path,
        "serial": f"{row.month.replace('-', '')}-{row.id}-{n:04d}",
        "state": place.state, "channel": place.channel, "phone_ok": place.phone_ok, "why": place.why,
        "token_hash": hash_of(vault().token(Invitation.__tablename__, uid)), "reminders": 0, "told_by": "",
    }  # fmt: skip
