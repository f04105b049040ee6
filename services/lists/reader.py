"""Reads values the way one person may see them: the same for list, details and export."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect

from models.columns import Col, columns_of, label_key
from rules.choices import Choice
from rules.masks import masked
from rules.text import _

TOWN = ZoneInfo("Asia/Shanghai")
EMPTY = "—"
SHORT = 16


@dataclass(frozen=True)
class Cell:
    """One value made ready for a page: text, colour of its tag, layout kind."""

    col: Col
    text: str
    tone: str = ""
    masked: bool = False

    @property
    def empty(self) -> bool:
        return self.text == EMPTY

    @property
    def look(self) -> str:
        """Style classes: by kind, and whether the text is empty or short enough for one line."""
        more = " is-none" if self.empty else " is-short" if len(self.text) < SHORT else ""
        return f"kind-{self.col.kind}{more}"


@cache
def by_key(model: type) -> dict[str, Col]:
    return {col.key: col for col in columns_of(model)}


class Reader:
    """Lives for one request or file; `eyes` say who reads (`actor()`) and how a column shows (`field_view`), once per column."""

    def __init__(self, eyes: Any) -> None:
        self.eyes, self.actor = eyes, eyes.actor()
        self._sights: dict[tuple[type, str], str] = {}

    def sight(self, model: type, key: str) -> str:
        found = self._sights.get((model, key))
        if found is None:
            found = self._sights[model, key] = self.eyes.field_view(self.actor, model, key)
        return found

    def visible(self, model: type, cols: tuple[Col, ...]) -> tuple[Col, ...]:
        return tuple(col for col in cols if self.sight(model, col.key) != "hidden")

    def plain(self, model: type, cols: tuple[Col, ...]) -> tuple[Col, ...]:
        """Columns one may search, filter and sort by: what is masked must not answer questions."""
        return tuple(col for col in cols if self.sight(model, col.key) == "plain")

    def value(self, row: Any, col: Col) -> Any:
        """The typed value; a masked one comes back as its stars, a hidden one as None."""
        sight = self.sight(type(row), col.key)
        if sight == "hidden":
            return None
        value = getattr(row, col.key)
        if value is None or sight == "plain":
            return value
        return masked(col.info.get("mask"), self.spoken(value, col))

    def spoken(self, value: Any, col: Col) -> str:
        if value is None or value == "":
            return _("未填") if col.kind == "bool" else EMPTY
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, Choice):
            return _(value.label)
        if isinstance(value, dt.datetime):
            return self.moment(value)
        if isinstance(value, dict):
            return "；".join(value.get("said", ())) or EMPTY  # kept for programs, with its own words for people
        if isinstance(value, list | set | tuple):
            return "、".join(self.title(item) for item in value) or EMPTY
        if isinstance(value, str | int | float | dt.date):
            return str(value)
        return self.title(value) if inspect(value, raiseerr=False) is not None else str(value)

    @staticmethod
    def moment(value: dt.datetime) -> str:
        return f"{local(value):%Y-%m-%d %H:%M}"

    def text(self, row: Any, col: Col) -> str:
        value = self.value(row, col)
        words = col.info.get("words")
        return _(words.get(value, value)) if words and value else self.spoken(value, col)

    def cell(self, row: Any, col: Col) -> Cell:
        text = self.text(row, col)
        return Cell(col, text, tone_of(row, col), text != EMPTY and self.sight(type(row), col.key) == "masked")

    def title(self, row: Any) -> str:
        """The row's name as this person may read it."""
        if row is None:
            return EMPTY
        model: Any = type(row)
        key = label_key(model)
        col = by_key(model).get(key)
        return self.text(row, col) if col else str(getattr(row, key))


def local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(TOWN) if moment.tzinfo else moment


def tone_of(row: Any, col: Col) -> str:
    """A tag's colour from the model's `__tones__` {code: ok|warn|bad|info|mute}; a state always is a tag."""
    if col.kind != "choice":
        return ""
    value = getattr(row, col.key)
    tones = getattr(type(row), "__tones__", {})
    return str(tones.get(getattr(value, "value", None), "mute" if col.key == "state" else ""))
