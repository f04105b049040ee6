"""Hold a row until commit, so that two people deciding at once decide one after the other, and the second sees the first."""

from typing import TypeVar

from sqlalchemy.orm import Session

from models.base import Record
from rules.errors import RuleBroken
from rules.text import _

Row = TypeVar("Row", bound=Record)


def lock(session: Session, row: Record) -> None:
    """Write what is pending, then read the row again under a lock (a no-op lock on SQLite: writers are alone)."""
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})


def unchanged(session: Session, row: Row, version: int | None) -> Row:
    """The row, held, as the page of that version showed it; raises RuleBroken("changed-meanwhile")."""
    if version:
        lock(session, row)
        if row.version != version:
            raise RuleBroken("changed-meanwhile", _("您打开这一页以后，有人（或者您在另一个页面）已经办过一步。请看清现在的状态再办；您写的没有丢。"))
    return row
