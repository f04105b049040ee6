"""What a model says about its columns, read once: labels, lists, filters, kinds."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, TypeDecorator, inspect

from rules.choices import Choice

KINDS: tuple[tuple[type, str], ...] = (
    (Choice, "choice"),
    (bool, "bool"),
    (dt.datetime, "datetime"),
    (dt.date, "date"),
    (int, "int"),
    (Decimal, "decimal"),
    (float, "decimal"),
)
NEVER_TYPED = frozenset({"version"})


@dataclass(frozen=True)
class Col:
    """One labelled attribute of a model; `target` is the class at the far end of a link."""

    key: str
    label: str
    kind: str
    attr: Any
    nullable: bool
    info: dict[str, Any]
    length: int | None = None
    python: type = str
    target: type | None = None
    indexed: bool = False
    default: Any = None

    @property
    def help(self) -> str:
        return str(self.info.get("help") or "")

    @property
    def required(self) -> bool:
        """A text that has a default may stay blank; everything else that may not be NULL must be given."""
        said = self.info.get("required")
        blank_will_do = self.nullable or (self.kind in {"text", "longtext"} and self.default is not None)
        return bool(not blank_will_do if said is None else said)

    def has(self, flag: str) -> bool:
        """Whether the model marks this column `listed`, `search` or `filter`."""
        return bool(self.info.get(flag))


def columns_of(model: type) -> tuple[Col, ...]:
    """The labelled columns and links of `model`, in the order written, its number last.

    The number behind a link and the version say nothing to a person and are left out.
    """
    mapper = inspect(model)
    links = [prop for prop in mapper.relationships if prop.info.get("label")]
    behind = {column for prop in links for column in prop.local_columns if not column.primary_key}
    found = [((False, prop._creation_order), link_col(prop)) for prop in links]
    for prop in mapper.column_attrs:
        column = prop.columns[0]
        if (
            getattr(column, "info", {}).get("label")
            and column not in behind
            and not column.foreign_keys
            and prop.key not in NEVER_TYPED
        ):
            found.append(((column.primary_key, column._creation_order), plain_col(prop, column)))
    return tuple(col for _, col in sorted(found, key=lambda pair: pair[0]))


def plain_col(prop: Any, column: Any) -> Col:
    python = python_type(column.type)
    return Col(
        key=prop.key,
        label=column.info["label"],
        kind=kind_of(column.type, python),
        attr=prop.class_attribute,
        nullable=bool(column.nullable),
        info=column.info,
        length=getattr(column.type, "length", None),
        python=python,
        indexed=bool(column.index or column.unique or column.primary_key),
        default=column.default.arg if column.default is not None and column.default.is_scalar else None,
    )


def link_col(prop: Any) -> Col:
    return Col(
        key=prop.key,
        label=prop.info["label"],
        kind="links" if prop.uselist else "link",
        attr=prop.class_attribute,
        nullable=all(column.nullable for column in prop.local_columns),
        info=prop.info,
        target=prop.mapper.class_,
    )


def python_type(sa_type: Any) -> type:
    """What the column holds in Python; a decorated type that does not say so holds what it is built on."""
    try:
        said = sa_type.python_type
    except NotImplementedError:
        said = object
    if said is object and isinstance(sa_type, TypeDecorator):
        return python_type(sa_type.impl_instance)
    return str if said is object else said


def kind_of(sa_type: Any, python: type) -> str:
    for known, kind in KINDS:
        if issubclass(python, known):
            return kind
    bare = getattr(sa_type, "impl_instance", sa_type)
    return "longtext" if isinstance(bare, Text) else "text"


def form_cols(model: type, cols: tuple[Col, ...]) -> tuple[Col, ...]:
    """The columns a person types; state moves by verbs, keys and versions by the machine."""
    closed = NEVER_TYPED | {column.key for column in inspect(model).primary_key}
    if getattr(model, "flow", None):
        closed |= {"state"}
    return tuple(c for c in cols if c.info.get("form", True) and c.key not in closed and c.kind != "links")


def natural_keys(model: type) -> tuple[tuple[str, ...], ...]:
    """What tells one row from another, best first: as `__match__` says, else unique columns, then name and place."""
    said: tuple[tuple[str, ...], ...] = getattr(model, "__match__", ())
    if said:
        return said
    cols = {col.key: col for col in form_cols(model, columns_of(model))}
    single = [(key,) for key, col in cols.items() if col.kind == "text" and inspect(model).columns[key].unique]
    label, places = label_key(model), [key for key in ("area", "parent") if key in cols]
    if label in cols:
        return (*single, (label, *places[:1]))
    return (*single, tuple(key for key, col in cols.items() if col.required))


def label_key(model: type) -> str:
    return str(getattr(model, "__label_field__", "") or inspect(model).primary_key[0].key)


def pk_of(model: type) -> Any:
    """The key as a mapped attribute: a bare table column would slip past the scope of the session."""
    mapper = inspect(model)
    return mapper.get_property_by_column(mapper.primary_key[0]).class_attribute
