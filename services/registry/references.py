"""Every row that points at one row is made to point at another, found from the metadata; and back."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import models
from models import Assignment, Contact, Letter, Post
from models.references import pointing_at

Moved = list[tuple[str, str, list[int]]]


def move_all(session: Session, kept: Any, gone: Any) -> Moved:
    """What points at `gone` points at `kept`: (class, attribute, ids) of what moved."""
    moved: Moved = []
    for model, key in pointing_at(type(kept)):
        rows: list[Any] = list(session.scalars(select(model).where(getattr(model, key) == gone.id).order_by(model.id)))
        for row in rows:
            point(session, row, key, kept)
        if rows:
            moved.append((model.__name__, key, [row.id for row in rows]))
    return moved


def rows_of(session: Session, moved: Moved) -> list[tuple[Any, str]]:
    """The moved rows as they stand now, each with its attribute."""
    found: list[tuple[Any, str]] = []
    for name, key, ids in moved:
        model = getattr(models, name)
        rows: Any = session.scalars(select(model).where(model.id.in_(ids)).order_by(model.id))
        found += [(row, key) for row in rows]
    return found


def point(session: Session, row: Any, key: str, target: Any) -> None:
    """Set one reference; what still runs follows the place of its target, what is past stays where it was."""
    setattr(row, key, target.id)
    session.flush()
    session.refresh(row)
    if isinstance(row, Assignment | Contact) and row.until is None:
        row.area = target.area
    if isinstance(row, Post):
        row.complete()
    if isinstance(row, Letter):
        _settle_slot(session, row)
    session.flush()


def _settle_slot(session: Session, letter: Letter) -> None:
    """One letter a year for each client; of two, the one that moved keeps its old key."""
    before = letter.slot
    letter.complete()
    with session.no_autoflush:
        if session.scalar(select(Letter.id).where(Letter.slot == letter.slot, Letter.id != letter.id)):
            letter.slot = before
