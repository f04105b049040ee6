"""Where the table begins in a sheet that an office made: titles above, columns in any order, merged headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.rosters.grid import Grid, Row
from rules.rosters.tidy import fold, is_ditto, squeeze
from rules.rosters.totals import is_total

LOOKED_AT = 30  # rows from the top among which the heading must be
ALIASES: Mapping[str, tuple[str, ...]] = {
    "所在村": ("村", "村名", "村社", "村社区", "行政村", "所属村", "所在村社区", "所在村社", "经营场所所在村"),
    "电话": ("手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式", "企业电话"),
    "名称": ("企业名称", "企业社名称", "单位名称", "户名", "场所名称", "店名", "门店名称", "企业"),
    "联系人": ("负责人", "企业联系人", "法人", "法定代表人"),
    "统一社会信用代码": ("信用代码", "社会信用代码"),
    "姓名": ("干部姓名", "人员姓名"),
    "备注": ("说明",),
}
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_REMARK = re.compile(r"^(注|备注|说明|合计|总计|小计|填表|制表|审核|导出|筛选条件|用途|经办|日期)")


@dataclass(frozen=True)
class Line:
    """One row of data: its number in the source, its place in the grid, the text under each key."""

    number: int
    at: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The table of a file: which grid, where the heading ends, key → column, and headings nobody reads."""

    grid: Grid
    head: int
    columns: Mapping[str, int]
    unread: tuple[str, ...]
    lines: tuple[Line, ...]


def names_of(labels: Mapping[str, str]) -> dict[str, str]:
    """Every spelling of a heading → key; `labels` is key → label."""
    found: dict[str, str] = {}
    for key, label in labels.items():
        bare = _bare(label)
        for name in (squeeze(label), bare, *ALIASES.get(label, ())):
            found.setdefault(squeeze(name), key)
    return {name: key for name, key in found.items() if name}


def find(grids: Sequence[Grid], names: Mapping[str, str]) -> Found | None:
    """The row that names most columns, in whichever sheet; None where no row names two (or the only one)."""
    need = min(2, len(set(names.values())))
    best: tuple[int, int, int] | None = None
    for number, grid in enumerate(grids):
        for at in range(min(len(grid.rows), LOOKED_AT)):
            known = len(_columns(_heads(grid, at), names))
            if known >= need and (best is None or known > best[0]):
                best = known, number, at
    return _found(grids[best[1]], best[2], names) if best else None


def _found(grid: Grid, at: int, names: Mapping[str, str]) -> Found:
    heads = _heads(grid, at)
    columns = _columns(heads, names)
    unread = tuple(head for place, head in enumerate(heads) if head and place not in columns.values())
    return Found(grid, at, columns, unread, tuple(_lines(grid, at, columns)))


def _heads(grid: Grid, at: int) -> list[str]:
    """Heading texts; a cell merged with the one above reads as that one."""
    row = grid.rows[at]
    return [_upward(grid, at, place) if row.cells[place].merged_from_above else row.cells[place].text for place in range(len(row.cells))]


def _columns(heads: Sequence[str], names: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, head in enumerate(heads):
        key = names.get(squeeze(head).strip("*:")) or names.get(_bare(head))
        if key and key not in columns:
            columns[key] = place
    return columns


def _bare(head: str) -> str:
    return _BRACKETS.sub("", squeeze(head)).strip("*:")


def _lines(grid: Grid, head: int, columns: Mapping[str, int]) -> list[Line]:
    heading = [cell.text for cell in grid.rows[head].cells]
    lines: list[Line] = []
    above: dict[str, str] = {}
    for at in range(head + 1, len(grid.rows)):
        row = grid.rows[at]
        texts = {key: _text(row, place, above.get(key, "")) for key, place in columns.items()}
        above = texts
        if is_remark(row) or [cell.text for cell in row.cells] == heading:
            continue
        if any(texts.values()):
            lines.append(Line(row.number, at, texts))
    return lines


def is_remark(row: Row) -> bool:
    """A line below the table: a note, who filled it in, a sum."""
    texts = row.texts
    if not texts:
        return True
    return is_total(texts) or (len(texts) == 1 and bool(_REMARK.match(fold(texts[0]))))


def _text(row: Row, place: int, above: str) -> str:
    """A merge or a ditto repeats the text above."""
    cell = row.cell(place)
    return above if cell.merged_from_above or is_ditto(cell.text) else cell.text.strip()


def _upward(grid: Grid, at: int, place: int, stop: int = -1) -> str:
    """The text that a merge or a ditto repeats."""
    while at > stop + 1:
        at -= 1
        cell = grid.rows[at].cell(place)
        if not cell.merged_from_above and not is_ditto(cell.text):
            return cell.text.strip()
    return ""
