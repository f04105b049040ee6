"""Who is asked about whom: the responsibilities in force, in a fixed order, and their fingerprint (QY-2.3b)."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from models import Area, Assignment, Client, Invitation
from rules.clients import ClientState
from rules.coverage import CoverKind
from rules.localtime import local_day

RATED = (CoverKind.LEADER, CoverKind.CADRE)


def in_force(area: Area, now: datetime) -> Any:
    """Numbers of the responsibilities in force today for enterprises that trade, ascending."""
    today = local_day(now)
    return (
        select(Assignment.id)
        .join(Client, Client.id == Assignment.client_id)
        .where(
            Assignment.area_path.startswith(area.path, autoescape=True),
            Assignment.kind.in_(RATED), Assignment.since <= today,
            or_(Assignment.until.is_(None), Assignment.until >= today),
            Client.state == ClientState.ACTIVE,
        )
        .order_by(Assignment.id)
    )  # fmt: skip


def loaded(session: Session, numbers: Iterable[int]) -> Sequence[Assignment]:
    """These responsibilities with their enterprises, ascending; one taken back by an import's undo is left out."""
    found = select(Assignment).join(Client, Client.id == Assignment.client_id).where(Assignment.id.in_(numbers))
    kept_shut = contains_eager(Assignment.client).defer(Client.phone)  # opening a hundred thousand seals takes its time
    return session.scalars(found.options(kept_shut).order_by(Assignment.id)).all()


def lines(session: Session, round_id: int) -> list[str]:
    """"assignment:client:cadre" of everybody who was invited."""
    asked = select(Invitation.assignment_id, Invitation.client_id, Invitation.cadre_id).where(Invitation.round_id == round_id)
    return [f"{held}:{client}:{cadre}" for held, client, cadre in session.execute(asked)]


def frame_hash(found: Iterable[str]) -> str:
    """SHA-256 over the sorted lines."""
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
