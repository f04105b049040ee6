"""Takes a list as it is filtered out into a file; the one export writer of all ledgers."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, send_file
from flask_babel import gettext
from sqlalchemy import Select

from admin.columns import Col
from admin.gate import Gate
from admin.query import MOST_COUNTED
from admin.reader import Reader, local
from documents.sheets import WRITERS, Sheet, file_name

MIMES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PLAIN = {"int", "decimal", "date"}


def export_rows(session: Any, stmt: Select[Any], cols: Sequence[Col], reader: Reader) -> Iterator[list[Any]]:
    """Typed values row by row, masked exactly as on the screen."""
    for row in session.scalars(stmt.limit(MOST_COUNTED).execution_options(yield_per=500)):
        yield [typed_value(reader, row, col) for col in cols]


def typed_value(reader: Reader, row: Any, col: Col) -> Any:
    value = reader.value(row, col)
    if isinstance(value, str) or value is None or col.kind not in {*PLAIN, "datetime"}:
        return reader.spoken(value, col) if value is not None else None
    return local(value) if col.kind == "datetime" else value


def footer(gate: Gate, number: str) -> list[str]:
    who, when = getattr(gate.actor(), "name", ""), local(gate.now())
    lines = [
        gettext("导出人：%(who)s", who=who),
        gettext("导出时间：%(when)s", when=f"{when:%Y-%m-%d %H:%M}"),
    ]
    return lines + ([gettext("导出编号：%(number)s", number=number)] if number else [])


def ship(kind: str, sheet: Sheet, gate: Gate) -> Response:
    out = io.BytesIO()
    WRITERS[kind](out, sheet)
    out.seek(0)
    name = file_name(sheet.title, local(gate.now()).date(), kind)
    return send_file(out, mimetype=MIMES[kind], as_attachment=True, download_name=name)
