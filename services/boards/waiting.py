"""Which boards wait for whoever is in charge: counted in his own session, without what is about himself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models import BoardEntry, Publication
from models.access.actor import Actor
from rules.boards import BoardState
from rules.localtime import local_day
from rules.publications import OPEN, PublicationState
from rules.text import _
from services.lists.bounded import counts, shown

S = BoardState


def waiting(session: Session, actor: Actor, now: datetime) -> Iterator[tuple[str, str, str, str, str]]:
    """(tag, title, address, action, tone): late answers first, then step by step; two statements."""
    proposed, confirmed, objected, late, ready = counts(session, BoardEntry, *_asked(actor, now))
    (to_agree,) = counts(session, Publication, and_(Publication.state == PublicationState.ASKED, Publication.asked_by_id != (actor.account_id or -1)))
    lines = (
        (late, _("超期"), _("{n}条红黑榜异议超期未答复"), "objected", _("去答复"), "bad"),
        (objected - late, _("有异议"), _("{n}条红黑榜异议等答复"), "objected", _("去答复"), "warn"),
        (proposed, _("待确认"), _("{n}条红黑榜建议等确认"), "proposed", _("去确认"), "warn"),
        (confirmed, _("待告知"), _("{n}条红黑榜等告知当事人"), "confirmed", _("去告知"), "info"),
        (to_agree, _("待同意"), _("{n}条红黑榜等您同意公布"), "ready", _("去看"), "warn"),
        (ready, _("待公布"), _("{n}条红黑榜异议期已过，可以提出公布"), "ready", _("去提出"), "info"),
    )
    yield from ((tag, title.format(n=shown(n)), f"/boards/?chip={chip}", action, tone) for n, tag, title, chip, action, tone in lines if n > 0)


def _asked(actor: Actor, now: datetime) -> list[Any]:
    today = local_day(now)
    others = or_(BoardEntry.cadre_id.is_(None), BoardEntry.cadre_id != (actor.cadre_id or -1))
    is_open = BoardEntry.id.in_(select(Publication.entry_id).where(Publication.state.in_(OPEN)))
    free = or_(BoardEntry.state == S.UPHELD, and_(BoardEntry.state == S.TOLD, BoardEntry.objection_until < today))
    objected = and_(BoardEntry.state == S.OBJECTED, _another(BoardEntry.decided_by_id, actor))
    rules = (
        and_(BoardEntry.state == S.PROPOSED, _another(BoardEntry.proposed_by_id, actor)), BoardEntry.state == S.CONFIRMED,
        objected, and_(objected, BoardEntry.answer_until < today), and_(free, ~is_open),
    )  # fmt: skip
    return [and_(others, one) for one in rules]


def _another(column: Any, actor: Actor) -> Any:
    """The step before was taken by the machine or by somebody else."""
    return or_(column.is_(None), column != (actor.account_id or -1))
