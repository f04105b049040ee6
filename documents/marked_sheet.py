"""The user's own sheet as it was read, its bad cells coloured, the reason at the end of each row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from documents.sheets import open_book, sheet_name
from rules.rosters.grid import Grid
from rules.text import _

REASON = _("错误说明")


@dataclass(frozen=True)
class Mark:
    """What is wrong with a row: the columns to colour, all of it where none is named, and why."""

    columns: frozenset[int]
    why: str


def write_marked(out: BinaryIO, grid: Grid, head: int, marks: Mapping[int, Mark]) -> None:
    """`marks` by place of the row in the grid; row numbers stay those of the source."""
    width = grid.width
    with open_book(out) as book:
        page = book.add_worksheet(sheet_name(grid.title) or _("表格"))
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F8", "border": 1})
        bad, text = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}), book.add_format({"num_format": "@"})
        page.set_column(0, max(width - 1, 0), 16, text)
        page.set_column(width, width, 60)
        for at, row in enumerate(grid.rows):
            mark = marks.get(at)
            for place, cell in enumerate(row.cells):
                is_bad = mark is not None and (place in mark.columns or not mark.columns)
                look = bold if at == head else bad if is_bad else text
                if cell.text or is_bad:
                    page.write_string(row.number - 1, place, cell.text, look)
            for place in (mark.columns if mark else ()):
                if place >= len(row.cells):
                    page.write_string(row.number - 1, place, "", bad)
            if mark:
                page.write_string(row.number - 1, width, mark.why, bad)
        page.write_string(grid.rows[head].number - 1, width, REASON, bold)
        page.freeze_panes(grid.rows[head].number, 0)
