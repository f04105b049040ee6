"""Names in a sheet → rows at the far end of a link, always through the person's own session, a few statements a column."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rapidfuzz import process
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import Area
from models.access.actor import Actor
from models.base import InArea
from models.columns import Col, label_key
from rules.errors import RuleBroken
from rules.intake.cells import variants, wrong
from rules.rosters.tidy import squeeze, value
from rules.text import _
from services.lists.query import standing

AT_A_TIME, OFFERED, COMPARED = 400, 500, 2_000


class FarEnds:
    """The rows that one link column may point to, by each way of writing their names."""

    def __init__(self, session: Any, col: Col, by: Actor, texts: Iterable[str]) -> None:
        self.session, self.col, self.by = session, col, by
        model: Any = col.target
        self.model, self.label = model, getattr(model, label_key(model))
        self._offered: dict[int, list[str]] = {}
        self.found: dict[str, list[Any]] = defaultdict(list)
        for row in self._rows(sorted({part for text in texts for part in _parts(value(text))})):
            for name in names_of(row):
                if row not in self.found[squeeze(name)]:
                    self.found[squeeze(name)].append(row)

    def _select(self) -> Any:
        above = self.model.parent if self.model is Area else getattr(self.model, "area", None)
        found = standing(self.model, select(self.model))
        if self.is_own_place:
            found = found.where(Area.path.startswith(self.by.area_path, autoescape=True))
        return found.options(joinedload(above)) if above is not None else found

    @property
    def is_own_place(self) -> bool:
        """Names of places are everybody's to read; rows are filed only under one's own."""
        return self.model is Area

    def _rows(self, names: list[str]) -> Iterator[Any]:
        for start in range(0, len(names), AT_A_TIME):
            yield from self.session.scalars(self._select().where(self.label.in_(names[start : start + AT_A_TIME])))

    def one(self, text: str) -> Any:
        """The row meant, None for a blank; raises RuleBroken("cell-wrong")."""
        name = value(text)
        if not name:
            return None
        rows = self.found.get(squeeze(name), [])
        if len(rows) == 1:
            return rows[0]
        if rows:
            said = "、".join(full_name(row) for row in rows[:5])
            raise wrong(_("有{n}个“{name}”，请写明是哪一个：{said}。"), n=len(rows), name=name, said=said)
        raise self._unknown(name)

    def _unknown(self, name: str) -> RuleBroken:
        near = [found for found, _score, _at in process.extract(name, self.offered(COMPARED), limit=3, score_cutoff=60)]
        title = self.model.__title__
        if near:
            return wrong(_("“{title}”里没有“{name}”，是不是：{near}？"), title=title, name=name, near="、".join(near))
        return wrong(_("您的管辖范围内，“{title}”里没有“{name}”，请核对，或先建档。"), title=title, name=name)

    def offered(self, most: int = OFFERED) -> list[str]:
        """Names for a drop-down; one that stands for several says where it is."""
        if most not in self._offered:
            rows = list(self.session.scalars(self._select().order_by(self.label).limit(most)))
            times = Counter(_label(row) for row in rows)
            self._offered[most] = [_label(row) if times[_label(row)] == 1 else full_name(row) for row in rows]
        return self._offered[most]


def _label(row: Any) -> str:
    return str(getattr(row, label_key(type(row))))


def _above(row: Any) -> str:
    above = row.parent if isinstance(row, Area) else row.area if isinstance(row, InArea) else None
    return above.name if above is not None else ""


def full_name(row: Any) -> str:
    """`东岭村/第一网格`, `张三（东岭村）`."""
    above = _above(row)
    if not above:
        return _label(row)
    return f"{above}/{_label(row)}" if isinstance(row, Area) else f"{_label(row)}（{above}）"


def names_of(row: Any) -> list[str]:
    above, label = _above(row), _label(row)
    return [label, f"{above}/{label}", f"{above}{label}", f"{label}（{above}）"] if above else [label]


def _parts(name: str) -> list[str]:
    """What the label may be within a full name."""
    parts = [*variants(name), name.rpartition("/")[2], name.replace("(", "（").rpartition("（")[0]]
    parts += [name[at:] for at in range(1, min(len(name), 12))] if "村" in name or "社区" in name else []
    return [part for part in parts if part]
