"""Runs alone, in a process with little memory: calamine allocates whole rectangles.

Two cells in opposite corners of a sheet make it ask for 512 GB and abort the process, so it never
runs inside the web server. Reads a workbook from standard input, writes JSON to standard output.
"""

import datetime
import json
import resource
import sys
from io import BytesIO
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 8
LONGEST_CELL = 1000
LONGEST_SHEETS = 8_000_000


def main(rows: int, columns: int) -> None:
    """`rows` and `columns`: how much to hand on at most, one more to show that there is more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_answer(sys.stdin.buffer.read(), rows, columns), sys.stdout)


def _answer(data: bytes, rows: int, columns: int) -> dict[str, Any]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError:
        return {"error": "password"}
    except MemoryError:
        return {"error": "memory"}
    try:
        return {"sheets": _sheets(book, rows, columns)}
    except MemoryError:
        return {"error": "memory"}


def _sheets(book: CalamineWorkbook, rows: int, columns: int) -> list[dict[str, Any]]:
    visible = [meta.name for meta in book.sheets_metadata if meta.visible is SheetVisibleEnum.Visible]
    sheets = []
    for name in visible:
        sheets.append(_sheet(book.get_sheet_by_name(name), rows, columns))
        rows -= len(sheets[-1]["rows"])
        if (
            sum(len(text) for sheet in sheets for _number, texts in sheet["rows"] for text in texts)
            > LONGEST_SHEETS
        ):
            raise MemoryError
    return sheets


def _sheet(sheet: CalamineSheet, rows: int, columns: int) -> dict[str, Any]:
    top, left = sheet.start or (0, 0)
    kept = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        texts = [_text(cell) for cell in [""] * left + cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            kept.append([number, texts[: columns + 1]])
        if len(kept) > rows:
            break
    merges = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return {"name": sheet.name, "rows": kept, "merges": merges[: rows * 4]}


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)[:LONGEST_CELL]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
