"""Credentials leave a grid before anything else looks at it (clauses.md §4, import policy).

Closed by default: only cells of understood columns go on; a column nobody understands is emptied.
"""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rules.rosters.columns import Meaning
from rules.rosters.grid import Cell, Discarded, Grid, Row
from rules.rosters.lookalikes import is_secret_column, scrub
from rules.rosters.rowkinds import RowKind, kind_of
from rules.rosters.sections import Section, sections
from rules.rosters.tidy import fold, is_ditto, value

_KEY = secrets.token_bytes(32)
_NAMED_ONLY = {Meaning.ENTERPRISE, Meaning.CODE, Meaning.ACCOUNT}
_SECRET = {Meaning.SECRET, Meaning.LOGIN}
_CLOSED = {Meaning.ACCOUNT, Meaning.OTHER, Meaning.UNKNOWN}


def redact(grids: Sequence[Grid]) -> list[Grid]:
    """The same grids without credentials, with what was discarded counted; harmless to repeat."""
    return [_redact(grid) for grid in grids]


def _redact(grid: Grid) -> Grid:
    wiper = _Wiper()
    title = wiper.title(grid.title)
    found = sections(grid)
    edges = [*(section.header.start for section in found), len(grid.rows)]
    rows = [wiper.plain(row) for row in grid.rows[: edges[0]]]
    for section, (start, end) in zip(found, pairwise(edges), strict=True):
        rows += _redact_section(grid.rows[start:end], section, wiper)
    kept = tuple(rows) if found else ()
    unread = grid.unread if found else grid.unread or _lines(grid)
    return replace(grid, title=title, rows=kept, unread=unread, discarded=grid.discarded + wiper.total)


def _lines(grid: Grid) -> int:
    return sum(len(row.texts) > 1 for row in grid.rows)


def _redact_section(rows: tuple[Row, ...], section: Section, wiper: "_Wiper") -> list[Row]:
    """Header and body; the lines between this body and the next header are plain text."""
    kinds = [RowKind.HEADER] * len(section.header)
    kinds += [kind_of(row, section) for row in rows[len(section.header) :][: len(section.body)]]
    kinds += [RowKind.REMARK] * (len(rows) - len(kinds))
    data = [row for row, kind in zip(rows, kinds, strict=True) if kind is RowKind.DATA]
    secret = {column for column in range(_width(rows)) if _is_secret(data, section, column)}
    return [wiper.row(row, kind, section, secret) for row, kind in zip(rows, kinds, strict=True)]


def _width(rows: tuple[Row, ...]) -> int:
    return max(len(row.cells) for row in rows)


def _is_secret(data: list[Row], section: Section, column: int) -> bool:
    meaning = section.meaning(column)
    by_value = meaning in (Meaning.UNKNOWN, Meaning.NOTE)
    return meaning in _SECRET or (by_value and is_secret_column([row.cell(column).text for row in data]))


class _Wiper:
    """Wipes cells and keeps only counts and digests of what it wiped."""

    def __init__(self) -> None:
        self.total = Discarded()

    def title(self, text: str) -> str:
        """A bare odd word in a title goes too, but `Roster2023` is not counted as a password."""
        return scrub(self.scrubbed(text, named_only=True))[0]

    def row(self, row: Row, kind: RowKind, section: Section, secret: set[int]) -> Row:
        if kind is RowKind.HEADER:
            return self.header(row, section, secret)
        return self.data(row, section, secret) if kind is RowKind.DATA else self.plain(row)

    def plain(self, row: Row) -> Row:
        """Rows outside the data: only what looks like a credential goes."""
        return Row(row.number, tuple(self.cell(cell) for cell in row.cells))

    def header(self, row: Row, section: Section, secret: set[int]) -> Row:
        """Headings of columns that do not go on are emptied, except those that span others."""
        return Row(row.number, tuple(self._heading(row, at, section, secret) for at in range(len(row.cells))))

    def _heading(self, row: Row, column: int, section: Section, secret: set[int]) -> Cell:
        scrubbed = self.cell(row.cells[column])
        is_open = column not in secret and section.meaning(column) not in _CLOSED
        return scrubbed if is_open or row.cell(column + 1).merged_from_left else scrubbed.with_text("")

    def data(self, row: Row, section: Section, secret: set[int]) -> Row:
        return Row(
            row.number, tuple(self._body(cell, at, section, secret) for at, cell in enumerate(row.cells))
        )

    def _body(self, cell: Cell, column: int, section: Section, secret: set[int]) -> Cell:
        meaning = section.meaning(column)
        if column in secret:
            self._discard_cell(cell, is_login=meaning is Meaning.LOGIN)
            return cell.with_text("")
        scrubbed = self.cell(cell, named_only=meaning in _NAMED_ONLY)
        return scrubbed.with_text("") if meaning in _CLOSED else scrubbed

    def cell(self, cell: Cell, *, named_only: bool = False) -> Cell:
        return cell.with_text(self.scrubbed(cell.text, named_only=named_only)) if cell.text else cell

    def scrubbed(self, text: str, *, named_only: bool = False) -> str:
        clean, found = scrub(text, named_only=named_only)
        for secret in found:
            self._count(secret)
        return clean

    def _discard_cell(self, cell: Cell, *, is_login: bool) -> None:
        text = value(cell.text)
        if not text or cell.merged_from_above or is_ditto(text):
            return
        _, named = scrub(text, named_only=True)
        parts = [part for part in re.split(r"[/、,，;；:：|\s]+", text) if part]
        self._count(named[0] if named else parts[-1] if is_login and parts else text)

    def _count(self, secret: str) -> None:
        digest = hmac.digest(_KEY, fold(secret).encode(), "sha256")[:16]
        self.total += Discarded(1, frozenset({digest}))
