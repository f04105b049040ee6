"""判定无效: an answer that a check proved false counts no more; what rested on it falls with the next edition (QY-2.3c, SJ-3.2)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Ballot, Round
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.notices import Channel
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.locking import lock
from services.outbox import queue_notice
from services.same_person import is_cadre
from services.verbs import verb

SHORTEST_REASON = 4
OVER = frozenset({RoundState.CLOSED, RoundState.CHECKED, RoundState.FROZEN})


@verb("ballot.void", _("判定答卷无效"), Role.DISCIPLINE)
def void(session: Session, round_: Round, ballot_id: int, why: str, *, by: Actor, now: datetime) -> None:
    """Kept, but not counted any more; the office is told that a correction is due, not which answer it was.

    Raises RuleBroken("round-still-open", "reason-missing", "ballot-missing", "ballot-void"), NotAllowed("own-rating").
    """
    lock(session, round_)
    if round_.state not in OVER:
        raise RuleBroken("round-still-open", _("{round}还没有截止，答卷可以改评，不用判定无效。"), round=round_.title)
    if len(why.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason-missing", _("请写明怎样查实这份答卷无效，不少于4个字。"))
    row = session.scalar(select(Ballot).where(Ballot.id == ballot_id, Ballot.round_id == round_.id))
    if row is None:
        raise RuleBroken("ballot-missing", _("{round}里没有这份答卷，请刷新页面。"), round=round_.title)
    if is_cadre(session, by, row.cadre_id):
        raise NotAllowed("own-rating", _("这是对您本人的测评，请交由其他同志办理。"))
    if row.voided_at is not None:
        raise RuleBroken("ballot-void", _("这份答卷已由{name}判定无效。"), name=row.voided_by)
    row.voided_at, row.voided_by, row.voided_why = now, by.name, why.strip()[:200]
    record(session, "ballot.void", round_, by=by, now=now, detail=row.voided_why)
    _tell(session, round_, row, now)


def _tell(session: Session, round_: Round, row: Ballot, now: datetime) -> None:
    subject = _("{round}有1份答卷经查无效").format(round=round_.title)
    subject += _("，请出更正版") if round_.state is RoundState.FROZEN else ""
    roles = (Role.CLERK, Role.LEADER, Role.DISCIPLINE)
    others = Account.cadre_id.is_(None) | (Account.cadre_id != row.cadre_id)
    for one in session.scalars(select(Account.id).where(Account.role.in_(roles), Account.active, Account.area_id == round_.area_id, others)).all():
        queue_notice(session, key=f"void:{row.id}:{one}", channel=Channel.INBOX, subject=subject, run_at=now, link=f"/rounds/{round_.id}", account_id=one)
