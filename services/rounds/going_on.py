"""The job behind a round that takes more than one transaction to open or to take back: asked for once, again where it stalled."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Job, Round
from models.access.actor import Actor
from rules.jobs import JobState
from rules.rounds import RoundState
from rules.text import _
from services.jobs import enqueue

AT_ONCE = 500  # invitations written or taken back while the person waits
BATCH = 500  # in one transaction of the job
OPENING, WITHDRAWING = "open-round", "unopen-round"
KINDS = {RoundState.OPENING: OPENING, RoundState.WITHDRAWING: WITHDRAWING}
TITLES = {OPENING: _("开启：{round}"), WITHDRAWING: _("撤回开启：{round}")}


def go_on(session: Session, round_: Round, total: int, *, by: Actor, now: datetime) -> None:
    """A job for what the round is in the middle of; nothing while one waits or runs."""
    kind, newest = KINDS[round_.state], _newest(session, round_)
    if newest is None or newest.state not in {JobState.WAITING, JobState.RUNNING}:
        enqueue(
            session, kind, f"{kind}:{round_.id}:{newest.id if newest else 0}", {"round": round_.id},
            title=TITLES[kind].format(round=round_.title), run_at=now, account_id=by.account_id, total=total,
        )  # fmt: skip


def has_stalled(session: Session, round_: Round) -> bool:
    """Whether the round is in the middle of it and nothing works on it any more."""
    if round_.state not in KINDS:
        return False
    newest = _newest(session, round_)
    return newest is None or newest.state in {JobState.FAILED, JobState.CANCELLED}


def _newest(session: Session, round_: Round) -> Job | None:
    prefix = f"{KINDS[round_.state]}:{round_.id}:"
    return session.scalar(select(Job).where(Job.key.startswith(prefix, autoescape=True)).order_by(Job.id.desc()).limit(1))
