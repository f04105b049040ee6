"""督办单拟稿: one row per key, numbered without a gap for each place and year, from whatever finding (QY-2.3d)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Order
from models.access.actor import Actor
from models.audit import record
from rules.localtime import local_day
from rules.orders import FLOW, numbered, place_in_line


def draft(session: Session, *, key: str, area_id: int, by: Actor, now: datetime, **facts: Any) -> Order:
    """The order of this `key`, drafted now unless it was before; `facts`: its other columns.

    The place is held until the commit, so that two who draft at once get one number after the other.
    """
    path = session.scalars(select(Area.path).where(Area.id == area_id).with_for_update(key_share=True)).one()
    known: Order | None = session.scalar(select(Order).where(Order.key == key))
    if known is not None:
        return known
    place = {"area_id": area_id, "area_path": path}
    order = Order(**{**facts, **place}, key=key, number=_next(session, area_id, local_day(now).year), state=FLOW.start)
    session.add(order)
    session.flush()
    record(session, "orders.proposed", order, by=by, now=now)
    return order


def _next(session: Session, area_id: int, year: int) -> str:
    """The number after the last of the year; older shapes of numbers don't count."""
    of_year = Order.number.startswith(numbered(area_id, year, 0)[:-4], autoescape=True)
    last = session.scalar(select(Order.number).where(Order.area_id == area_id, of_year).order_by(Order.id.desc()).limit(1))
    return numbered(area_id, year, place_in_line(last) + 1 if last else 1)
