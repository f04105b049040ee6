"""Presses for answers to objections: in the last week, then every week, until somebody answers (《个人信息保护法》第五十条)."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import BoardEntry, Notice
from models.access.session import working
from rules.boards import BoardState
from rules.localtime import local_day
from rules.sanctions import WEEK, reminder_mark
from rules.text import _
from services.boards.telling import press_charged
from services.turns import CLOCKWORK, each

NEAR = _("有一条红黑榜的异议要在{day}前答复，请办理")
LATE = _("有一条红黑榜的异议已超期未答复（期限{day}），请尽快办理")


def press_objections(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """One transaction an entry; the notice's key is the mark that somebody was told."""
    soon = local_day(now) + timedelta(days=WEEK)
    with working(engine, CLOCKWORK) as session:
        open_ = select(BoardEntry.id).where(BoardEntry.state == BoardState.OBJECTED, BoardEntry.answer_until <= soon)
        ids = list(session.scalars(open_.order_by(BoardEntry.id)))
    counts = each(engine, ids, lambda session, number: _press(session, session.get_one(BoardEntry, number), now))
    return {name: n for name, n in counts.items() if name != "quiet"}


def _press(session: Session, row: BoardEntry, now: datetime) -> str:
    if row.state is not BoardState.OBJECTED or row.answer_until is None:
        return "quiet"
    mark = reminder_mark(row.answer_until, local_day(now))
    key = f"boards:{row.id}:{row.answer_until}:{mark}"
    if not mark or session.scalar(select(Notice.id).where(Notice.key.startswith(f"{key}:", autoescape=True)).limit(1)):
        return "quiet"
    press_charged(session, row, key, (NEAR if mark == "near" else LATE).format(day=row.answer_until), now)
    return "pressed"
