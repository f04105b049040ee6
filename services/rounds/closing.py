"""Close, check, and the way back: every step can be undone until the freeze."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Round
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.roles import Role
from rules.rounds import FLOW, RoundState
from rules.text import _
from services.locking import lock
from services.verbs import verb


@verb("round.close", _("截止测评"), Role.CLERK)
def close(session: Session, round_: Round, *, by: Actor, now: datetime) -> None:
    """No answer counts from now on; closing a closed round changes nothing."""
    if round_.state is RoundState.CLOSED:
        return
    _step(session, round_, "close", by, now)
    round_.closed_at = now


@verb("round.reopen", _("重新开启测评"), Role.CLERK)
def reopen(session: Session, round_: Round, *, by: Actor, now: datetime) -> None:
    """Back to open; raises RuleBroken("round-too-late") when its time is over."""
    if now >= round_.closes_at:
        raise RuleBroken("round-too-late", _("已过截止时间，不能重新开启；确需补录请在归档后出更正版。"))
    _step(session, round_, "reopen", by, now)
    round_.closed_at = None


@verb("round.check", _("核对完成"), Role.CLERK)
def check(session: Session, round_: Round, *, by: Actor, now: datetime) -> None:
    """The office has looked at gaps and signals."""
    _step(session, round_, "check", by, now)


@verb("round.uncheck", _("退回核对"), Role.CLERK)
def uncheck(session: Session, round_: Round, *, by: Actor, now: datetime) -> None:
    """Back to checking."""
    _step(session, round_, "uncheck", by, now)


def _step(session: Session, round_: Round, move: str, by: Actor, now: datetime) -> None:
    lock(session, round_)
    round_.state = FLOW.step(round_.state, move)
    record(session, f"round.{move}", round_, by=by, now=now)
