"""Which columns lead to a table: read from the metadata, so that a new table can't be forgotten."""

from typing import Any

from sqlalchemy import inspect

from models.base import db


def pointing_at(model: Any) -> list[tuple[Any, str]]:
    """(class, attribute) of every foreign key to the table of `model`, tables in the order of their names."""
    target, found = inspect(model).local_table, {}
    for mapper in sorted(db.Model.registry.mappers, key=lambda one: len(list(one.iterate_to_root()))):
        for prop in mapper.column_attrs:
            column = prop.columns[0]
            if any(key.column.table is target for key in column.foreign_keys):
                found.setdefault((column.table.name, column.name), (mapper.class_, prop.key))
    return [found[key] for key in sorted(found)]
