"""A sheet that can be read on a screen, reckoned with and printed as it stands (A4 landscape)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.sheets import Cell, plain, put, sheet_name
from rules.results import Share
from rules.text import _

A4 = 9
HEAD_ROW = 2
LINE_PT, HIGHEST_PT = 15, 400
NARROWEST, WIDEST = 6, 60
Value = Cell | Decimal | Share


@dataclass(frozen=True)
class Signed:
    """Who answers for the sheet, printed at the foot of every page; "" leaves a line to sign on.

    `mark` is what a leaked page is found again by: who exported it, when, under which number.
    """

    made_by: str = ""
    checked_by: str = ""
    on: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Printed:
    """One sheet: `under` the title what it rests on; the last `totals` rows are set bold.

    Neighbouring rows whose first `merged` cells are alike share them, as on paper.
    """

    name: str
    title: str
    under: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    totals: int = 0
    merged: int = 0


class Printer:
    """Puts sheets into one workbook in one look."""

    def __init__(self, book: Workbook, signed: Signed) -> None:
        self.book, self.signed = book, signed
        self._formats: dict[tuple[str, bool], Format] = {}
        self._title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self._under = book.add_format({"font_size": 9, "text_wrap": True, "valign": "vcenter"})
        self._head = book.add_format(
            {
                "bold": True,
                "bg_color": "#EEF2F8",
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        )

    def add(self, sheet: Printed) -> Worksheet:
        """Write and set up one sheet; its header row is the third."""
        page = self.book.add_worksheet(sheet_name(sheet.name))
        last = len(sheet.heads) - 1
        _across(page, 0, last, sheet.title, self._title)
        _across(page, 1, last, sheet.under, self._under)
        page.write_row(HEAD_ROW, 0, sheet.heads, self._head)
        room = list(widths(sheet.heads, sheet.rows))
        for column, width in enumerate(room):
            page.set_column(column, column, width)
        page.set_row(0, 28)
        page.set_row(1, LINE_PT * lines(sheet.under, sum(room)))
        for at, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
            page.set_row(at, min(HIGHEST_PT, LINE_PT * max(map(lines, map(_shown, row), room)) + 3))
        self._body(page, sheet)
        self._setup(page)
        return page

    def _body(self, page: Worksheet, sheet: Printed) -> None:
        bold_from = len(sheet.rows) - sheet.totals
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                self._put(page, HEAD_ROW + 1 + at, column, value, at >= bold_from)
        for first, last in _runs(sheet.rows, sheet.merged):
            for column in range(sheet.merged):
                text = str(sheet.rows[first][column])
                page.merge_range(HEAD_ROW + 1 + first, column, HEAD_ROW + 1 + last, column, text, self._cell("", False))

    def _put(self, page: Worksheet, row: int, column: int, value: Value, bold: bool) -> None:
        if isinstance(value, Share):
            percent = value.percent
            value, shape = (None if percent is None else float(percent) / 100), "0.00%"
        elif isinstance(value, Decimal):
            value, shape = float(value), "0.00"
        else:
            shape = "yyyy-mm-dd" if hasattr(value, "isoformat") else ""
        cell = self._cell(shape, bold)
        page.write_blank(row, column, None, cell)
        put(page, row, column, plain(value), (cell, cell), cell)

    def _cell(self, shape: str, bold: bool) -> Format:
        if (shape, bold) not in self._formats:
            look = {"border": 1, "bold": bold, "text_wrap": True, "valign": "vcenter"}
            self._formats[shape, bold] = self.book.add_format(look | ({"num_format": shape} if shape else {}))
        return self._formats[shape, bold]

    def _setup(self, page: Worksheet) -> None:
        page.freeze_panes(HEAD_ROW + 1, 0)
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.repeat_rows(0, HEAD_ROW)
        page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        page.set_header(f"&R&8{_safe(self.signed.mark, 110)}")
        page.set_footer(self._foot())

    def _foot(self) -> str:
        who = self.signed
        left = _("制表人：{made}　审核人：{checked}").format(
            made=_safe(who.made_by, 30) or "　　　　", checked=_safe(who.checked_by, 30) or "　　　　"
        )
        day = _("日期：{day}").format(day=_safe(who.on, 30) or "　　　　")
        return f"&L{left}&C{_('第 &P 页，共 &N 页')}&R{day}"


def wide(text: str) -> int:
    """Width in half-width characters; a Chinese character counts two."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def widths(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[int]:
    """Column widths that hold the longest line, within bounds."""
    for column, head in enumerate(heads):
        texts = [head, *(_shown(row[column]) for row in rows if column < len(row))]
        longest = max(wide(line) for text in texts for line in (text.splitlines() or [""]))
        yield min(WIDEST, max(NARROWEST, longest + 2))


def lines(text: str, room: int) -> int:
    """How many lines `text` takes in a column of that width; files without heights are shown cut off."""
    return sum(max(1, -(-wide(line) // (room - 1))) for line in (text.splitlines() or [""]))


def _shown(value: Value) -> str:
    if isinstance(value, Share):
        return "100.00%"
    return f"{value:.2f}" if isinstance(value, Decimal) else str(plain(value))


def _across(page: Worksheet, row: int, last: int, text: str, look: Format) -> None:
    if last:
        page.merge_range(row, 0, row, last, text, look)
    else:
        page.write_string(row, 0, text, look)


def _runs(rows: Sequence[Sequence[Value]], merged: int) -> Iterator[tuple[int, int]]:
    for _same, group in groupby(range(len(rows)), key=lambda at: tuple(rows[at][:merged])):
        places = list(group)
        if merged and len(places) > 1:
            yield places[0], places[-1]


def _safe(text: str, longest: int) -> str:
    """Text for a page's head or foot, where & gives orders and 255 characters are the end."""
    return text[:longest].replace("&", "&&")
