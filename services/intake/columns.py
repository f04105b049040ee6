"""Which columns of a ledger a person may fill from a sheet, and one cell of it as a value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect

from models.access.actor import Actor
from models.columns import Col, columns_of, form_cols, label_key, natural_keys
from rules.errors import NotAllowed
from rules.intake import cells
from rules.intake.headings import names_of
from rules.rosters.tidy import squeeze
from rules.text import _
from services.ledgers import may_screen
from services.lists.eyes import Eyes
from services.lists.reader import Reader, by_key

LONGEST = 20_000


@dataclass(frozen=True)
class Target:
    """One ledger as one person may fill it."""

    model: Any
    cols: tuple[Col, ...]
    keys: tuple[tuple[str, ...], ...]
    reader: Reader

    @property
    def title(self) -> str:
        return str(self.model.__title__)

    @property
    def names(self) -> dict[str, str]:
        return names_of({col.key: col.label for col in self.cols})

    def col(self, key: str) -> Col:
        return next(col for col in self.cols if col.key == key)

    def is_masked(self, col: Col) -> bool:
        return self.reader.sight(self.model, col.key) == "masked"


def target_of(model: Any, by: Actor) -> Target:
    """Raises NotAllowed where the person may not add rows, or the ledger has nothing to tell rows apart by."""
    if not may_screen(by, "create", model):
        raise NotAllowed("not-allowed", _("您的角色不能向这本台账导入，如确需办理请联系党政综合办。"))
    reader = Reader(Eyes(by))
    cols = tuple(col for col in form_cols(model, columns_of(model)) if _is_open(model, col, reader))
    open_keys = {col.key for col in cols}
    keys = tuple(key for key in natural_keys(model) if open_keys.issuperset(key))
    if not keys:
        raise NotAllowed("not-allowed", _("这本台账不能成批导入。"))
    return Target(model, cols, keys, reader)


def _is_open(model: type, col: Col, reader: Reader) -> bool:
    """A link can be written down only where the far end's name is a column that this person reads."""
    if reader.sight(model, col.key) == "hidden":
        return False
    if col.kind != "link":
        return True
    far: Any = col.target
    key = label_key(far)
    known = by_key(far).get(key)
    return known is not None and known.kind == "text" and reader.sight(far, key) == "plain"


def value_of(col: Col, given: str) -> Any:
    """A typed value, None for a blank; raises RuleBroken("cell-wrong"). Links are found elsewhere."""
    if col.info.get("mask") == "phone":
        return cells.phone(given) or None
    found = READ[col.kind](col, given)
    return None if found == "" else found


def _text(col: Col, given: str) -> Any:
    return cells.text(given, col.length or LONGEST, is_long=col.kind == "longtext")


def _decimal(col: Col, given: str) -> Any:
    kind = col.attr.type
    return cells.decimal(given, getattr(kind, "precision", None), getattr(kind, "scale", None) or 0)


READ: dict[str, Callable[[Col, str], Any]] = {
    "text": _text,
    "longtext": _text,
    "choice": lambda col, given: cells.choice(given, col.python),
    "bool": lambda col, given: cells.yes_no(given),
    "date": lambda col, given: cells.day(given),
    "datetime": lambda col, given: cells.moment(given),
    "int": lambda col, given: cells.whole(given),
    "decimal": _decimal,
}


def blank_of(col: Col) -> Any:
    """What a form would leave in a box that nobody filled."""
    if col.default is not None:
        return col.default
    return "" if col.kind in {"text", "longtext"} and not col.nullable else None


def row_key(values: Sequence[Any]) -> tuple[Any, ...]:
    """Values of a natural key so that equal ones meet: texts by their letters, rows by their number."""
    return tuple(_meet(value) for value in values)


def _meet(value: Any) -> Any:
    if value is not None and inspect(value, raiseerr=False) is not None:
        return value.id
    return squeeze(value) if type(value) is str else value
