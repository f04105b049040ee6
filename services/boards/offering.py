"""An entry put forward by hand: who, by which rule, out of how many, on which grounds; another person confirms it (HJ-2.3a, HJ-3.3a)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, BoardEntry, Client
from models.access.actor import Actor
from models.audit import record
from rules.board_rule import BoardRule, Source, Standing
from rules.boards import RUNNING, check_base, check_reason
from rules.errors import NotAllowed, RuleBroken
from rules.plan import Rule
from rules.roles import Role
from rules.text import _
from services import plans
from services.boards.proposing import WHO, subject_columns, written
from services.boards.standing import IN_CHARGE, KINDS, handler
from services.boards.telling import tell_charged
from services.verbs import verb


def by_hand(session: Session, day: date, role: Role | None) -> list[Rule[BoardRule]]:
    """Boards in force for which this role proposes people: a village its households only."""
    known = [one for one in plans.book(session).rules_of(BoardRule, day) if one.params.source is Source.HAND]
    return [one for one in known if role is not Role.VILLAGE or one.params.stands is Standing.HOUSEHOLD]


@verb("board.offer", _("提出上榜"), *IN_CHARGE, Role.VILLAGE)
def offer(
    session: Session, area: Area, rule: Rule[BoardRule], subject_id: int, n: int, grounds: str, key: str, *, by: Actor, now: datetime
) -> BoardEntry:
    """Sent twice under one key it is one entry.

    Raises NotAllowed("own-board", "village-board"), RuleBroken("board-by-facts", "subject-missing", "base-small", "reason-missing", "stands-already").
    """
    known: BoardEntry | None = session.scalar(select(BoardEntry).where(BoardEntry.key == key))
    if known is not None:
        return known
    if by.role is Role.VILLAGE and rule.params.stands is not Standing.HOUSEHOLD:
        raise NotAllowed("village-board", _("村里提出农户的榜；其他的由领导、纪委提出。"))
    if rule.params.source is not Source.HAND:
        raise RuleBroken("board-by-facts", _("“{board}”由系统按台账提出，不能由人提出。"), board=rule.title)
    subject = _subject(session, rule.params, subject_id, area)
    check_base(n, rule.params.base)
    grounds = check_reason(grounds)
    _not_twice(session, rule, subject)
    row = written(
        session, rule, **subject_columns(rule.params, subject), key=key, n=n, k=0, grounds=grounds, words=rule.params.said(n, 0),
        proposed_by=by.name, proposed_by_id=by.account_id, proposed_at=now,
    )  # fmt: skip
    handler(session, row, by)
    record(session, "board.offer", row, by=by, now=now)
    tell_charged(session, row, _("有一条红黑榜建议等人确认"), now, but=by.account_id)
    return row


def _subject(session: Session, rule: BoardRule, subject_id: int, area: Area) -> Any:
    found: Any = session.get(WHO[rule.stands], subject_id)
    kinds = KINDS.get(rule.stands)
    fits = found is not None and found.area_path.startswith(area.path) and (not kinds or (isinstance(found, Client) and found.kind in kinds))
    if not fits:
        raise RuleBroken("subject-missing", _("请选择谁上榜：本乡镇的{who}。"), who=rule.stands.label)
    return found


def _not_twice(session: Session, rule: Rule[BoardRule], subject: Any) -> None:
    """Raises RuleBroken("stands-already")."""
    column = {"clients": BoardEntry.client_id, "cadres": BoardEntry.cadre_id, "units": BoardEntry.unit_id}[subject.__tablename__]
    same = select(BoardEntry.id).where(column == subject.id, BoardEntry.board == rule.title, BoardEntry.state.in_(RUNNING))
    if session.scalar(same.limit(1)) is not None:
        raise RuleBroken("stands-already", _("“{name}”已经在这张榜上，或者正等着办理。"), name=subject)
