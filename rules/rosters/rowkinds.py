"""What a row below the header is: data, or something people put between and below."""

import re
from enum import Enum

from rules.rosters.columns import Meaning
from rules.rosters.grid import Row
from rules.rosters.sections import FORM_LINE, Section
from rules.rosters.tidy import squeeze
from rules.rosters.totals import is_total

_REMARK = re.compile(
    r"^(?:注|备注|说明|附注|填[报表制写]人?|填报|制表|审核|审批|签发|主要领导|负责人签字|联系人|经办人|单位)\S{0,6}[:：]|^注\d?[.、]|^第\d+页"
)
LONGEST_NAME = 8


class RowKind(Enum):
    DATA = "data"
    BLANK = "blank"
    HEADER = "repeated-header"
    TOTAL = "total"
    REMARK = "remark"


def kind_of(row: Row, section: Section) -> RowKind:
    """Kind of a body row; everything but DATA is left out of the import."""
    texts = row.texts
    if not texts:
        return RowKind.BLANK
    if section.repeats_header(row):
        return RowKind.HEADER
    first = squeeze(texts[0])
    if is_total(texts):
        return RowKind.TOTAL
    if _REMARK.match(first) or FORM_LINE.match(first):
        return RowKind.REMARK
    return RowKind.DATA if len(set(texts)) > 1 else _single(row, section)


def _single(row: Row, section: Section) -> RowKind:
    column = next(at for at, cell in enumerate(row.cells) if not cell.is_blank)
    text = squeeze(row.cells[column].text)
    meaning = section.meaning(column)
    if row.cell(column + 1).merged_from_left or text[-1:] in "。；;.":
        return RowKind.REMARK
    is_data = (
        meaning is Meaning.ENTERPRISE
        or (meaning is Meaning.PERSON and len(text) <= LONGEST_NAME)
        or (meaning in (Meaning.SECRET, Meaning.LOGIN, Meaning.ACCOUNT, Meaning.UNKNOWN) and text.isascii())
    )
    return RowKind.DATA if is_data else RowKind.REMARK
