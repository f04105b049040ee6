"""What copies are called, and which old ones may go."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from rules.errors import RuleBroken
from rules.localtime import local
from rules.text import _

NAME = re.compile(r"lianxin-(\d{8}-\d{6})\.backup")
KEEP = timedelta(days=35)
FEWEST = 3


def name_at(now: datetime) -> str:
    """Sorts by time; told in the township's clock."""
    return f"lianxin-{local(now):%Y%m%d-%H%M%S}.backup"


def copies_in(folder: Path) -> list[Path]:
    """Copies of ours in a folder, the oldest first; files under other names are not ours to count or delete."""
    return sorted(path for path in folder.glob("lianxin-*.backup") if NAME.fullmatch(path.name))


def moment_of(path: Path) -> datetime:
    """When a copy was made, by its name."""
    found = NAME.fullmatch(path.name)
    assert found
    return local(datetime.strptime(found[1] + "+0800", "%Y%m%d-%H%M%S%z"))


def too_old(copies: Iterable[Path], now: datetime, keep: timedelta = KEEP) -> list[Path]:
    """Copies past their time, but never the newest few: a house that stood still for months keeps what it has."""
    return [path for path in sorted(copies)[:-FEWEST] if moment_of(path) < now - keep]


def drop_old(folder: Path, now: datetime, keep: timedelta = KEEP) -> list[Path]:
    """Delete copies past their time; returns those that went."""
    gone = too_old(copies_in(folder), now, keep)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def parse_keep(text: str) -> timedelta:
    """"35d" or "35": days. Raises RuleBroken("keep-unclear")."""
    found = re.fullmatch(r"(\d{1,4})[d天]?", text)
    if not found or not int(found[1]):
        raise RuleBroken("keep-unclear", _("看不懂保留天数“{text}”，例如：35d"), text=text)
    return timedelta(days=int(found[1]))
