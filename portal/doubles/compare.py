"""Two rows side by side as the reader may see them, and what hangs on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import joinedload

from models import Area, Double, db
from models.access.fields import shown, view_of
from models.references import pointing_at
from rules.doubles import DoubleKind
from rules.text import _
from services.registry.merging import MODELS


@dataclass(frozen=True)
class Side:
    """One row of a pair; None where the reader doesn't see it."""

    id: int
    row: Any
    url: str


PAGES = {"Enterprise": "enterprise", "Household": "household", "Venue": "venue", "Unit": "unit", "Contact": "contact"}


def sides(pairs: Sequence[Double]) -> dict[int, list[Side]]:
    """The rows of all pairs with one statement for each kind."""
    rows: dict[tuple[DoubleKind, int], Any] = {}
    for kind, model in MODELS.items():
        wanted = {number for pair in pairs if pair.kind is kind for number in (pair.first_id, pair.second_id)}
        if wanted:
            found = db.session.scalars(select(model).where(model.id.in_(wanted)).options(joinedload(model.area)))
            rows.update({(kind, row.id): row for row in found})
    return {pair.id: [_side(rows.get((pair.kind, number)), number) for number in (pair.first_id, pair.second_id)] for pair in pairs}


def _side(row: Any, number: int) -> Side:
    return Side(number, row, f"/admin/{PAGES[type(row).__name__]}/details/?id={number}" if row is not None else "")


def table(both: list[Side]) -> list[tuple[str, list[str], bool]]:
    """(label, both values, whether they differ) of every column the reader may see; sealed values are likened by their keyed hash."""
    rows = [side.row for side in both]
    if None in rows:
        return []
    lines = [(_("所在地"), [str(row.area) for row in rows], rows[0].area_id != rows[1].area_id)]
    for column in inspect(type(rows[0])).mapper.columns:
        if column.info.get("form", True) and hasattr(rows[1], column.key) and view_of(g.actor.role, column) != "hidden":
            texts = [text_of(row, column) for row in rows]
            index = column.info.get("index")
            differ = getattr(rows[0], index) != getattr(rows[1], index) if index else texts[0] != texts[1]
            lines.append((column.info["label"], texts, differ))
    return [line for line in lines if any(line[1])]


def text_of(row: Any, column: Any) -> str:
    value = shown(g.actor.role, column, getattr(row, column.key))
    return "" if value is None else str(value)


def held(double: Double) -> list[tuple[str, list[int]]]:
    """(what, how many of each side), from the metadata; one statement."""
    model = MODELS[double.kind]
    places = [(cls, key) for cls, key in pointing_at(model) if cls is not model]
    if not places:
        return []
    numbers = [
        select(func.count(cls.id)).where(getattr(cls, key) == number).scalar_subquery()
        for cls, key in places for number in (double.first_id, double.second_id)
    ]  # fmt: skip
    found = list(db.session.execute(select(*numbers).select_from(Area).limit(1)).one())
    return [(cls.__title__, found[2 * n : 2 * n + 2]) for n, (cls, _key) in enumerate(places) if any(found[2 * n : 2 * n + 2])]
