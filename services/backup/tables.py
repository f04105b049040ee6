"""Rows from one database to another of the same shape, kind to kind, exactly as stored: sealed texts stay sealed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Column, Connection, MetaData, Table, func, select, text
from sqlalchemy.schema import AddConstraint, DropConstraint
from sqlalchemy.types import TypeDecorator

from models import db

BATCH = 2000
Say = Callable[[str], None]


def plain_tables() -> list[Table]:
    """Every table with the types it stores."""
    bare = MetaData()
    return [Table(t.name, bare, *(Column(c.name, _stored(c), primary_key=c.primary_key) for c in t.columns)) for t in _sorted()]


def _sorted() -> list[Table]:
    return sorted(db.metadata.tables.values(), key=lambda table: table.name)


def _stored(column: Column[Any]) -> Any:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return JSON(none_as_null=bool(column.nullable)) if isinstance(kind, JSON) else kind


def copy_rows(source: Connection, target: Connection, say: Say) -> dict[str, int]:
    """Everything, table by table, in streams; returns the rows per table."""
    counts = {}
    with _unlinked(target):
        for table in plain_tables():
            counts[table.name] = _copy_table(source, target, table)
            say(f"{table.name}：{counts[table.name]} 行")
        _count_on(target)
    return counts


def _copy_table(source: Connection, target: Connection, table: Table) -> int:
    query = select(table).order_by(*table.primary_key)
    rows = source.execute(query, execution_options={"yield_per": BATCH})
    count = 0
    for batch in rows.mappings().partitions(BATCH):
        target.execute(table.insert(), [dict(row) for row in batch])
        count += len(batch)
    return count


@contextmanager
def _unlinked(target: Connection) -> Iterator[None]:
    """References are laid aside while rows arrive in any order, and checked when they are put back."""
    if target.dialect.name != "postgresql":
        yield
        return
    links = [link for table in _sorted() for link in table.foreign_key_constraints]
    for link in links:
        target.execute(DropConstraint(link))
    yield
    for link in links:
        target.execute(AddConstraint(link, isolate_from_table=False))


def _count_on(target: Connection) -> None:
    """The next number follows the last one copied."""
    if target.dialect.name != "postgresql":
        return
    for table in plain_tables():
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), greatest(:last, 1), :last > 0)"),
            {"name": table.name, "last": target.scalar(select(func.max(table.c.id))) or 0},
        )


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows per table."""
    return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in plain_tables()}
