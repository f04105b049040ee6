"""The tree of places: a new area gets its path from its parent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area
from models.access.actor import Actor
from models.audit import record
from rules.places import AreaLevel
from rules.roles import Role
from rules.text import _
from services.verbs import verb


@verb("area.add", _("新增区划"), Role.CLERK)
def add_area(
    session: Session, name: str, level: AreaLevel, parent: Area | None, *, by: Actor, now: datetime, code: str | None = None
) -> Area:
    """A named place below `parent`; the one there already is returned."""
    under = Area.parent_id == parent.id if parent else Area.parent_id.is_(None)
    row = session.scalar(select(Area).where(under, Area.name == name))
    if row is None:
        row = Area(name=name, level=level, parent=parent, code=code, path="")
        session.add(row)
        place(session, row)
        record(session, "area.added", row, by=by, now=now, detail=name)
    return row


def place(session: Session, row: Area) -> None:
    """Give a new area its number and its path below its parent."""
    session.flush()
    row.path = f"{row.parent.path if row.parent else ''}{row.id}/"
    session.flush()
