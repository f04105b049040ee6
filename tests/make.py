"""`make(session, Model, **facts)`: a row whose other columns are filled with something that fits."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, inspect

from models.types import Instant
from rules.choices import Choice

NUMBERS = count(1)
VALUES = {bool: False, int: 1, datetime: datetime(2026, 1, 1, tzinfo=UTC), date: date(2026, 1, 1)}

TYPICAL = {"month": "2026-10"}  # texts that the models read


def make(session: Any, model: type, **facts: Any) -> Any:
    """Rows that must be pointed to are found, or made first; nothing is announced or committed."""
    row = model(**facts)
    for relation in inspect(model).relationships:
        if relation.direction.name == "MANYTOONE" and relation.key not in facts and _must(relation.local_columns):
            far = relation.mapper.class_
            setattr(row, relation.key, session.query(far).order_by(far.id).first() or make(session, far))
    for column in inspect(model).columns:
        if not column.foreign_keys and getattr(row, column.key, None) is None and _must([column]):
            setattr(row, column.key, _value(column))
        elif column.foreign_keys and getattr(row, column.key, None) is None and _must([column]):
            _point(session, row, column)
    session.add(row)
    session.flush()
    return row


def _must(columns: Any) -> bool:
    return all(not c.nullable and c.default is None and not c.primary_key and c.key not in {"version", "area_path"} for c in columns)


def _value(column: Any) -> Any:
    if isinstance(column.type, JSON):
        return {}
    kind = datetime if isinstance(column.type, Instant) else column.type.python_type
    if issubclass(kind, Choice):
        return next(iter(kind))
    if column.key in TYPICAL:
        return TYPICAL[column.key]
    return VALUES[kind] if kind in VALUES else f"t{next(NUMBERS)}"[: column.type.length or 40]


def _point(session: Any, row: Any, column: Any) -> None:
    """A foreign key without a relationship beside it."""
    mapper = inspect(type(row))
    if any(column in relation.local_columns for relation in mapper.relationships):
        return
    table = next(iter(column.foreign_keys)).column.table
    far = next(m.class_ for m in mapper.registry.mappers if m.local_table is table and m.inherits is None)
    found = session.query(far).order_by(far.id).first() or make(session, far)
    setattr(row, column.key, found.id)
