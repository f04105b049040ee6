"""Taken down with a reason, together with what was shown; run out by itself; withdrawn when the fact under it is."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import BoardEntry
from models.access.actor import Actor
from models.audit import record
from rules.boards import FLOW, RUNNING, BoardState, check_expiry, check_reason
from rules.localtime import local_day
from rules.text import _
from services.boards.standing import IN_CHARGE, handler
from services.boards.telling import tell_person
from services.boards.texts import close, open_of
from services.locking import lock
from services.verbs import verb

OVER = _("到期")


@verb("board.withdraw", _("撤下红黑榜"), *IN_CHARGE)
def withdraw(session: Session, row: BoardEntry, why: str, *, by: Actor, now: datetime) -> None:
    """At any time, also because it was put right; raises NotAllowed("own-board", "nobody-named"), RuleBroken("reason-missing")."""
    lock(session, row)
    handler(session, row, by)
    _end(session, row, "withdraw", check_reason(why), by, now)


@verb("board.expire", _("红黑榜期满"))
def expire(session: Session, row: BoardEntry, *, by: Actor, now: datetime) -> None:
    """The sweep's verb; raises RuleBroken("not-expired", "move-not-allowed")."""
    lock(session, row)
    check_expiry(row.expires_on, local_day(now))
    _end(session, row, "expire", OVER, by, now)


def withdraw_following(session: Session, source: str, why: str, *, by: Actor, now: datetime) -> int:
    """What stands on a fact that no longer does (`source`: "checks:12") is taken down in the same transaction; returns how many.

    The other facts of such an entry are free again: the next sweep proposes anew where they suffice.
    """
    resting = select(BoardEntry).where(BoardEntry.sources.contains(f",{source},", autoescape=True), BoardEntry.state.in_(RUNNING))
    rows = session.scalars(resting.order_by(BoardEntry.id)).all()
    for row in rows:
        lock(session, row)
        _end(session, row, "withdraw", why.strip() or _("所据记录已经作废"), by, now)
    return len(rows)


def due_to_expire(session: Session, now: datetime) -> list[int]:
    """Ids of entries whose time is over."""
    over = select(BoardEntry.id).where(BoardEntry.state == BoardState.PUBLISHED, BoardEntry.expires_on <= local_day(now))
    return list(session.scalars(over.order_by(BoardEntry.id)))


def _end(session: Session, row: BoardEntry, move: str, why: str, by: Actor, now: datetime) -> None:
    row.state = FLOW.step(row.state, move)
    row.ended_by, row.ended_at, row.ended_why, row.answer_until = by.name, now, why, None
    made = open_of(session, row)
    if made is not None:
        close(session, made, "end" if move == "expire" else "withdraw", why, by=by, now=now)
    record(session, f"board.{move}", row, by=by, now=now)
    if row.told_at is not None:
        tell_person(session, row, _("有关您的一条红黑榜已经撤下或期满，请查看"), now)
