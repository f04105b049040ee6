"""Sheets of a workbook, read by calamine in a child process with little memory."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from documents.guard import encrypted
from documents.limits import COLUMNS, LINES, broken, too_far, too_many_columns, too_many_rows
from rules.rosters.grid import Cell, Grid, Row
from rules.rosters.tidy import clean

_CHILD = Path(__file__).with_name("excel_child.py")
_SECONDS = 10


def read_xlsx(parts: dict[str, bytes]) -> list[Grid]:
    """Visible sheets; the container is packed anew from the parts that the guard has counted."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return read_xls(packed.getvalue())


def read_xls(data: bytes) -> list[Grid]:
    """Visible sheets; row numbers are those of the sheet."""
    answer = _ask_child(data)
    if "error" in answer:
        raise encrypted() if answer["error"] == "password" else too_far()
    grids = [_grid(sheet) for sheet in answer["sheets"]]
    if sum(len(grid.rows) for grid in grids) > LINES:
        raise too_many_rows()
    return grids


def _ask_child(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_CHILD), str(LINES), str(COLUMNS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own script
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.CalledProcessError as ended:
        raise (too_far() if ended.returncode < 0 else broken()) from None
    except (subprocess.TimeoutExpired, ValueError):
        raise too_far() from None
    return answer


def _grid(sheet: dict[str, Any]) -> Grid:
    covered = _covered(sheet["merges"], {number for number, _texts in sheet["rows"]})
    widths: dict[int, int] = {}
    for row, column in covered:
        widths[row] = max(widths.get(row, 0), column + 1)
    rows = tuple(_row(number, texts, covered, widths.get(number, 0)) for number, texts in sheet["rows"])
    return Grid(clean(sheet["name"]), rows)


def _row(number: int, texts: list[str], covered: dict[tuple[int, int], bool], width: int) -> Row:
    if len(texts) > COLUMNS:
        raise too_many_columns()
    return Row(number, tuple(_cell(number, at, texts, covered) for at in range(max(len(texts), width))))


def _cell(number: int, column: int, texts: list[str], covered: dict[tuple[int, int], bool]) -> Cell:
    text = clean(texts[column]) if column < len(texts) else ""
    place = (number, column)
    if place not in covered:
        return Cell(text)
    return Cell(text, merged_from_above=covered[place], merged_from_left=not covered[place])


def _covered(merges: list[list[int]], numbers: set[int]) -> dict[tuple[int, int], bool]:
    """Places that a merge swallowed → whether from above (else from the left)."""
    covered = {}
    for top, left, bottom, right in merges:
        for number in range(top + 1, min(bottom + 1, top + LINES) + 1):
            if number in numbers:
                for column in range(left, min(right, COLUMNS) + 1):
                    covered[number, column] = number > top + 1
        covered.pop((top + 1, left), None)
    return covered
