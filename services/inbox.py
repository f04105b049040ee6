"""Reading one's inbox: marks, and how many are new."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models import Notice
from models.access.actor import Actor
from rules.notices import Channel
from rules.roles import Role
from rules.text import _
from services.verbs import verb


def unread(session: Session) -> int:
    """New lines of the person whose session this is."""
    new = select(func.count(Notice.id)).where(Notice.channel == Channel.INBOX, Notice.read_at.is_(None))
    return session.scalar(new) or 0


@verb("notice.read", _("读消息"), *Role)
def mark_read(session: Session, row: Notice, *, by: Actor, now: datetime) -> None:
    """The first reading counts; the caller has found the row visible for `by`."""
    row.read_at = row.read_at or now


@verb("notice.read_all", _("全部标为已读"), *Role)
def mark_all_read(session: Session, newest: Notice, *, by: Actor, now: datetime) -> None:
    """All of one's lines up to the newest one shown."""
    own = or_(Notice.account_id == (by.account_id or -1), Notice.cadre_id == (by.cadre_id or -1))
    mine = select(Notice).where(own, Notice.channel == Channel.INBOX, Notice.read_at.is_(None), Notice.id <= newest.id)
    for row in session.scalars(mine):
        row.read_at = now
