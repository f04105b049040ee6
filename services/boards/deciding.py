"""From proposal to notice: confirmed or dismissed by a second named person, then told to whom it concerns."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from models import BoardEntry
from models.access.actor import Actor
from models.audit import record
from rules.boards import FLOW, check_reason, check_second
from rules.clock import ClockRule, due
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.text import _
from services import plans
from services.boards.standing import IN_CHARGE, handler, rule_of
from services.boards.telling import tell_charged, tell_person
from services.same_person import is_account
from services.verbs import verb


@verb("board.confirm", _("确认上榜建议"), *IN_CHARGE)
def confirm(session: Session, row: BoardEntry, reason: str, *, by: Actor, now: datetime) -> None:
    """Never by whoever put it forward; raises NotAllowed("second-person", "own-board", "nobody-named"), RuleBroken("reason-missing")."""
    _decide(session, row, "confirm", reason, by, now)
    tell_charged(session, row, _("有一条红黑榜已确认，请告知当事人"), now, but=by.account_id)


@verb("board.dismiss", _("不予采纳上榜建议"), *IN_CHARGE)
def dismiss(session: Session, row: BoardEntry, reason: str, *, by: Actor, now: datetime) -> None:
    """Not followed, with the reason kept."""
    _decide(session, row, "dismiss", reason, by, now)
    row.ended_at = now


@verb("board.tell", _("告知当事人"), *IN_CHARGE)
def tell(session: Session, row: BoardEntry, how: str, *, by: Actor, now: datetime) -> None:
    """The days for objections begin; a cadre also finds it in his inbox. Raises RuleBroken("how-missing")."""
    handler(session, row, by)
    if not how.strip():
        raise RuleBroken("how-missing", _("请写明怎样告知的：谁、什么时候、当面还是电话。"))
    row.told_at, row.told_how = now, how.strip()[:200]
    row.objection_until = last_day(session, rule_of(session, row).params.objection, now)
    step(session, row, "tell", by, now)
    tell_person(session, row, _("有一条红黑榜要告知您，请查看，您可以提出异议"), now)


def step(session: Session, row: BoardEntry, move: str, by: Actor, now: datetime) -> None:
    """Raises RuleBroken("move-not-allowed")."""
    row.state = FLOW.step(row.state, move)
    record(session, f"board.{move}", row, by=by, now=now)


def _decide(session: Session, row: BoardEntry, move: str, reason: str, by: Actor, now: datetime) -> None:
    handler(session, row, by)
    check_second(row.proposed_by_id is not None and is_account(session, by, row.proposed_by_id))
    row.reason = check_reason(reason)
    row.decided_by, row.decided_by_id, row.decided_at = by.name, by.account_id, now
    step(session, row, move, by, now)


def last_day(session: Session, clock: str, now: datetime) -> date:
    return due(plans.book(session).rule(clock, local_day(now), ClockRule).params, now, plans.calendar(session)).due_on
