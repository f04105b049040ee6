"""Where a roster begins and ends inside a grid: header rows, their columns, the rows below."""

import re
from dataclasses import dataclass, replace

from rules.rosters.columns import Meaning, classify, may_be_header
from rules.rosters.grid import Grid, Row
from rules.rosters.neighbours import settle
from rules.rosters.tidy import squeeze

FORM_LINE = re.compile(
    r"^(?:填报|填表|制表|报送|编制)?(?:单位|部门|时间|日期|人)\S{0,8}[:：]|^附件\d*[:：]?$"
)
_LONG_NUMBER = re.compile(r"\d{7}")


@dataclass(frozen=True)
class Section:
    """`header` and `body` are row indexes of the grid; `meanings` one per column."""

    title: str
    header: range
    body: range
    headings: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    def columns(self, meaning: Meaning) -> list[int]:
        return [column for column, found in enumerate(self.meanings) if found is meaning]

    def meaning(self, column: int) -> Meaning:
        return self.meanings[column] if column < len(self.meanings) else Meaning.UNKNOWN

    def repeats_header(self, row: Row) -> bool:
        """A page break repeats the header: half of the cells or more read the same."""
        texts = [squeeze(cell.text) for cell in row.cells]
        same = [text for text, heading in zip(texts, self.headings, strict=False) if text and text in heading]
        return len(same) >= 2 and 2 * len(same) >= len([text for text in texts if text])


def sections(grid: Grid) -> list[Section]:
    """Every roster stacked in this grid, from top to bottom."""
    starts: list[Section] = []
    index = 0
    while index < len(grid.rows):
        opened = _open(grid, index)
        if opened and not (starts and _continues(starts[-1], opened, grid.rows[index])):
            starts.append(opened)
            index = opened.header.stop
        else:
            index += 1
    if not starts:
        return []
    ends = [_end_above(grid, section.header.start) for section in starts[1:]] + [len(grid.rows)]
    titles = [_title(grid, (ends[at - 1] if at else 0), start) for at, start in enumerate(starts)]
    return [
        replace(opened, title=title, body=range(opened.header.stop, end))
        for title, opened, end in zip(titles, starts, ends, strict=True)
    ]


def _end_above(grid: Grid, header: int) -> int:
    """The lines right above a header belong to it: titles in the first column, blank rows."""
    cells = grid.rows[header].cells
    first = next(at for at, cell in enumerate(cells) if not cell.is_blank)
    end = header
    while end and all(cell.is_blank for cell in grid.rows[end - 1].cells[first + 1 :]):
        end -= 1
    return end


def _continues(before: Section, found: Section, row: Row) -> bool:
    known = [meaning for meaning in found.meanings if meaning is not Meaning.UNKNOWN]
    is_weak = len(known) < 3 or 4 * len(known) < 3 * len(row.texts)
    return is_weak or before.repeats_header(row)


def _open(grid: Grid, index: int) -> Section | None:
    row = grid.rows[index]
    if not may_be_header(row.texts):
        return None
    if any(_LONG_NUMBER.search(squeeze(text)) and not _is_credential(text) for text in row.texts):
        return None
    tops = [squeeze(cell.text) for cell in row.cells]
    meanings = settle([classify(top) for top in tops])
    if Meaning.PERSON not in meanings or Meaning.ENTERPRISE not in meanings:
        return None
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    if below and _is_second_header(row, below):
        tops, meanings = _two_rows(row, below)
        return Section("", range(index, index + 2), range(0), tuple(tops), meanings)
    return Section("", range(index, index + 1), range(0), tuple(tops), meanings)


def _is_credential(text: str) -> bool:
    return classify(text) in (Meaning.SECRET, Meaning.ACCOUNT, Meaning.LOGIN)


def _is_second_header(top: Row, below: Row) -> bool:
    texts = below.texts
    spans = any(cell.is_blank for cell in top.cells) or any(cell.merged_from_above for cell in below.cells)
    return spans and len(texts) >= 2 and all(_is_heading(text) for text in texts)


def _is_heading(text: str) -> bool:
    return (
        len(text) <= 12
        and not any(char.isdigit() for char in text)
        and (
            squeeze(text) == "名称"
            or classify(text) not in (Meaning.UNKNOWN, Meaning.PLACE, Meaning.ENTERPRISE)
            or bool(re.search(r"名称|企业|地址|场所|所在", text))
        )
    )


def _two_rows(top: Row, below: Row) -> tuple[list[str], tuple[Meaning, ...]]:
    texts, meanings, span = [], [], ""
    for column in range(max(len(top.cells), len(below.cells))):
        upper, lower = squeeze(top.cell(column).text), squeeze(below.cell(column).text)
        span = upper or (span if lower else "")
        meanings.append(classify(lower, span) if lower else classify(upper))
        texts.append(f"{upper} {lower}")
    return texts, settle(meanings)


def _title(grid: Grid, first: int, section: Section) -> str:
    for row in reversed(grid.rows[first : section.header.start]):
        texts = list(dict.fromkeys(row.texts))
        if len(texts) == 1 and 4 <= len(texts[0]) <= 60 and not FORM_LINE.search(squeeze(texts[0])):
            return texts[0]
    return grid.title
