"""Who answered what: for the discipline office and the leader in charge, with a reason, each read on record (§3a)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Ballot, Invitation, Round, Signal
from models.access.actor import Actor
from models.audit import record
from rules.channels import Channel
from rules.errors import RuleBroken
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.rounds.survey import survey_of
from services.verbs import verb

SHORTEST_REASON = 4
READERS = (Role.LEADER, Role.DISCIPLINE)


@dataclass(frozen=True)
class Read:
    """One answer as read: labels, not positions; `low` where feedback is owed."""

    serial: str
    enterprise: str
    village: str
    cadre: str
    level: str
    low: bool
    reasons: tuple[str, ...]
    remark: str
    channel: Channel
    on_behalf: str
    cast_at: datetime
    signals: tuple[str, ...]
    paper: int | None
    """The ballot's number where a photo of the paper is kept."""
    number: int
    void: str
    """Who found it void, and why; empty while it counts."""


@verb("ballots.read", _("查看答卷"), *READERS)
def read(session: Session, round_: Round, reason: str, *, by: Actor, now: datetime) -> list[Read]:
    """The round's answers that `session`, the reader's own, may see: none about himself.

    The caller commits the record of it before it shows anything. Raises RuleBroken("round-still-open"),
    ("reason-missing").
    """
    check_reading(round_, reason)
    survey, scale = survey_of(session, round_)
    labels = {one.code: one.label for one in survey.params.reasons}
    threshold = survey.params.ask_reason_at
    signals = _signals(session, round_)
    ballots = _ballots(session, round_)
    record(session, "ballots.read", round_, by=by, now=now, detail=f"{reason.strip()}（{len(ballots)}份）")
    return [
        Read(
            serial=one.invitation.serial, enterprise=one.invitation.client.name, village=one.invitation.area.name,
            cadre=one.invitation.cadre.name, level=scale.at(one.level).label,
            low=bool(threshold) and scale.at_or_below(one.level, threshold),
            reasons=tuple(labels.get(code, code) for code in one.reasons), remark=one.remark or "",
            channel=one.channel, on_behalf=one.on_behalf, cast_at=one.cast_at,
            signals=tuple(signals[one.invitation_id]), paper=one.id if one.attachment_id else None,
            number=one.id, void=f"{one.voided_by}：{one.voided_why}" if one.voided_at else "",
        )
        for one in ballots
    ]  # fmt: skip


def check_reading(round_: Round, reason: str) -> None:
    """Not before the close, and never without saying why. Raises as `read`."""
    if round_.state is RoundState.OPEN:
        raise RuleBroken("round-still-open", _("{round}还在进行，截止后才能查看答卷。"), round=round_.title)
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason-missing", _("请写明为什么要看，不少于4个字；理由和查看时间会留痕。"))


def _ballots(session: Session, round_: Round) -> list[Ballot]:
    asked = joinedload(Ballot.invitation)
    found = (
        select(Ballot)
        .join(Invitation, Invitation.id == Ballot.invitation_id)
        .where(Ballot.round_id == round_.id)
        .options(asked.joinedload(Invitation.client), asked.joinedload(Invitation.cadre), asked.joinedload(Invitation.area))
        .order_by(Ballot.level, Invitation.serial)
    )
    return list(session.scalars(found))


def _signals(session: Session, round_: Round) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, message in session.execute(
        select(Signal.invitation_id, Signal.message).where(Signal.round_id == round_.id).order_by(Signal.id)
    ):
        found[number].append(message)
    return found
