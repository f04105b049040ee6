"""Which papers a freeze would draft, without drafting them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Cadre, Round
from rules.consequence import OutcomeKind
from services.followup.proposing import proposals


@dataclass(frozen=True)
class Draft:
    """One paper to be drafted; the cadre's name is for the leader and the inspector only."""

    kind: OutcomeKind
    title: str
    basis: str
    cadre_id: int
    cadre: str


def forecast(session: Session, round_: Round, now: datetime) -> list[Draft]:
    """Orders first, then proposed sanctions; `session` is a working session."""
    due = proposals(session, round_, now)
    ids = {int(one.cadre) for _rule, one in due}
    names = dict(session.execute(select(Cadre.id, Cadre.name).where(Cadre.id.in_(ids))).all())
    found = [
        Draft(one.outcome.kind, one.outcome.title, str(rule.basis), int(one.cadre), names[int(one.cadre)])
        for rule, one in due
    ]
    return sorted(found, key=lambda one: (one.kind is not OutcomeKind.ORDER, one.cadre, one.title))
