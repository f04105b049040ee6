"""Places in a sorted list: a page begins after a row, not after a number of rows, so that depth costs nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnClause, Select, SelectBase, UnaryExpression, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.operators import custom_op
from sqlalchemy.sql.visitors import replacement_traverse

from models.columns import python_type
from rules import typed
from rules.choices import Choice

BETWEEN = "~"


@dataclass(frozen=True)
class Order:
    """By `attr` and then by `pk`, or by `pk` alone; rows without a value come last in both directions."""

    pk: Any
    attr: Any = None
    desc: bool = True

    @property
    def nullable(self) -> bool:
        return self.attr is not None and bool(self.attr.property.columns[0].nullable)

    def by(self, back: bool = False) -> list[Any]:
        """The terms that an index serves, within rows that have a value or within those that have none."""
        down = self.desc != back
        return [one.desc() if down else one.asc() for one in (self.attr, self.pk) if one is not None]

    def whole(self) -> list[Any]:
        """The terms for all rows at once; no index serves the first where values may be missing."""
        return [*([self.attr.is_(None)] if self.nullable else []), *self.by()]


@dataclass(frozen=True)
class Spot:
    """The place of one row; `value` is None where the row has none or the order needs none."""

    pk: int
    value: Any = None

    def beyond(self, order: Order, back: bool) -> Any:
        """Rows after this one, or before it when going back."""
        if order.attr is None or self.value is None:
            return order.pk < self.pk if order.desc != back else order.pk > self.pk
        here, there = tuple_(order.attr, order.pk), (self.value, self.pk)
        return here < there if order.desc != back else here > there


def write(order: Order, row: Any) -> str:
    """The row's place as it stands in an address."""
    value = getattr(row, order.attr.key) if order.attr is not None else None
    return f"{'' if value is None else '=' + _text(value)}{BETWEEN}{getattr(row, order.pk.key)}"


def read(order: Order, text: str) -> Spot | None:
    """The place in an address; None where it can't be one of this order."""
    value, _, key = text.rpartition(BETWEEN)
    pk = typed.key(key)
    if pk is None:
        return None
    if order.attr is None or not value.startswith("="):
        return Spot(pk) if order.attr is None or order.nullable else None
    return _spot(order, pk, value[1:])


def jump(order: Order, text: str) -> Spot | None:
    """The place just before all rows of a typed value: a day, a number, the beginning of a text."""
    if not text:
        return None
    if order.attr is None:
        pk = typed.key(text)
        return None if pk is None else Spot(pk + (1 if order.desc else -1))
    return _spot(order, typed.BIGGEST if order.desc else 0, text)


def _spot(order: Order, pk: int, text: str) -> Spot | None:
    kind = python_type(order.attr.type)
    parse = next((parse for base, parse in PARSERS if issubclass(kind, base)), None)
    try:
        return Spot(pk, parse(text) if parse else kind(text))
    except (ValueError, ArithmeticError):
        return None


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _number(text: str) -> int:
    number = int(text)
    if abs(number) > typed.BIGGEST:
        raise ValueError(text)
    return number


PARSERS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (bool, lambda text: text == "True"),
    (dt.datetime, _moment),
    (dt.date, dt.date.fromisoformat),
    (int, _number),
)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value.value if isinstance(value, Choice) else value)


def fetch(session: Any, found: Select[Any], order: Order, spot: Spot | None, size: int, *, back: bool = False) -> list[Any]:
    """At most `size` rows beyond `spot`, in the order's own direction; one statement, two where values end."""
    rows: list[Any] = []
    for without in _parts(order, spot, back):
        part = found if not order.nullable else found.where(order.attr.is_(None) if without else order.attr.is_not(None))
        if spot is not None and without == (order.nullable and spot.value is None):
            part = part.where(spot.beyond(order, back))
        rows += session.scalars(part.order_by(*order.by(back)).limit(size - len(rows))).all()
        if len(rows) == size:
            break
    return rows[::-1] if back else rows


class Unserved(UnaryExpression[Any]):
    """A column that no index of SQLite's is tried for; any other database is told nothing."""

    inherit_cache = True


@compiles(Unserved)
def _as_it_is(one: Unserved, compiler: Any, **more: Any) -> str:
    return str(compiler.process(one.element, **more))


@compiles(Unserved, "sqlite")
def _with_plus(one: Unserved, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(one.element, **more)}"


def unserved(condition: Any) -> Any:
    """The same condition, written so that SQLite walks along the order instead of gathering what meets it and sorting that."""

    def plain(part: Any, **_: Any) -> Any:
        if isinstance(part, SelectBase):
            return part
        return Unserved(part, operator=custom_op("+")) if isinstance(part, ColumnClause) else None

    return replacement_traverse(condition, {}, plain)  # type: ignore[call-overload]


def _parts(order: Order, spot: Spot | None, back: bool) -> list[bool]:
    """Rows with a value, then those without one; the parts that a spot has already left are skipped."""
    if not order.nullable:
        return [False]
    ends = spot is not None and spot.value is None
    return ([True, False] if ends else [False]) if back else ([True] if ends else [False, True])
