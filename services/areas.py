"""The tree of places: a new area gets its path from its parent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Area, AreaChange
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.places import AreaChangeKind, AreaLevel, check_code
from rules.roles import Role
from rules.text import _
from services.verbs import verb


@verb("area.add", _("新增区划"), Role.CLERK)
def add_area(
    session: Session, name: str, level: AreaLevel, parent: Area | None, *, by: Actor, now: datetime, code: str | None = None
) -> Area:
    """A named place below `parent`; the one standing there already is returned."""
    row = standing_there(session, parent, name)
    if row is None:
        row = Area(name=name, level=level, parent=parent, code=code, path="")
        _settle(session, row)
        record(session, "area.added", row, by=by, now=now, detail=name)
    return row


def place(session: Session, row: Area, *, by: Actor) -> None:
    """Hang an area typed into a form below its parent; raises RuleBroken("area-out-of-reach"), ("area-level"), ("name-taken")."""
    if row.parent is None:
        raise RuleBroken("area-out-of-reach", _("请选择上级区划。"))
    check_reach(row.parent, by)
    levels = list(AreaLevel)
    if levels.index(row.level) <= levels.index(row.parent.level):
        raise RuleBroken("area-level", _("{level}不能设在{parent}下面，请核对层级和上级。"),
                         level=row.level.label, parent=row.parent.name)  # fmt: skip
    check_own_name(session, row)
    check_own_code(row)
    _settle(session, row)


def standing_there(session: Session, parent: Area | None, name: str, but: int | None = None) -> Area | None:
    """The place of that name below `parent` which has not ended, other than number `but`."""
    under = Area.parent_id == parent.id if parent else Area.parent_id.is_(None)
    with session.no_autoflush:
        return session.scalar(select(Area).where(under, Area.name == name, Area.until.is_(None), Area.id != (but or -1)).order_by(Area.id).limit(1))


def check_own_name(session: Session, row: Area) -> None:
    """Two standing places of one name below one parent can't be told apart; raises RuleBroken("name-taken")."""
    with session.no_autoflush:
        session.scalar(select(Area.id).where(Area.id == (row.parent.id if row.parent else None)).with_for_update(key_share=True))
    there = standing_there(session, row.parent, row.name, row.id) if row.until is None else None
    if there is not None:
        raise RuleBroken("name-taken", _("{parent}下面已经有“{name}”（代码{number}），不用再建。确实是另一个地方的，请换一个名称。"),
                         parent=row.parent.name if row.parent else _("最上级"), name=there.name, number=there.code or _("未填"))  # fmt: skip


def check_own_code(row: Area) -> None:
    """The code fits the nearest place above that has one."""
    above = row.parent
    while above is not None and not above.code:
        above = above.parent
    check_code(row.level, row.code, (above.level, above.code) if above is not None and above.code else None)


def keep_place(session: Session, row: Area, *, by: Actor, now: datetime) -> None:
    """Everything below carries the path, so a place never moves; raises RuleBroken("area-moved"), ("name-taken"), ("area-out-of-reach")."""
    check_reach(row, by)
    if inspect(row).attrs.parent.history.has_changes() or inspect(row).attrs.level.history.has_changes():
        raise RuleBroken("area-moved", _("上级和层级定下后不能改。区划调整时，请给旧的填撤销日期，另建一条新的。"))
    if inspect(row).attrs.name.history.has_changes() or inspect(row).attrs.until.history.has_changes():
        check_own_name(session, row)
    if inspect(row).attrs.code.history.has_changes():
        check_own_code(row)
    keep_old(session, row, local_day(now), "")


def keep_old(session: Session, row: Area, on: date, source: str) -> None:
    """A name or code that was stays findable, with the day it ended."""
    name, code = _before(row, "name"), _before(row, "code")
    if name and name not in row.former_names.split("、"):
        row.former_names = "、".join(one for one in (row.former_names, name) if one)
    said = [f"“{name}”更名为“{row.name}”"] if name else []
    said += [f"代码由{code or '空'}改为{row.code or '空'}"] if code is not None else []
    if said:
        old = code if code is not None else row.code
        session.add(AreaChange(kind=AreaChangeKind.RENAMED, words="，".join(said)[:300], on=on, source=source[:160], code=old or "", area=row))


def _before(row: Area, key: str) -> str | None:
    """What a changed text was; None where it didn't change."""
    history: Any = getattr(inspect(row).attrs, key).history
    return (history.deleted[0] or "") if history.has_changes() and history.deleted else None


def check_reach(area: Area, by: Actor) -> None:
    """Raise RuleBroken("area-out-of-reach") for a place outside the person's own."""
    if not by.is_system and not area.path.startswith(by.area_path):
        raise NotAllowed("area-out-of-reach", _("{area}不在您的管辖范围内，请联系上级。"), area=area.name)


def _settle(session: Session, row: Area) -> None:
    session.add(row)
    session.flush()
    row.path = f"{row.parent.path if row.parent else ''}{row.id}/"
    session.flush()
