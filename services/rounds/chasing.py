"""Asking the silent of a large round: some at once while the clerk waits, the rest as a job that a power cut only delays."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Account, Invitation, Round
from models.access.actor import Actor
from rules.errors import NotAllowed
from rules.invitations import OPEN
from rules.localtime import local_day
from rules.text import _
from services.jobs import enqueue
from services.rounds.reminding import NOBODY, Asked, remind
from services.who import actor_of
from services.work import Work

KIND = "remind"


def chase(session: Session, round_: Round, public_url: str, *, by: Actor, now: datetime) -> Asked:
    """Ask the first of the silent; a job goes on from there. Raises as `remind`."""
    asked, day = remind(session, round_, public_url, by=by, now=now), local_day(now)
    if asked.more:
        enqueue(
            session, KIND, f"remind:{round_.id}:{day}", {"round": round_.id, "day": day.isoformat()},
            title=_("催评：{round}").format(round=round_.title), run_at=now, account_id=by.account_id,
        )  # fmt: skip
    return asked


def run(work: Work) -> str:
    """All of the silent from the first, who was asked already is passed over; one step is one transaction."""
    number, day = work.argument("round"), date.fromisoformat(work.argument("day"))
    silent = select(func.count(Invitation.id)).where(Invitation.round_id == number, Invitation.state.in_(OPEN))
    total, asked, turn = work.session.scalar(silent) or 0, NOBODY, 0
    while asked.more or not turn:
        by, turn = _asker(work), turn + 1
        round_ = work.session.get_one(Round, number)
        asked = remind(work.session, round_, work.desk.settings.public_url, by=by, now=work.desk.clock(), day=day, sofar=asked)
        work.step(asked.looked_at if asked.more else total, total)
        work.session.expunge_all()
    return _("短信{n}条，另有{m}家要用纸质或电话催").format(n=asked.texted, m=asked.by_hand)


def _asker(work: Work) -> Actor:
    """The clerk as he is now; raises NotAllowed when he is no longer one."""
    account = work.session.get_one(Account, work.account_id)
    if not account.active:
        raise NotAllowed("not-allowed", _("您的账号已停用，其余企业没有催。请由其他经办人重新催评。"))
    return actor_of(account)
