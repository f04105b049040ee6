"""Posts, seats and charges begun, handed over and ended by a verb; the old row keeps its dates."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import Area, Cadre, Charge, Post, Seat
from models.access.actor import Actor
from models.audit import record
from rules.coverage import ChargeLevel
from rules.errors import RuleBroken
from rules.posts import PostKind
from rules.roles import Role
from rules.text import _
from services.registry import holding
from services.verbs import verb

COPIED = {Post: ("title", "kind", "rank", "unit"), Seat: ("team", "role"), Charge: ("level",)}


@verb("holding.begin", _("确定片区责任人"), Role.CLERK)
def begin(session: Session, area: Area, cadre: Cadre, level: ChargeLevel | None, on: date, *, by: Actor, now: datetime) -> Any:
    """Somebody answers for a place: at a level of 四级包抓, or as head of the grid. Raises as rules of `holding`."""
    row: Any = Post(title=PostKind.GRID_HEAD.label, kind=PostKind.GRID_HEAD) if level is None else Charge(level=level)
    return _add(session, row, area, cadre, on, by, now)


@verb("holding.hand_over", _("移交职责"), Role.CLERK)
def hand_over(session: Session, old: Any, to: Cadre, on: date, reason: str, *, by: Actor, now: datetime) -> Any:
    """End one holding the day before `on`, begin the same for another. Raises RuleBroken("handover-same") or as `holding`."""
    if old.cadre_id == to.id:
        raise RuleBroken("handover-same", _("接手人就是现任责任人，不用移交。"))
    end(session, old, on - timedelta(days=1), reason, by=by, now=now)
    session.flush()
    row = type(old)(**{name: getattr(old, name) for name in COPIED[type(old)]}, source=f"移交：{reason.strip()}"[:160])
    return _add(session, row, old.area, to, on, by, now)


@verb("holding.end", _("终止职责"), Role.CLERK)
def end(session: Session, row: Any, on: date, reason: str, *, by: Actor, now: datetime) -> None:
    """Raises RuleBroken("reason-missing"), ("already-ended")."""
    holding.ends(row, on, reason)
    record(session, f"{row.__tablename__}.ended", row, by=by, now=now, detail=reason.strip())


def _add(session: Session, row: Any, area: Area, cadre: Cadre, on: date, by: Actor, now: datetime) -> Any:
    with session.no_autoflush:
        row.area, row.cadre, row.since = area, cadre, on
        if isinstance(row, Post):
            row.complete()
        holding.check_new(session, row, now)
        session.add(row)
    session.flush()
    record(session, f"{row.__tablename__}.begun", row, by=by, now=now, detail=f"{cadre.name}，{area.name}")
    return row
