"""Who covers whom: begin, hand over, end. The old row keeps its dates; nothing is overwritten (QY-2.1a)."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Assignment, Cadre, Client
from models.access.actor import Actor
from models.audit import record
from rules.coverage import CoverKind
from rules.errors import RuleBroken
from rules.roles import Role
from rules.text import _
from services.verbs import verb


def holder(session: Session, client: Client, kind: CoverKind) -> Assignment | None:
    """The responsibility in force for this kind."""
    found = select(Assignment).where(
        Assignment.client_id == client.id, Assignment.kind == kind, Assignment.until.is_(None)
    )
    return session.scalar(found)


@verb("assignment.begin", _("确定责任人"), Role.CLERK)
def begin(
    session: Session, client: Client, cadre: Cadre, kind: CoverKind, since: date, source: str,
    *, by: Actor, now: datetime,
) -> Assignment:  # fmt: skip
    """Give an uncovered client its responsible person; the same person again is no change.

    Raises RuleBroken("already-covered") or ("cadre-gone").
    """
    current = holder(session, client, kind)
    if current is not None and current.cadre_id == cadre.id:
        return current
    check_begin(current, client, cadre, since)
    row = Assignment(kind=kind, client=client, cadre=cadre, since=since, source=source, area=client.area)
    session.add(row)
    session.flush()
    record(session, "assignment.begun", row, by=by, now=now)
    return row


def check_begin(current: Assignment | None, client: Client, cadre: Cadre, since: date) -> None:
    """Whether `cadre` may become responsible; `current`: who is now. Raises as `begin`."""
    if current is not None:
        raise RuleBroken(
            "already-covered", _("“{client}”现由{cadre}负责，换人请办“移交”。"), client=client.name, cadre=current.cadre.name
        )
    _check_serving(cadre, since)


def check_not_own(cadre_id: int, by: Actor) -> None:
    """Nobody chooses by hand who rates him; a list taken in from its paper may name the clerk himself."""
    if by.cadre_id is not None and by.cadre_id == cadre_id:
        raise RuleBroken("own-coverage", _("这项责任涉及您本人，请交由其他同志办理。"))


@verb("assignment.hand_over", _("移交"), Role.CLERK)
def hand_over(
    session: Session, old: Assignment, to: Cadre, on: date, reason: str, *, by: Actor, now: datetime
) -> Assignment:
    """End one responsibility the day before `on` and begin the other on it.

    Raises RuleBroken("reason-missing"), ("handover-same"), ("handover-early"), ("already-ended"), ("cadre-gone"),
    ("own-coverage").
    """
    check_not_own(to.id, by)
    if old.cadre_id == to.id:
        raise RuleBroken("handover-same", _("接手人就是现任责任人，不用移交。"))
    _check_serving(to, on)
    end(session, old, on - timedelta(days=1), reason, by=by, now=now)
    session.flush()
    return begin(session, old.client, to, old.kind, on, f"移交：{reason.strip()}", by=by, now=now)


@verb("assignment.end", _("终止责任"), Role.CLERK)
def end(session: Session, row: Assignment, on: date, reason: str, *, by: Actor, now: datetime) -> None:
    """The last day of a responsibility; raises RuleBroken("reason-missing"), ("already-ended"), ("handover-early"), ("own-coverage")."""
    check_not_own(row.cadre_id, by)
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写原因，例如：调离、分工调整。"))
    if row.until is not None:
        raise RuleBroken("already-ended", _("这项责任已于{day}终止。"), day=row.until)
    if on < row.since - timedelta(days=1):
        raise RuleBroken("handover-early", _("终止日期不能早于起始日期{day}。"), day=row.since)
    row.until, row.reason = on, reason.strip()
    record(session, "assignment.ended", row, by=by, now=now)


def _check_serving(cadre: Cadre, on: date) -> None:
    if cadre.until is not None and cadre.until < on:
        raise RuleBroken("cadre-gone", _("{name}已于{day}离岗，不能再安排责任。"), name=cadre.name, day=cadre.until)
