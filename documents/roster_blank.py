"""A blank of the two annexes to fill in: drop-downs, notes on the headings, telephone columns as text."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.printed import HEAD_ROW, Printed, Printer, Signed
from documents.roster_sheet import CADRE_HEADS, LEADER_HEADS
from documents.sheets import open_book
from rules.rosters.report import RosterKind
from rules.text import _

ROWS = 300
CHOICES = _("选项")
UNDER = _("一行写一家企业；表头不要改动。填好后在“名册导入”上传，导入前会先给您看结果。")
LEADER_NOTES = (
    "",
    _("写营业执照上的全称"),
    _("写村名，可从下拉中选"),
    _("写姓名，可从下拉中选"),
    _("姓名后面写手机号，例如：王某某 19900000001"),
    "",
)
CADRE_NOTES = (
    _("写姓名，可从下拉中选；每一行都要写"),
    _("11位手机号"),
    _("写营业执照上的全称"),
    _("写企业负责人自己的号码，不要写干部的号码"),
)
GUIDE = (
    _("一、两张表各填各的：领导包抓的填第一张，干部包保的填第二张。"),
    _("二、一行一家企业；同一名干部包保几家，就写几行。"),
    _("三、下拉里没有的人名、村名可以直接写，系统会提醒您核对。"),
    _("四、电话写数字即可；一个格子只写一个号码。"),
    _("五、不要写账号和密码：系统不收，写了也会丢弃。"),
)


def blank_roster(
    township: str, leaders: Sequence[str], cadres: Sequence[str], villages: Sequence[str], signed: Signed
) -> bytes:
    """The blank as .xlsx; the names feed the drop-downs, a name outside of them is allowed with a warning."""
    out = BytesIO()
    with open_book(out) as book:
        printer = Printer(book, signed)
        choices = _choices_of(leaders, cadres, villages)
        _form(printer, RosterKind.LEADER, township, LEADER_HEADS, LEADER_NOTES, {3: choices[0], 2: choices[2]})
        _form(printer, RosterKind.CADRE, township, CADRE_HEADS, CADRE_NOTES, {0: choices[1]})
        _guide(book)
        _lists(book, (leaders, cadres, villages))
    return out.getvalue()


def _form(
    printer: Printer, kind: RosterKind, township: str, heads: Sequence[str], notes: Sequence[str], lists: dict[int, str]
) -> None:
    rows = [[""] * len(heads)] * ROWS
    page = printer.add(Printed(kind.label, township + kind.label, UNDER, heads, rows))
    text = printer.book.add_format({"num_format": "@", "border": 1})
    for column, note in enumerate(notes):
        page.set_column(column, column, 20)
        for row in range(ROWS):
            page.write_blank(HEAD_ROW + 1 + row, column, None, text)
        if note:
            page.write_comment(HEAD_ROW, column, note)
    for column, source in lists.items():
        if source:
            page.data_validation(HEAD_ROW + 1, column, HEAD_ROW + ROWS, column, _drop_down(source))


def _drop_down(source: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": _("请核对"),
        "error_message": _("名单里没有这个名字。如确实没有登记，可以继续。"),
    }


def _choices_of(*lists: Sequence[str]) -> list[str]:
    columns = zip("ABC", lists, strict=True)
    return [f"='{CHOICES}'!${letter}$1:${letter}${len(names)}" if names else "" for letter, names in columns]


def _lists(book: Workbook, lists: Sequence[Sequence[str]]) -> None:
    page: Worksheet = book.add_worksheet(CHOICES)
    for column, names in enumerate(lists):
        page.write_column(0, column, names)
    page.hide()


def _guide(book: Workbook) -> None:
    page = book.add_worksheet(_("填写说明"))
    page.set_column(0, 0, 80)
    page.write_column(0, 0, GUIDE, book.add_format({"text_wrap": True, "font_size": 12}))
