"""一日一跟踪、一周一调度、一月一汇报: what of the orders was not touched today, is due this week, became of the month (SGD-4.4b).

Nothing here is typed: every figure comes from the steps of the orders themselves, in the reader's own session.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models import Cadre, Order
from rules.localtime import instant_at
from rules.months import Month
from rules.orders import WITH_CADRE, OrderState
from services.lists.bounded import counts

S = OrderState
RUNNING = WITH_CADRE | {S.REPLIED, S.VERIFIED}
MOST = 100  # lines shown; how many there are is said beside


@dataclass(frozen=True)
class Part:
    """One list of the board: how many there are (bounded) and the first of them."""

    n: int
    rows: tuple[Order, ...]


@dataclass(frozen=True)
class Person:
    """One person's month; `late` is as of today, `returned` of the orders issued in the month."""

    name: str
    issued: int
    replied: int
    ended: int
    running: int
    late: int
    returned: int


def untouched(session: Session, day: date) -> Part:
    """Running orders that took no step on this day, the longest untouched first."""
    return _part(session, and_(Order.state.in_(RUNNING), Order.moved_at < _start(day)), Order.moved_at)


def to_dispatch(session: Session, day: date) -> Part:
    """What waits for the person and is late or due until Sunday, the earliest first."""
    sunday = day + timedelta(days=6 - day.weekday())
    return _part(session, and_(Order.state.in_(WITH_CADRE), Order.due_on <= sunday), Order.due_on)


def of_month(session: Session, month: Month, day: date) -> list[Person]:
    """One line a person with any order issued or ended in the month or still running; who has most that is late first."""
    late = and_(Order.state.in_(WITH_CADRE), Order.due_on < day)
    issued, ended = _within(Order.issued_at, month), and_(_within(Order.ended_at, month), Order.state == S.CANCELLED)
    running = and_(Order.state.in_(RUNNING), Order.issued_at < _start(month.next.first))
    figures = (
        _count(issued), _count(_within(Order.replied_at, month)), _count(ended), _count(running), _count(late),
        func.coalesce(func.sum(case((issued, Order.returned), else_=0)), 0),
    )  # fmt: skip
    found = select(Cadre.name, *figures).join(Cadre, Cadre.id == Order.cadre_id).where(or_(issued, ended, running))
    found = found.group_by(Cadre.id, Cadre.name).order_by(figures[4].desc(), figures[0].desc(), Cadre.id).limit(MOST)
    rows: Any = session.execute(found)
    return [Person(*row) for row in rows]


def _part(session: Session, asked: ColumnElement[bool], by: Any) -> Part:
    (n,) = counts(session, Order, asked)
    rows = select(Order).where(asked).options(joinedload(Order.cadre)).order_by(by, Order.id).limit(MOST)
    return Part(n, tuple(session.scalars(rows)))


def _within(column: Any, month: Month) -> ColumnElement[bool]:
    return and_(column >= _start(month.first), column < _start(month.next.first))


def _count(asked: ColumnElement[bool]) -> Any:
    return func.count(case((asked, 1)))


def _start(day: date) -> datetime:
    return instant_at(day, time(0))
