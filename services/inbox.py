"""Reading one's inbox: by topic, marks, and how many are new."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from models import Notice
from models.access.actor import Actor
from rules.notices import BEGINNINGS, Channel, Topic
from rules.roles import Role
from rules.text import _
from services.verbs import verb


def unread(session: Session) -> int:
    """New lines of the person whose session this is."""
    new = select(func.count(Notice.id)).where(Notice.channel == Channel.INBOX, Notice.read_at.is_(None))
    return session.scalar(new) or 0


def about(topic: Topic) -> ColumnElement[bool]:
    """Lines of one topic; a line of no other topic is the system's."""
    if topic is not Topic.SYSTEM:
        return or_(*(Notice.key.startswith(start, autoescape=True) for start in BEGINNINGS[topic]))
    return ~or_(*(about(other) for other in BEGINNINGS))


FOLDERS: dict[str, tuple[str, ColumnElement[bool] | None]] = {
    "": (_("全部"), None), "unread": (_("未读"), Notice.read_at.is_(None)),
    **{topic.value: (topic.label, about(topic)) for topic in Topic},
}  # fmt: skip


def folders(session: Session) -> list[tuple[str, str, int]]:
    """Key, name and number of lines of each folder, by one query."""
    counts = [func.count(Notice.id).filter(wanted) if wanted is not None else func.count(Notice.id) for _name, wanted in FOLDERS.values()]
    found = session.execute(select(*counts).where(Notice.channel == Channel.INBOX)).one()
    return [(key, name, n) for (key, (name, _wanted)), n in zip(FOLDERS.items(), found, strict=True)]


def lines(folder: str) -> Select[tuple[Notice]]:
    """One folder, newest first; an unknown one is the whole inbox."""
    wanted = FOLDERS.get(folder, FOLDERS[""])[1]
    found = select(Notice).where(Notice.channel == Channel.INBOX).order_by(Notice.id.desc())
    return found if wanted is None else found.where(wanted)


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
