"""A blank sheet of any ledger to fill in: drop-downs, required columns marked, numbers as text, days as days."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.sheets import open_book, sheet_name
from rules.text import _

ROWS = 5000
LISTS = _("选项")
GUIDE_HEADS = (_("栏目"), _("必填"), _("怎样填"), _("例子"))
GUIDE = (
    _("一、在第一张表里填，一行一条；栏目名不要改，先后可以换，不用的栏目可以删。"),
    _("二、带 * 的栏目新增时必须填。已登记的记录，空着的栏目保持原样，不会被清空。"),
    _("三、填好后上传，先看预览，确认后才写入；同一份表再传一次不会重复。"),
    _("四、不要写账号和密码：系统不收，写了也会丢弃。"),
)


@dataclass(frozen=True)
class Blank:
    """One column; `names` feed its drop-down, which `is_closed` or only suggests; `kind` is that of models/columns."""

    label: str
    kind: str
    is_required: bool = False
    help: str = ""
    example: str = ""
    names: Sequence[str] = ()
    is_closed: bool = False


def write_blank(out: BinaryIO, title: str, columns: Sequence[Blank]) -> None:
    with open_book(out) as book:
        page = book.add_worksheet(sheet_name(title))
        looks = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}), "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "int": book.add_format({"num_format": "0"}), "decimal": book.add_format({"num_format": "0.00"}), "": book.add_format({"num_format": "@"}),
        }  # fmt: skip
        heads = [book.add_format({"bold": True, "border": 1, "bg_color": color}) for color in ("#EEF2F8", "#FDE9D9")]
        page.freeze_panes(1, 0)
        lists = _lists(book, columns)
        for at, column in enumerate(columns):
            _column(page, at, column, looks.get(column.kind, looks[""]), heads[column.is_required], lists[at])
        _guide(book, title, columns)


def _column(page: Worksheet, at: int, column: Blank, look: Format, head: Format, source: str) -> None:
    page.set_column(at, at, max(12, 2 * len(column.label) + 4), look)
    page.write_string(0, at, ("*" if column.is_required else "") + column.label, head)
    if column.help:
        page.write_comment(0, at, column.help)
    check = _check(column, source)
    if check:
        page.data_validation(1, at, ROWS, at, check)


def _check(column: Blank, source: str) -> dict[str, object]:
    if source:
        kind = "stop" if column.is_closed else "warning"
        return {"validate": "list", "source": source, "error_type": kind, "error_title": _("请核对"), "error_message": _("请从下拉中选。")}
    if column.kind == "int":
        return {"validate": "integer", "criteria": "between", "minimum": -(2**31) + 1, "maximum": 2**31 - 1,
                "error_title": _("请核对"), "error_message": _("请填整数。")}  # fmt: skip
    return {}


def _lists(book: Workbook, columns: Sequence[Blank]) -> list[str]:
    """A hidden sheet of the names; for each column where its own stand."""
    page = book.add_worksheet(LISTS)
    page.hide()
    sources = []
    for at, column in enumerate(columns):
        page.write_column(0, at, column.names)
        sources.append(f"='{LISTS}'!${_letters(at)}$1:${_letters(at)}${len(column.names)}" if column.names else "")
    return sources


def _letters(at: int) -> str:
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


def _guide(book: Workbook, title: str, columns: Sequence[Blank]) -> None:
    page = book.add_worksheet(_("填写说明"))
    bold, wrap = book.add_format({"bold": True, "bg_color": "#EEF2F8", "border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate((20, 8, 60, 24)):
        page.set_column(at, at, width, wrap)
    page.write_column(0, 0, GUIDE, book.add_format({}))
    top = len(GUIDE) + 1
    page.write_row(top, 0, GUIDE_HEADS, bold)
    for at, column in enumerate(columns, start=top + 1):
        page.write_row(at, 0, (column.label, _("是") if column.is_required else "", column.help, column.example))
