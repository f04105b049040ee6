"""Places renamed, merged and split from a day on; what hangs on them follows, old names and codes stay findable."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Account, Area, AreaChange, Round
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.places import AreaChangeKind, AreaLevel
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.areas import check_own_code, check_reach, keep_old, place, standing_there
from services.locking import lock
from services.registry.following import follow
from services.verbs import verb

RESHAPED = (AreaLevel.VILLAGE, AreaLevel.GRID)


@verb("area.rename", _("区划更名"), Role.CLERK)
def rename(session: Session, area: Area, name: str, code: str, on: date, source: str, *, by: Actor, now: datetime) -> None:
    """From `on` the place has another name or code; raises RuleBroken("name-missing"), ("name-taken"), ("nothing-changed") or as `_check`, `check_code`."""
    _check(area, on, source, by, now)
    name, code = name.strip()[:60], code.strip()
    _check_name(session, area, name)
    if name == area.name and code == (area.code or ""):
        raise RuleBroken("nothing-changed", _("名称和代码都没有变。"))
    area.name, area.code = name, code or None
    with session.no_autoflush:
        check_own_code(area)
        _check_free_code(session, area)
    keep_old(session, area, on, source)
    record(session, "area.rename", area, by=by, now=now, detail=f"自{on}起：{source.strip()}")


@verb("area.merge", _("区划撤并"), Role.CLERK)
def merge(session: Session, gone: Area, kept: Area, on: date, source: str, *, by: Actor, now: datetime) -> int:
    """From `on` the one place is part of the other: what lives and runs there follows, its grids come along. How many rows moved.

    Raises RuleBroken("merge-same"), ("merge-level"), ("merge-round") or as `_check`.
    """
    for one in (gone, kept):
        _check(one, on, source, by, now)
    if gone.id == kept.id:
        raise RuleBroken("merge-same", _("请选择要并入的另一个地方。"))
    if gone.level is not kept.level or gone.level not in RESHAPED or gone.parent_id != kept.parent_id:
        raise RuleBroken("merge-level", _("只有同一个上级下面的村并村、网格并网格，才能在这里办。"))
    _check_rounds(session, gone)
    moved = _merge(session, gone, kept, on, source)
    record(session, "area.merge", gone, by=by, now=now, detail=f"自{on}起并入{kept.name}，{moved}条随转：{source.strip()}")
    return moved


@verb("area.split", _("区划拆分"), Role.CLERK)
def split(session: Session, area: Area, name: str, code: str, grids: Collection[int], on: date, source: str, *, by: Actor, now: datetime) -> Area:
    """From `on` some grids of a village are a village of their own; raises RuleBroken("grids-missing"), ("name-taken") or as `_check`, `check_code`."""
    _check(area, on, source, by, now)
    if area.level is not AreaLevel.VILLAGE:
        raise RuleBroken("split-level", _("只有村（社区）可以拆分。"))
    those = [one for one in standing_below(session, area) if one.id in grids]
    if not those:
        raise RuleBroken("grids-missing", _("请勾选划归新村的网格。没有划网格的，请先在“村社区网格”里建网格。"))
    new = _new(session, name, code, area, by)
    _change(session, AreaChangeKind.SPLIT, area, new, on, source, _("“{a}”分出“{b}”").format(a=area.name, b=new.name))
    _change(session, AreaChangeKind.NEW, new, area, on, source, _("“{b}”由“{a}”分出").format(a=area.name, b=new.name))
    new.since = on
    moved = sum(_carry_grid(session, one, new, on, source) for one in those)
    record(session, "area.split", area, by=by, now=now, detail=f"自{on}起分出{new.name}，网格{len(those)}个，{moved}条随转：{source.strip()}")
    return new


def logins_at(session: Session, area: Area) -> int:
    """Accounts that still look after the place; the security administrator moves them."""
    return session.scalar(select(func.count(Account.id)).where(Account.area_id == area.id, Account.active.is_(True))) or 0


def standing_below(session: Session, area: Area) -> list[Area]:
    return list(session.scalars(select(Area).where(Area.parent_id == area.id, Area.until.is_(None)).order_by(Area.code, Area.id)))


def _check(area: Area, on: date, source: str, by: Actor, now: datetime) -> None:
    """Raises NotAllowed("area-out-of-reach"), RuleBroken("own-place"), ("area-ended"), ("day-ahead"), ("source-missing")."""
    check_reach(area, by)
    if area.path == by.area_path:
        raise RuleBroken("own-place", _("本级的区划由上级调整。"))
    if area.until is not None:
        raise RuleBroken("area-ended", _("{area}已于{day}撤销。"), area=area.name, day=area.until)
    if on > local_day(now):
        raise RuleBroken("day-ahead", _("生效日期还没有到，请到{day}再办。"), day=on)
    if not source.strip():
        raise RuleBroken("source-missing", _("请填写依据文件，例如：县政府关于撤并村的批复。"))


def _check_name(session: Session, area: Area, name: str) -> None:
    if not name:
        raise RuleBroken("name-missing", _("请填写名称。"))
    if standing_there(session, area.parent, name, area.id):
        raise RuleBroken("name-taken", _("同一个上级下面已经有“{name}”。"), name=name)


def _check_free_code(session: Session, area: Area) -> None:
    if area.code and session.scalar(select(Area.id).where(Area.code == area.code, Area.id != (area.id or -1))):
        raise RuleBroken("code-taken", _("代码{number}已经用过，请核对。"), number=area.code)


def _check_rounds(session: Session, gone: Area) -> None:
    """A round of the place itself must be over; a round of its township keeps its list as it is."""
    running = select(Round.id).where(Round.area_id == gone.id, Round.state.not_in((RoundState.PLANNED, RoundState.FROZEN)))
    if session.scalar(running.limit(1)):
        raise RuleBroken("merge-round", _("{area}有没归档的测评，请归档后再撤并。"), area=gone.name)


def _merge(session: Session, gone: Area, kept: Area, on: date, source: str) -> int:
    lock(session, gone)
    moved = follow(session, gone, kept, on)
    moved += sum(_carry_grid(session, one, kept, on, source) for one in standing_below(session, gone))
    names = dict.fromkeys(one for one in (*kept.former_names.split("、"), *gone.former_names.split("、"), gone.name) if one and one != kept.name)
    text = "、".join(names)
    kept.former_names = text if len(text) <= 300 else text[:300].rpartition("、")[0]
    gone.until = on - timedelta(days=1)  # the last day, as everywhere
    _change(session, AreaChangeKind.MERGED, gone, kept, on, source, _("“{a}”并入“{b}”").format(a=gone.name, b=kept.name))
    session.flush()
    return moved


def _carry_grid(session: Session, grid: Area, village: Area, on: date, source: str) -> int:
    """A place never moves, so the grid begins anew below its new village and the old one ends; its code told the old village."""
    taken = standing_there(session, village, grid.name)
    name = f"{grid.parent.name if grid.parent else ''}{grid.name}"[:60] if taken else grid.name
    new = Area(name=name, level=grid.level, parent=village, path="", since=on)
    session.add(new)
    session.flush()
    new.path = f"{village.path}{new.id}/"
    session.flush()
    return _merge(session, grid, new, on, source)


def _new(session: Session, name: str, code: str, beside: Area, by: Actor) -> Area:
    row = Area(name=name.strip()[:60], code=code.strip() or None, level=beside.level, parent=beside.parent, parent_id=beside.parent_id, path="")
    with session.no_autoflush:
        _check_name(session, row, row.name)
        _check_free_code(session, row)
        place(session, row, by=by)
    return row


def _change(session: Session, kind: AreaChangeKind, area: Area, other: Area, on: date, source: str, words: str) -> None:
    session.add(AreaChange(kind=kind, words=words[:300], on=on, source=source.strip()[:160], code=area.code or "", area=area, other=other))
