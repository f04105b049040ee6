"""督办单 as the form that goes round on paper: filled as far as the case has come, room to write for the rest."""

from docx.document import Document as Paper
from docx.table import Table

from documents.letters.page import add_table, at_least, say, written

WIDTHS_MM = (28, 50, 28, 50)
Field = tuple[str, str]
ROWS: tuple[tuple[Field, ...], ...] = (
    (("编号", "{{ number }}"), ("状态", "{{ state }}")),
    (("来源", "{{ source }}"),),
    (("督办事项", "{{ matter }}"),),
    (("责任人", "{{ cadre }}"), ("责任单位", "{{ unit }}")),
    (("依据", "basis"),),
    (("反馈意见", "feedback"),),
    (("督办要求", "request"),),
    (("答复期限", "due"),),
    (("签发人", "{{ issued_by }}"), ("签发日期", "{{ issued_on }}")),
    (("签收日期", "{{ received_on }}"), ("责任人签字", "")),
    (("办理答复", "reply"),),
    (("核实意见", "remark"),),
    (("答复日期", "{{ replied_on }}"), ("销号日期", "{{ ended_on }}")),
)
ROOM_PT = {"feedback": 44, "request": 44, "reply": 96, "remark": 64}


def order_form() -> Paper:
    """The template; a value without braces names a list of paragraphs."""
    paper = written([("公文标题", "{{ township }}督办单"), ("公文表注", "")])
    table = add_table(paper, WIDTHS_MM, len(ROWS))
    for at, fields in enumerate(ROWS):
        _row(table, at, fields)
    paper.add_paragraph("注：本单不写明由哪家企业评价；期限届满前可以申请延期。", "公文表注")
    return paper


def _row(table: Table, at: int, fields: tuple[Field, ...]) -> None:
    at_least(table.rows[at], 26)
    for place, (label, text) in enumerate(fields):
        say(table.cell(at, 2 * place), "公文表头", label)
        if len(fields) > 1:
            say(table.cell(at, 2 * place + 1), "公文表文", text)
            continue
        wide = table.cell(at, 1).merge(table.cell(at, 3))
        paragraphs = (text,) if not text.isidentifier() else _each(text)
        say(wide, "公文表文", *paragraphs)
        at_least(table.rows[at], ROOM_PT.get(text, 26))


def _each(name: str) -> tuple[str, str, str]:
    return f"{{%p for line in {name} %}}", "{{ line }}", "{%p endfor %}"
