"""Text files: CSV, TSV and Word tables pasted as lines; encodings that townships use."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO

from documents.kinds import unknown
from documents.limits import COLUMNS, LINES, too_many_columns, too_many_rows
from rules.errors import RuleBroken
from rules.rosters.grid import Cell, Grid, Row
from rules.rosters.sections import sections
from rules.rosters.tidy import clean
from rules.text import _

_DELIMITERS = ("\t", ",", ";", "，", "；", "|")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LONGEST_FIELD = 100_000


def decode(data: bytes) -> str:
    """Unicode by its mark, else UTF-8, else GB18030; raises RuleBroken("file-unknown")."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise unknown(_("这个文件，它不是表格也不是文字"))


def read_text(data: bytes, name: str, understood: Callable[[Grid], int] | None = None) -> list[Grid]:
    """Grids of a text file; row numbers are line numbers. `name` is the title of last resort; `understood` picks the delimiter."""
    text = re.sub(r"\r\n?", "\n", decode(data))
    if understood is None and _is_flattened(text):
        return list(_flattened(text, name))
    best = max((_separated(text, name, mark) for mark in _DELIMITERS), key=lambda grid: (understood(grid), grid.width) if understood else _understood(grid))
    if best.width > COLUMNS:
        raise too_many_columns()
    return [best]


def _understood(grid: Grid) -> tuple[int, int]:
    found = sections(grid)
    return sum(len(set(section.meanings)) for section in found), grid.width


def _separated(text: str, name: str, delimiter: str) -> Grid:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                rows.append(Row(line, tuple(Cell(clean(field)) for field in _trimmed(fields))))
            if len(rows) > LINES:
                raise too_many_rows()
            line = reader.line_num + 1
    except csv.Error:
        return Grid(name, ())
    return Grid(name, tuple(rows))


def _trimmed(fields: list[str]) -> list[str]:
    while fields and not fields[-1].strip():
        fields = fields[:-1]
    return fields[: COLUMNS + 1]


def _is_flattened(text: str) -> bool:
    tabbed = [line for line in text.split("\n") if line.startswith("\t")]
    alone = [line for line in tabbed if "\t" not in line[1:]]
    return len(alone) >= 6 and 10 * len(alone) >= 9 * len(tabbed)


def _flattened(text: str, name: str) -> Iterator[Grid]:
    """A Word table as lines: TAB opens a cell, an empty line ends a row, other text is a title."""
    title, rows, cells, first = name, [], [], 0  # type: str, list[Row], list[str], int
    for number, line in enumerate([*text.split("\n"), "", "end"], start=1):
        if line.startswith("\t"):
            first = first if cells else number
            cells.append(line[1:])
        elif not line and cells:
            rows.append(_row(first, cells, rows))
            cells = []
        elif line.strip() and cells:
            cells[-1] += "\n" + line
        elif line.strip():
            if rows:
                yield Grid(title, tuple(rows))
                rows = []
            title = clean(line)


def _row(number: int, cells: list[str], rows: list[Row]) -> Row:
    if len(rows) >= LINES:
        raise too_many_rows()
    if len(cells) > COLUMNS:
        raise too_many_columns()
    if rows and len(cells) not in (1, len(rows[0].cells)):
        raise RuleBroken(
            "rows-uneven",
            _(
                "第 {line} 行起的一行表格有 {found} 格，表头有 {wanted} 格，可能漏了空格子。"
                "请改用 Word 或 Excel 原文件导入。"
            ),
            line=number,
            found=len(cells),
            wanted=len(rows[0].cells),
        )
    return Row(number, tuple(Cell(clean(cell)) for cell in cells))
