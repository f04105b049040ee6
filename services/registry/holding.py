"""Posts, seats and charges are begun and ended, never turned into another's; typed rows keep to the rules of the verbs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Charge, Client, Letter, Post, Seat
from models.base import InArea
from rules.clients import ClientState
from rules.errors import RuleBroken
from rules.letters import check_letter
from rules.localtime import local_day
from rules.text import _

HELD = (Post, Seat, Charge)
FIXED = frozenset({"cadre", "area", "unit", "team", "kind", "rank", "role", "level"})
LABELS = {Post: _("岗位"), Seat: _("小组职责"), Charge: _("片区责任")}


def check_new(session: Session, row: Any, now: datetime) -> None:
    """Raises RuleBroken("held-already"), ("cadre-gone"), ("letter-there"), ("place-ended") or as `check_dates`, `rules.letters`."""
    _check_place(row, now)
    if isinstance(row, HELD):
        with session.no_autoflush:
            _check_serving(row)
            _check_dates(row)
            _check_free(session, row)
    if isinstance(row, Letter):
        check_letter(row.year, None, local_day(now))
        with session.no_autoflush:
            if session.scalar(select(Letter.id).where(Letter.slot == row.slot)):
                raise RuleBroken("letter-there", _("{letter}已经登记过，不用再建。"), letter=row.words)
    if isinstance(row, Client):
        _check_state(row, now)


def check_change(session: Session, row: Any, now: datetime) -> None:
    """Raises RuleBroken("held-fixed") where the person or place of a holding would change, else as `check_new`."""
    _check_place(row, now)
    if isinstance(row, HELD):
        attrs: Any = inspect(row).attrs
        if {one.key for one in attrs if one.history.has_changes()} & FIXED:
            raise RuleBroken("held-fixed", _("人和{what}定下后不能改：请填截止日期，再新增一条，原记录留作历史。"), what=LABELS[type(row)])
        _check_dates(row)
        with session.no_autoflush:
            _check_free(session, row)
    if isinstance(row, Client):
        _check_state(row, now)


def _check_place(row: Any, now: datetime) -> None:
    """Nothing new is filed under a place that is no more."""
    if not isinstance(row, InArea) or not inspect(row).attrs.area.history.added:
        return
    until = row.area.until
    if until is not None and until < local_day(now):
        raise RuleBroken("place-ended", _("{place}已于{day}撤销，请选择现在的村（网格）。"), place=row.area.name, day=until)


def _check_serving(row: Any) -> None:
    gone = row.cadre.until
    if gone is not None and row.until is None and gone < row.since:
        raise RuleBroken("cadre-gone", _("{name}已于{day}离岗，不能再安排责任。"), name=row.cadre.name, day=gone)


def _check_dates(row: Any) -> None:
    if row.until is not None and row.until < row.since:
        raise RuleBroken("dates-crossed", _("截止日期不能早于起始日期{day}。"), day=row.since)


def _check_free(session: Session, row: Any) -> None:
    """Nobody else holds it now."""
    if row.until is not None:
        return
    kind = type(row)
    found = session.scalar(select(kind).where(*same_place(row), kind.until.is_(None), kind.id != (row.id or -1)).limit(1))
    if found is not None:
        raise RuleBroken("held-already", _("{what}现由{name}担任（自{day}起）；换人请先给原记录填截止日期。"),
                         what=found.words, name=found.cadre.name, day=found.since)  # fmt: skip


def same_place(row: Any) -> tuple[Any, ...]:
    """What makes two current rows clash."""
    if isinstance(row, Post):
        return Post.slot == row.slot, Post.rank == row.rank
    if isinstance(row, Seat):
        return Seat.team_id == row.team.id, Seat.cadre_id == row.cadre.id, Seat.role == row.role
    return Charge.level == row.level, Charge.area_id == row.area.id


def _check_state(row: Client, now: datetime) -> None:
    """A business that stops says since when and why."""
    attrs: Any = inspect(row).attrs
    history = attrs.state.history
    if not history.has_changes() or (not history.deleted and row.state is ClientState.ACTIVE):
        return
    if row.state is not ClientState.ACTIVE and not (row.state_reason or "").strip():
        raise RuleBroken("state-reason", _("请填写{state}的原因，例如：迁出、转让、销户。"), state=row.state.label)
    row.state_on = row.state_on if attrs.state_on.history.added and row.state_on else local_day(now)


def ends(row: Any, on: date, reason: str) -> None:
    """The last day of a holding; raises RuleBroken("reason-missing"), ("already-ended"), ("dates-crossed")."""
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写原因，例如：调离、分工调整。"))
    if row.until is not None:
        raise RuleBroken("already-ended", _("这项责任已于{day}终止。"), day=row.until)
    row.until, row.reason = max(on, row.since), reason.strip()
