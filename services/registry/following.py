"""What goes along when a place is merged into another: what lives and runs there; what is past stays where it was."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Assignment, Cadre, Charge, Client, Contact, Post, Seat, Team, Unit
from models.ledger import LEDGERS
from rules.text import _
from services.registry.holding import same_place

LIVING: tuple[Any, ...] = (Client, Contact, Cadre, Unit)
RUNNING: tuple[Any, ...] = (Assignment, Charge, Post, Seat, Team)  # while they have no last day
# What tells of the past, or of one round, keeps the place it was about; logins are moved by the security administrator.
STAYING = frozenset({
    "AreaChange", "Attachment", "Ballot", "BoardEntry", "Check", "Double", "Draw", "Export", "ImportBatch", "Intake", "Invitation", "Letter", "Order", "Publication", "Recusal", "Result",
    "ReviewItem", "Round", "Sanction", "Signal", "Snapshot",
})  # fmt: skip
WHY = _("区划调整")


def follow(session: Session, gone: Area, kept: Area, on: date) -> int:
    """Move everything of `gone` itself (not of places below it) to `kept`; how many rows."""
    rows = [row for kind in LIVING for row in _at(session, kind, gone)]
    rows += [row for kind in RUNNING for row in _at(session, kind, gone, kind.until.is_(None))]
    rows += [row for kind in LEDGERS for row in _at(session, kind, gone, kind.state.not_in(kind.flow.ends))]
    for row in rows:
        _move(session, row, gone, kept, on)
    session.flush()
    return len(rows)


def _at(session: Session, kind: Any, area: Area, *where: Any) -> list[Any]:
    return list(session.scalars(select(kind).where(kind.area_id == area.id, *where).order_by(kind.id)))


def _move(session: Session, row: Any, gone: Area, kept: Area, on: date) -> None:
    """To the new place; a post or charge that somebody holds there already ends instead."""
    if isinstance(row, Unit):
        _keep_apart(session, row, gone, kept)
    row.area = kept
    if isinstance(row, Post):
        row.complete()
    if isinstance(row, Post | Charge):
        kind: Any = type(row)
        with session.no_autoflush:
            taken = session.scalar(select(kind.id).where(*same_place(row), kind.until.is_(None), kind.id != row.id).limit(1))
        if taken:
            row.area, row.until, row.reason = gone, max(on - timedelta(days=1), row.since), WHY
            if isinstance(row, Post):
                row.complete()


def _keep_apart(session: Session, unit: Unit, gone: Area, kept: Area) -> None:
    with session.no_autoflush:
        if session.scalar(select(Unit.id).where(Unit.area_id == kept.id, Unit.name == unit.name)):
            unit.name = f"{unit.name}（原{gone.name}）"[:80]
