"""工作移交清单.docx: one line an item, three signatures below."""

import io
from collections.abc import Sequence
from datetime import date

from documents.letters.page import add_table, repeat, say, write, written
from documents.letters.words import on as spoken

WIDTHS = (12.0, 30.0, 58.0, 30.0, 26.0)
HEADS = ("序号", "种类", "事项", "所在地", "起始日期")


def write_handover(title: str, township: str, rows: Sequence[Sequence[str]], stays: Sequence[tuple[str, int]], day: date) -> bytes:
    """`rows`: kind, what, place, since; `stays`: what the person finishes himself."""
    paper = written([("公文标题", title)])
    table = add_table(paper, WIDTHS, len(rows) + 1)
    repeat(table.rows[0])
    for at, row in enumerate([HEADS, *((str(n), *row) for n, row in enumerate(rows, 1))]):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            say(cell, "公文表头" if at == 0 else "公文表文", text)
    left = [f"{label}{number}件" for label, number in stays if number]
    write(paper, [("公文正文", f"由本人办结、不移交的：{'、'.join(left) or '无'}。")])
    write(paper, [("公文正文", "移交人（签字）：　　　　　　接手人（签字）：")])
    write(paper, [("公文正文", "监交人（签字）：　　　　　　日期：")])
    write(paper, [("公文落款", township), ("公文落款", spoken(day))])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
