"""The published text of an entry: the one that is open, and how it goes off every board at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import BoardEntry, Publication
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.publications import FLOW, OPEN
from rules.text import _


def open_of(session: Session, row: BoardEntry) -> Publication | None:
    """The one asked for or live."""
    return session.scalar(select(Publication).where(Publication.entry_id == row.id, Publication.state.in_(OPEN)))


def close(session: Session, made: Publication, move: str, why: str, *, by: Actor, now: datetime) -> None:
    """Refused, withdrawn or run out; raises RuleBroken("reason-missing")."""
    if not why.strip():
        raise RuleBroken("reason-missing", _("请写明理由。"))
    made.ended_by, made.ended_at, made.ended_why = by.name, now, why.strip()[:200]
    made.state = FLOW.step(made.state, move)
    record(session, f"publication.{move}", made, by=by, now=now)
