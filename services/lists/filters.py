"""The visible query row: one filter per column marked `filter`, each with one parameter `f_<column>`."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from models.columns import Col
from rules import typed
from rules.text import _
from services.lists.reader import TOWN

BETWEEN = re.compile(r"\s*(?:\bto\b|至|~|—)\s*")


class Unreadable(ValueError):
    """The typed value can't be read as what the column holds."""


@dataclass(frozen=True)
class Filter:
    """`text` as typed; `value` what it means, None when nothing was asked."""

    col: Col
    text: str = ""
    value: Any = None

    @property
    def name(self) -> str:
        return f"f_{self.col.key}"

    def narrow(self, stmt: Select[Any]) -> Select[Any]:
        return stmt if self.value is None else stmt.where(WHERES[self.col.kind](self.col, self.value))


def read(col: Col, args: Mapping[str, str]) -> tuple[Filter, str]:
    """The filter as asked in the address, and a note for the person if it made no sense."""
    text = typed.short(args.get(f"f_{col.key}"))
    if not text:
        return Filter(col), ""
    try:
        return Filter(col, text, READERS[col.kind](col, text)), ""
    except ValueError:
        note = _("“{label}”的条件看不懂，已略过，请重新选择。").format(label=_(col.label))
        return Filter(col), note


def days(col: Col, text: str) -> tuple[dt.date, dt.date]:
    ends = [dt.date.fromisoformat(part.strip()) for part in BETWEEN.split(text) if part.strip()]
    if not 1 <= len(ends) <= 2 or any(end.year not in typed.YEARS for end in ends):
        raise Unreadable(text)
    return min(ends), max(ends)


def number(col: Col, text: str) -> Any:
    value = col.python(text)
    if abs(value) > typed.BIGGEST:
        raise Unreadable(text)
    return value


def one_key(col: Col, text: str) -> int:
    found = typed.key(text)
    if found is None:
        raise Unreadable(text)
    return found


def yes_no(col: Col, text: str) -> str:
    if text not in {"yes", "no", "none"}:
        raise Unreadable(text)
    return text


def within_days(col: Col, ends: tuple[dt.date, dt.date]) -> Any:
    return col.attr.between(*ends)


def within_moments(col: Col, ends: tuple[dt.date, dt.date]) -> Any:
    start, stop = (dt.datetime.combine(day, dt.time(), TOWN) for day in (ends[0], ends[1] + dt.timedelta(days=1)))
    return (col.attr >= start) & (col.attr < stop)


def like(attr: Any, word: str) -> Any:
    """`attr` contains `word` as it stands: % and _ are letters here."""
    return attr.contains(word, autoescape=True, escape="\\")


def linked(col: Col, key: int) -> Any:
    local, _remote = next(iter(col.attr.property.local_remote_pairs))
    return getattr(col.attr.class_, col.attr.property.parent.get_property_by_column(local).key) == key


READERS: dict[str, Callable[[Col, str], Any]] = {
    "text": lambda col, text: text,
    "longtext": lambda col, text: text,
    "choice": lambda col, text: col.python(text),
    "bool": yes_no,
    "date": days,
    "datetime": days,
    "int": number,
    "decimal": number,
    "link": one_key,
}
WHERES: dict[str, Callable[[Col, Any], Any]] = {
    "text": lambda col, value: like(col.attr, value),
    "longtext": lambda col, value: like(col.attr, value),
    "choice": lambda col, value: col.attr == value,
    "bool": lambda col, value: col.attr.is_({"yes": True, "no": False, "none": None}[value]),
    "date": within_days,
    "datetime": within_moments,
    "int": lambda col, value: col.attr == value,
    "decimal": lambda col, value: col.attr == value,
    "link": linked,
}
