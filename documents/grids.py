"""Any file that a township sends to grids, guarded and without credentials.

The only door: the raw grids never leave this module (clauses.md §4, trust F10 and G22).
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from documents.guard import xml_parts
from documents.kinds import FileKind, check_ole, office_kind, outer_kind
from documents.limits import CELLS, FILE_BYTES, ROWS, too_large, too_many_rows, too_much_data
from documents.read_docx import read_docx
from documents.read_excel import read_xls, read_xlsx
from documents.read_text import read_text
from rules.intake.headings import find
from rules.intake.secrets import stripped
from rules.rosters.credentials import redact
from rules.rosters.grid import Grid
from rules.rosters.tidy import clean


def read_grids(data: bytes, filename: str) -> list[Grid]:
    """Grids of a .docx, .xlsx, .xls or text file, told apart by content; `filename` only names it.

    Raises RuleBroken: file-too-large, file-empty, file-unknown, file-encrypted, file-macros,
    file-unsafe, file-zip-bomb, file-broken, too-many-rows, too-many-columns, rows-uneven.
    """
    if len(data) > FILE_BYTES:
        raise too_large()
    return redact(_small_enough(_raw(data, clean(PurePath(filename.replace("\\", "/")).stem))))


def read_sheet(data: bytes, filename: str, names: Mapping[str, str]) -> list[Grid]:
    """Grids for one ledger's import; `names` are its headings. What looks like a credential is taken out; raises as `read_grids`."""
    if len(data) > FILE_BYTES:
        raise too_large()
    grids = _small_enough(_raw(data, clean(PurePath(filename.replace("\\", "/")).stem), lambda grid: _known(grid, names)))
    found = find(grids, names)
    if found and len(found.lines) > ROWS:
        raise too_much_data(len(found.lines))
    return [stripped(grid, names) for grid in grids]


def _known(grid: Grid, names: Mapping[str, str]) -> int:
    found = find([grid], names)
    return len(found.columns) if found else 0


def _small_enough(grids: list[Grid]) -> list[Grid]:
    if sum(len(row.cells) for grid in grids for row in grid.rows) > CELLS:
        raise too_many_rows()
    return grids


def _raw(data: bytes, name: str, understood: Callable[[Grid], int] | None = None) -> list[Grid]:
    kind = outer_kind(data)
    if kind == "ole":
        check_ole(data)
        return read_xls(data)
    if kind == "zip":
        parts = xml_parts(data)
        return read_docx(parts) if office_kind(parts) is FileKind.DOCX else read_xlsx(parts)
    return read_text(data, name, understood)
