"""Ledgers as files for WPS and Excel: typed cells, no live formulas, names a clerk finds again."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rules.text import _

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_000
ROWS_A_PAGE = 1_000_000  # Excel ends at 1,048,576
A4, WIDE, MARGIN = 9, 7, 200
Cell = str | int | float | bool | dt.date | dt.datetime | None


@dataclass
class Sheet:
    """`title` names sheet and file; `rows` is read once; `footer` lines say who, when, which export."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    footer: Sequence[str] = field(default_factory=tuple)


def file_name(title: str, day: dt.date, kind: str) -> str:
    """`企业档案_20240728.xlsx`."""
    return f"{title}_{day:%Y%m%d}.{kind}"


def plain(value: Cell) -> str | int | float | dt.date | dt.datetime:
    """What Excel can hold: instants without zone, booleans and blanks as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, int | float | dt.date) else str(value)[:LONGEST_CELL]


def open_book(out: BinaryIO, **settings: bool) -> xlsxwriter.Workbook:
    """A workbook in which a text is a text: no formula, link or number is guessed from it."""
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(out, {**settings, **inert})


def sheet_name(title: str) -> str:
    """What Excel takes as a sheet's name."""
    return title[:31].translate({ord(c): "-" for c in "[]:*?/\\'"})


def write_xlsx(out: BinaryIO, sheet: Sheet) -> int:
    """Write `sheet` into `out` in constant memory, a new page every ROWS_A_PAGE rows; returns the number of rows."""
    with open_book(out, constant_memory=True) as book:
        looks = _Looks(book)
        page, below, count, number = _page(book, sheet, looks, 1), 1, 0, 1
        for row in sheet.rows:
            if below > ROWS_A_PAGE:
                _sign(page, below, sheet)
                number += 1
                page, below = _page(book, sheet, looks, number), 1
            for at, value in enumerate(map(plain, row)):
                put(page, below, at, value, looks.dates)
            below, count = below + 1, count + 1
        _sign(page, below, sheet)
    return count


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head = book.add_format({"bold": True, "bg_color": "#EEF2F8", "border": 1})
        self.dates = (book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))


def _page(book: xlsxwriter.Workbook, sheet: Sheet, looks: _Looks, number: int) -> Worksheet:
    """A sheet with its heads; whose it is stands in the margins of every printed page."""
    page = book.add_worksheet(sheet_name(sheet.title)[:28] + (str(number) if number > 1 else ""))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if len(sheet.heads) > WIDE:
        page.set_landscape()
    page.set_column(0, max(len(sheet.heads) - 1, 0), 16)
    page.write_row(0, 0, sheet.heads, looks.head)
    page.set_footer(_margin(sheet))
    return page


def _margin(sheet: Sheet) -> str:
    """The watermark: as many of the footer's lines as a margin holds, then the page of how many."""
    pages = _("　第&P页/共&N页")
    words = "　".join(reversed(sheet.footer)).replace("&", "&&")[: MARGIN - len(pages)]
    return "&C" + words.rstrip("&") + pages


def _sign(page: Worksheet, below: int, sheet: Sheet) -> None:
    for at, text in enumerate(sheet.footer, below + 1):
        page.write_string(at, 0, text)


def put(page: Worksheet, row: int, at: int, value: Cell, dates: tuple[Format, Format], look: Format | None = None) -> None:
    """Write one `plain` value as what it is; `dates` are the looks of a day and of an instant, `look` of the rest."""
    if isinstance(value, dt.datetime):
        page.write_datetime(row, at, value, dates[1])
    elif isinstance(value, dt.date):
        page.write_datetime(row, at, value, dates[0])
    elif isinstance(value, int | float):
        page.write_number(row, at, value, look)
    elif value:
        page.write_string(row, at, value, look)


def write_csv(out: BinaryIO, sheet: Sheet) -> int:
    """UTF-8 with a mark so that Excel and WPS read Chinese; a text that looks like a formula gets a quote."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([disarmed(head) for head in sheet.heads])
    count = 0
    for row in sheet.rows:
        writer.writerow([disarmed(spoken(value)) for value in row])
        count += 1
    for line in sheet.footer:
        writer.writerow([disarmed(line)])
    text.detach()
    return count


def spoken(value: Cell) -> str | int | float:
    value = plain(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else value


def disarmed(value: str | int | float) -> str | int | float:
    """Blanks before the sign don't save it: programs trim them."""
    return "'" + value if isinstance(value, str) and value.lstrip(" \u3000\xa0\0").startswith(FORMULA_START) else value


WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
MIMES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
