"""Hold a row until commit, so that two people deciding at once decide one after the other."""

from sqlalchemy.orm import Session

from models.base import Record


def lock(session: Session, row: Record) -> None:
    """Write what is pending, then read the row again under a lock (a no-op lock on SQLite: writers are alone)."""
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})
