"""Furnish an empty house: the plan files that come with it, and the township it stands in."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area
from models.access.actor import Actor, system
from rules.errors import RuleBroken
from rules.places import AreaLevel
from rules.text import _
from services import areas, plans

BY = system("随程序附带的方案")


def load_shipped_plans(session: Session, folder: Path, now: datetime, *, by: Actor = BY) -> list[str]:
    """Holiday table first, then the national pack, then the others by name; unchanged ones cost nothing."""
    first = ["holidays.toml", "national.toml"]
    others = sorted(path.name for path in folder.glob("*.toml") if path.name not in first)
    for name in (*first, *others):
        text = (folder / name).read_text("utf8")
        load = plans.load_holiday_table if name == "holidays.toml" else plans.load_plan
        load(session, text, name, by=by, now=now)
    return [*first, *others]


def township(session: Session, name: str, now: datetime, *, by: Actor = BY) -> Area:
    """The township called `name`, else the only one there is, else a new one of that name.

    Raises RuleBroken("township-unclear") where there are several and none is called so.
    """
    found = list(session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP)))
    for area in found:
        if area.name == name or len(found) == 1:
            return area
    if found:
        listed = "、".join(area.name for area in found)
        raise RuleBroken("township-unclear", _("有多个乡镇：{listed}。请用 --township 指明。"), listed=listed)
    return areas.add_area(session, name, AreaLevel.TOWNSHIP, None, by=by, now=now)
