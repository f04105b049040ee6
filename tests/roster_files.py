"""Renders roster tables as the files that townships circulate."""

import csv
from io import BytesIO, StringIO

import docx
import xlsxwriter

from tests.old_excel import old_excel
from tests.roster_source import Table

NOTE = "注：本清单实行动态管理。"


def word(tables: list[Table], *, merge: bool = True) -> bytes:
    document = docx.Document()
    for table in tables:
        document.add_paragraph(table.title)
        made = document.add_table(rows=0, cols=len(table.header))
        for texts in [table.header, *table.rows]:
            for cell, text in zip(made.add_row().cells, texts, strict=True):
                cell.text = text
        for first, last in runs(table) if merge else []:
            for column in range(table.merged):
                text = made.cell(first, column).text
                made.cell(first, column).merge(made.cell(last, column)).text = text
        document.add_paragraph("")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def runs(table: Table) -> list[tuple[int, int]]:
    """First and last row of each person's block, counted with the header as row 0."""
    starts = [at for at, row in enumerate(table.rows, start=1) if row[0]]
    ends = [*(start - 1 for start in starts[1:]), len(table.rows)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if table.merged and end > start]


def excel(tables: list[Table], *, merge: bool = True) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for table in tables:
            sheet = book.add_worksheet()
            width = len(table.header)
            sheet.merge_range(0, 0, 0, width - 1, table.title)
            sheet.merge_range(1, 0, 1, width - 1, "填报单位（盖章）：        填报时间：2023年11月")
            for at, texts in enumerate([table.header, *table.rows], start=2):
                for column, text in enumerate(texts):
                    if text:
                        sheet.write(at, column, int(text) if text.isdigit() else text)
            for first, last in runs(table) if merge else []:
                for column in range(table.merged):
                    text = table.rows[first - 1][column]
                    sheet.merge_range(
                        first + 2, column, last + 2, column, int(text) if text.isdigit() else text
                    )
            sheet.write(len(table.rows) + 4, 0, NOTE)
        book.add_worksheet()
    return target.getvalue()


def separated(tables: list[Table], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    target = StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    for table in tables:
        writer.writerow([table.title])
        writer.writerows([table.header, *table.rows])
        writer.writerow([NOTE])
        writer.writerow([])
    return target.getvalue().encode(encoding)


def old_sheet(tables: list[Table]) -> bytes:
    return old_excel(tables, [runs(table) for table in tables])


def in_document(tables: list[Table]) -> bytes:
    """The lists as they stand in the circular itself, between its paragraphs."""
    prose = "各村党支部：\n\n　　1.党员领导干部包抓企业，干部\u00a0包保门店。\n"
    return prose.encode() + flattened(tables) + f"\n{prose * 5} ".encode()


def flattened(tables: list[Table], encoding: str = "utf-8") -> bytes:
    """Every cell a line that begins with TAB, rows parted by an empty line (clauses.md §4)."""
    lines = []
    for table in tables:
        lines += ["附件：", table.title]
        for row in [table.header, *table.rows]:
            lines += [*(f"\t{cell}" for cell in row), ""]
        lines += [""] * 5
    return "\n".join(lines).encode(encoding)
