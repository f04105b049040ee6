"""Pieces of a template: styled lines, the red head, tables that stay within the text and repeat their heads."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Paper
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from documents.official import TEXT_WIDTH_MM, blank_paper, border_below

Line = tuple[str, str]
RED_LINE_GAP_PT = 11  # 4 mm
HEAD: tuple[Line, ...] = (
    ("公文空行", "{%p if head %}"),
    ("发文机关标志", "{{ head.issuer }}文件"),
    ("发文字号", "{{ head.number }}"),
    ("公文空行", ""),
    ("公文空行", ""),
    ("公文空行", "{%p endif %}"),
)


def written(lines: Iterable[Line]) -> Paper:
    """A paper with one paragraph per (style, text)."""
    paper = blank_paper()
    write(paper, lines)
    return paper


def write(paper: Paper, lines: Iterable[Line]) -> None:
    for style, text in lines:
        paragraph = paper.add_paragraph(text, style)
        if style == "发文字号":
            border_below(paragraph, "FF0000", RED_LINE_GAP_PT)


def add_table(paper: Paper, widths_mm: Sequence[float], rows: int) -> Table:
    """A bordered table of fixed columns, never wider than the text; rows are not torn apart."""
    if sum(widths_mm) > TEXT_WIDTH_MM:
        raise ValueError("wider than the text")
    table: Table = paper.add_table(rows, len(widths_mm), "Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    return table


def repeat(row: _Row) -> None:
    """Print this head again on every page that the table runs over."""
    _mark(row, "w:tblHeader")


def say(cell: _Cell, style: str, *texts: str) -> None:
    """The paragraphs of a cell."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for at, text in enumerate(texts or ("",)):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def at_least(row: _Row, points: float) -> None:
    """Room to write by hand."""
    row.height = Pt(points)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
