"""What the night does for boards: ends what is over, proposes what the plan's rules find; twice or late it is the same."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Area, BoardEntry
from models.access.session import working
from rules.board_rule import BoardRule, Source
from rules.localtime import local_day
from rules.places import AreaLevel
from services import plans
from services.boards.ending import due_to_expire, expire
from services.boards.proposing import propose
from services.turns import CLOCKWORK, each

MADE = "proposed"


def expire_boards(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Entries whose last day has passed; the pages leave them out from midnight on, whenever this runs."""
    with working(engine, CLOCKWORK) as session:
        ids = due_to_expire(session, now)
    return each(engine, ids, lambda session, number: _expire(session, number, now))


def propose_boards(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Every township with every board that counts facts; one rule in one township a transaction."""
    with working(engine, CLOCKWORK) as session:
        rules = [one.id for one in plans.book(session).rules_of(BoardRule, local_day(now)) if one.params.source is not Source.HAND]
        areas = session.scalars(select(Area.id).where(Area.level == AreaLevel.TOWNSHIP, Area.until.is_(None))).all()
    counts = each(engine, [(area, rule) for area in areas for rule in rules], lambda session, one: _propose(session, *one, now))
    return {name: n for name, n in counts.items() if name != "nothing"}


def _expire(session: Session, number: int, now: datetime) -> str:
    expire(session, session.get_one(BoardEntry, number), by=CLOCKWORK, now=now)
    return "expired"


def _propose(session: Session, area_id: int, rule_id: str, now: datetime) -> str:
    rule = plans.book(session).rule(rule_id, local_day(now), BoardRule)
    return MADE if propose(session, session.get_one(Area, area_id), rule, by=CLOCKWORK, now=now) else "nothing"
