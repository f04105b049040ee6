"""Passwords that stand beside a list never go on: a column of them is emptied, one in a text is cut out."""

from collections.abc import Mapping
from dataclasses import replace

from rules.intake.headings import find
from rules.rosters.grid import Cell, Grid, Row
from rules.rosters.lookalikes import is_secret_column, scrub
from rules.rosters.tidy import squeeze

_SECRET = ("密码", "口令", "password", "passwd", "pwd")


def stripped(grid: Grid, names: Mapping[str, str]) -> Grid:
    """The same grid without credentials; columns that the ledger knows lose only what is named a password."""
    found = find([grid], names)
    known = set(found.columns.values()) if found else set()
    empty = {place for place in range(grid.width) if place not in known and _is_secret(grid, place, found.head if found else 0)}
    rows = tuple(Row(row.number, tuple(_cell(cell, at in known, at in empty) for at, cell in enumerate(row.cells))) for row in grid.rows)
    return replace(grid, rows=rows)


def _is_secret(grid: Grid, place: int, head: int) -> bool:
    texts = [row.cell(place).text for row in grid.rows[head + 1 :]]
    heads = [squeeze(row.cell(place).text) for row in grid.rows[: head + 1]]
    return any(word in text for text in heads for word in _SECRET) or is_secret_column(texts)


def _cell(cell: Cell, is_known: bool, is_empty: bool) -> Cell:
    return cell.with_text("" if is_empty else scrub(cell.text, named_only=is_known)[0])
