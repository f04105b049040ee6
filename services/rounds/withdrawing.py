"""Take an opening back: at once where few were invited, else a batch a transaction, from where it was cut off."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import Ballot, Invitation, Round
from models.access.actor import Actor
from models.audit import record
from rules.roles import Role
from rules.rounds import FLOW, RoundState, check_unopen
from rules.text import _
from services.locking import lock
from services.rounds import going_on
from services.rounds.reminding import tell_office
from services.verbs import verb
from services.work import Work


@verb("round.unopen", _("撤回开启"), Role.CLERK)
def unopen(session: Session, round_: Round, *, by: Actor, now: datetime) -> None:
    """Take back an opening that nobody has answered, with its invitations; raises RuleBroken("round-has-answers")."""
    lock(session, round_)
    asked = session.scalar(select(func.count(Invitation.id)).where(Invitation.round_id == round_.id)) or 0
    if round_.state is RoundState.WITHDRAWING:
        going_on.go_on(session, round_, asked, by=by, now=now)
        return
    check_unopen(_answers(session, round_.id))
    is_large = asked > going_on.AT_ONCE
    round_.state = FLOW.step(round_.state, "withdraw" if is_large else "unopen")
    record(session, "round.unopen", round_, by=by, now=now, detail=f"撤回{asked}份邀请")
    if is_large:
        going_on.go_on(session, round_, asked, by=by, now=now)
        return
    _delete(session, _next(session, round_.id, asked))
    _forget(round_)


def run(work: Work) -> str:
    """The job: all invitations of the round, then it may be opened again."""
    number, done = work.argument("round"), work.done
    while True:
        with work.reading() as session:
            ids = _next(session, number, going_on.BATCH)
        row = work.session.get_one(Round, number)
        lock(work.session, row)
        if row.state is not RoundState.WITHDRAWING:
            return _("已经撤回")
        if _answers(work.session, number):
            return keep(work.session, row, by=work.session.info["actor"], now=work.desk.clock())
        if not ids:
            return clear(work.session, row, by=work.session.info["actor"], now=work.desk.clock())
        _delete(work.session, ids)
        done += len(ids)
        work.step(done, max(done, work.total))


@verb("round.clear", _("完成撤回"))
def clear(session: Session, row: Round, *, by: Actor, now: datetime) -> str:
    """Nobody is invited any more."""
    row.state = FLOW.step(row.state, "clear")
    _forget(row)
    record(session, "round.cleared", row, by=by, now=now)
    tell_office(session, row, f"unopened:{row.id}:{now:%Y%m%d%H%M}", _("{round}的开启已撤回").format(round=row.title), "", now)
    return _("已经撤回")


@verb("round.keep", _("不再撤回"))
def keep(session: Session, row: Round, *, by: Actor, now: datetime) -> str:
    """An answer was just being written when the opening was taken back: it counts, and the round runs on."""
    row.state = FLOW.step(row.state, "keep")
    record(session, "round.kept", row, by=by, now=now)
    subject = _("{round}没有撤回：撤回时正好有企业作了评价").format(round=row.title)
    tell_office(session, row, f"kept:{row.id}:{now:%Y%m%d%H%M}", subject, "", now)
    return subject


def _answers(session: Session, number: int) -> int:
    return session.scalar(select(func.count(Ballot.id)).where(Ballot.round_id == number)) or 0


def _next(session: Session, number: int, most: int) -> list[int]:
    return list(session.scalars(select(Invitation.id).where(Invitation.round_id == number).order_by(Invitation.id).limit(most)))


def _delete(session: Session, ids: list[int]) -> None:
    session.execute(delete(Invitation.__table__).where(Invitation.__table__.c.id.in_(ids)))


def _forget(row: Round) -> None:
    row.frame_size, row.frame_hash, row.frame = 0, "", ""
