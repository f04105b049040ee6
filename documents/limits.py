"""How large a file may be before we look inside (trust F10, G22)."""

from rules.errors import RuleBroken
from rules.text import _

FILE_BYTES = 10 * 1024 * 1024
UNPACKED_BYTES = 60 * 1024 * 1024
RATIO = 150
RATIO_FROM = 1024 * 1024
ENTRIES = 2000
ROWS = 5000  # rows of data
LINES = ROWS + 100  # with titles, headings, sums, notes and the sheet that explains how to fill it in
COLUMNS = 60
CELLS = 100_000

SAVE_AS = _("请在 WPS 或 Word、Excel 中打开，另存为 .docx 或 .xlsx 后再导入。")


def too_large() -> RuleBroken:
    return RuleBroken(
        "file-too-large", _("文件超过 10 MB。责任清单用不了这么大，请删去图片，只留表格后再导入。")
    )


def bomb() -> RuleBroken:
    return RuleBroken(
        "file-zip-bomb", _("文件解压后大得不正常，为安全起见没有打开。请新建文件，只粘贴表格内容后再导入。")
    )


def broken() -> RuleBroken:
    return RuleBroken("file-broken", _("文件打不开，可能已损坏。{advice}"), advice=SAVE_AS)


def too_many_rows() -> RuleBroken:
    return RuleBroken(
        "too-many-rows",
        _("表格超过 {rows} 行或 10 万格。请分成几个文件，或删去表格下方的无关内容后再导入。"),
        rows=ROWS,
    )


def too_many_columns() -> RuleBroken:
    return RuleBroken(
        "too-many-columns",
        _("表格超过 {columns} 列。请删去右侧的无关内容后再导入。"),
        columns=COLUMNS,
    )


def too_far() -> RuleBroken:
    return RuleBroken(
        "sheet-too-large",
        _("工作表大得不正常，可能右边或下边很远的格子里有内容。请把责任清单复制到新建的表格里，再导入。"),
    )


def too_much_data(found: int) -> RuleBroken:
    return RuleBroken(
        "too-many-rows",
        _("表里有 {found} 行内容，一次最多导入 {rows} 行。请拆成几个文件，每个都保留表头、不超过 {rows} 行，分几次导入。"),
        found=found,
        rows=ROWS,
    )
