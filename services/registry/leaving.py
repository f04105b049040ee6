"""移交清单: everything a cadre holds, handed over or ended in one transaction; what only he can finish is listed, not moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models import Assignment, Cadre, Charge, Invitation, Letter, Order, Post, Round, Seat
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.invitations import OPEN
from rules.orders import WITH_CADRE
from rules.roles import Role
from rules.rounds import ASKING
from rules.text import _
from services import coverage
from services.registry import held
from services.verbs import verb

HELD: tuple[Any, ...] = (Assignment, Post, Seat, Charge)


@dataclass(frozen=True)
class Item:
    """`key` is "posts:17"; `what` in plain words, `place` where."""

    key: str
    kind: str
    what: str
    place: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Sheet:
    """What moves, and what stays with the person until it is finished (label, number)."""

    items: tuple[Item, ...]
    stays: tuple[tuple[str, int], ...]


def sheet(session: Session, cadre: Cadre, ended_on: date | None = None) -> Sheet:
    """What he holds now; with `ended_on`: what he held to that last day."""
    items = [item(row) for kind in HELD for row in _rows(session, kind, cadre.id, ended_on)]
    return Sheet(tuple(items), _stays(session, cadre.id))


def _rows(session: Session, kind: Any, cadre_id: int, ended_on: date | None) -> list[Any]:
    when = kind.until.is_(None) if ended_on is None else kind.until == ended_on
    found = select(kind).where(kind.cadre_id == cadre_id, when).options(joinedload(kind.area)).order_by(kind.area_path, kind.id)
    far = {Assignment: Assignment.client, Seat: Seat.team}.get(kind)
    return list(session.scalars(found.options(joinedload(far)) if far is not None else found))


def item(row: Any) -> Item:
    """One line of the list."""
    what = f"{row.client.name}（{row.kind.label}）" if isinstance(row, Assignment) else row.words
    return Item(f"{row.__tablename__}:{row.id}", row.__title__, what, row.area.name, row.since, row.until)


def _stays(session: Session, cadre_id: int) -> tuple[tuple[str, int], ...]:
    running = select(func.count(Invitation.id)).join(Round, Round.id == Invitation.round_id)
    running = running.where(Invitation.cadre_id == cadre_id, Invitation.state.in_(OPEN), Round.state.in_(ASKING))
    orders = select(func.count(Order.id)).where(Order.cadre_id == cadre_id, Order.state.in_(WITH_CADRE))
    letters = select(func.count(Letter.id)).where(Letter.cadre_id == cadre_id, Letter.signed_on.is_(None))
    asked = ((_("在办督办单"), orders), (_("本轮还没答的测评"), running), (_("还没签的责任状"), letters))
    return tuple((label, session.scalar(found) or 0) for label, found in asked)


@verb("cadre.hand_over", _("批量移交"), Role.CLERK)
def hand_over_all(
    session: Session, cadre: Cadre, to: Cadre | None, on: date, reason: str, keys: Collection[str], *,
    leaving: bool = False, by: Actor, now: datetime,
) -> int:  # fmt: skip
    """Move the ticked items from `on`, or end them where there is no successor; one that can't move undoes all.

    A leaving cadre must hold nothing afterwards. Raises RuleBroken("nothing-picked"), ("still-holding"),
    ("own-coverage"), or what stands in the way of one item.
    """
    coverage.check_not_own(cadre.id, by)
    rows = [row for kind in HELD for row in _rows(session, kind, cadre.id, None) if item(row).key in keys]
    if not rows and not leaving:
        raise RuleBroken("nothing-picked", _("请先勾选要移交的事项。"))
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写原因，例如：调离、分工调整。"))
    for row in rows:
        _move(session, row, to, on, reason, by, now)
    session.flush()
    if leaving:
        _leave(session, cadre, on)
    record(session, "cadre.handed_over", cadre, by=by, now=now, detail=f"{len(rows)}项，交{to.name if to else '（无接手人）'}：{reason.strip()}")
    return len(rows)


def _move(session: Session, row: Any, to: Cadre | None, on: date, reason: str, by: Actor, now: datetime) -> None:
    verbs = coverage if isinstance(row, Assignment) else held
    if to is None or (isinstance(row, Seat) and _seated(session, row, to)):
        verbs.end(session, row, on - timedelta(days=1), reason, by=by, now=now)
    else:
        verbs.hand_over(session, row, to, on, reason, by=by, now=now)


def _seated(session: Session, seat: Seat, to: Cadre) -> bool:
    """The successor sits there already, so the seat is given up."""
    found = select(Seat.id).where(Seat.team_id == seat.team_id, Seat.cadre_id == to.id, Seat.role == seat.role, Seat.until.is_(None))
    return session.scalar(found) is not None


def _leave(session: Session, cadre: Cadre, on: date) -> None:
    left = sum(len(_rows(session, kind, cadre.id, None)) for kind in HELD)
    if left:
        raise RuleBroken("still-holding", _("{name}名下还有{n}项没有勾选，调离前请一并移交或终止。"), name=cadre.name, n=left)
    cadre.until = on - timedelta(days=1)
