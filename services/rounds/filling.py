"""The opening of a large round: a batch a transaction, from where it was cut off; its list was frozen when it began (QY-2.3b)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from models import Invitation, Round
from models.access.actor import Actor
from models.access.session import ActorSession
from models.audit import record
from rules.invitations import InvitationState
from rules.rounds import FLOW, RoundState
from rules.text import _
from services.locking import lock
from services.rounds import going_on, inviting
from services.rounds.frame import frame_hash, lines, loaded
from services.rounds.progress import states
from services.rounds.reach import Directory, directory
from services.rounds.reminding import tell_office
from services.rounds.survey import survey_of
from services.verbs import verb
from services.work import Work


def run(work: Work) -> str:
    """The job: everybody on the list who is not yet invited, then the round stands."""
    number = work.argument("round")
    with work.reading() as session:
        frame, people = _frame(session, number), directory(session)
        done = bisect_right(frame, _last(session, number))
    places = {assignment: n for n, assignment in enumerate(frame, start=1)}
    while part := frame[done : done + going_on.BATCH]:
        if not _fill(work, number, part, places, people):
            return _("开启已经撤回")
        done += len(part)
        work.step(done, len(frame))
    with work.reading() as session:
        found = lines(session, number)
    return complete(work.session, number, found, by=_machine(work.session), now=work.desk.clock())


def _frame(session: Session, number: int) -> list[int]:
    return [int(one) for one in session.get_one(Round, number, options=[undefer(Round.frame)]).frame.split()]


def _last(session: Session, number: int) -> int:
    return session.scalar(select(func.max(Invitation.assignment_id)).where(Invitation.round_id == number)) or 0


def _fill(work: Work, number: int, part: Sequence[int], places: dict[int, int], people: Directory) -> bool:
    """Judge the batch without keeping anybody waiting, then write it; False where the opening has been taken back."""
    with work.reading() as session:
        row = session.get_one(Round, number)
        survey, _scale = survey_of(session, row)
        found = inviting.rows(row, survey.params, people, loaded(session, part), places)
    if not _is_opening(work.session, number):
        return False
    inviting.write(work.session, found)
    return True


def _is_opening(session: Session, number: int) -> bool:
    row = session.get_one(Round, number)
    lock(session, row)
    return row.state is RoundState.OPENING


def _machine(session: ActorSession) -> Actor:
    by: Actor = session.info["actor"]
    return by


@verb("round.complete", _("完成开启"))
def complete(session: Session, number: int, found: list[str], *, by: Actor, now: datetime) -> str:
    """Everybody is invited: the round stands, and the office is told."""
    if not _is_opening(session, number):
        return _("开启已经撤回")
    row = session.get_one(Round, number)
    row.state, row.frame = FLOW.step(row.state, "complete"), ""
    stand(session, row, found, by=by, now=now)
    tell_opened(session, row, now)
    return _("应评{n}家").format(n=row.frame_size)


def stand(session: Session, row: Round, found: list[str], *, by: Actor, now: datetime) -> None:
    """Size and fingerprint of the list of those invited, on record; `found`: its lines."""
    row.frame_size, row.frame_hash = len(found), frame_hash(found)
    record(session, "round.opened", row, by=by, now=now, detail=f"应评{row.frame_size}，名单指纹{row.frame_hash}")


def tell_opened(session: Session, row: Round, now: datetime) -> None:
    """To every clerk of the township, once for each opening."""
    by_hand = states(session, row)[InvitationState.EXCLUDED]
    subject = _("{round}已开启，应评{n}家").format(round=row.title, n=row.frame_size)
    body = _("有{n}家因自包自评嫌疑暂未纳入，请核清。").format(n=by_hand) if by_hand else ""
    tell_office(session, row, f"opened:{row.id}:{row.opens_at:%Y%m%d%H%M}", subject, body, now)


def given_up(session: ActorSession, work: Work, why: str, now: datetime) -> None:
    """The job failed for good: what is written stays, and the office may go on or take it back."""
    stall(session, session.get_one(Round, work.argument("round")), why, by=_machine(session), now=now)


@verb("round.stall", _("开启或撤回中断"))
def stall(session: Session, row: Round, why: str, *, by: Actor, now: datetime) -> None:
    record(session, "round.stalled", row, by=by, now=now, detail=why)
    subject = _("{round}{state}时中断").format(round=row.title, state=row.state.label)
    body = _("已办好的不丢。请打开这一轮点“继续”，或联系系统管理员。原因：{why}").format(why=why)
    tell_office(session, row, f"stalled:{row.id}:{now:%Y%m%d%H%M}", subject, body, now)
