"""Files as people really make them: tables in tables, tracked changes, notes, old habits."""

from io import BytesIO

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.grids import read_grids
from rules.errors import RuleBroken
from rules.rosters.analysis import analyse
from tests import roster_files as files
from tests.roster_source import cadre_table, leader_table

HEADER = ["责任人", "电话", "密码", "包保企业", "企业电话"]


def document(*tables: list[list[str]], between: str = "") -> docx.document.Document:
    made = docx.Document()
    for lines in tables:
        table = made.add_table(rows=0, cols=len(lines[0]))
        for texts in lines:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        made.add_paragraph(between)
    return made


def read(made: docx.document.Document):
    target = BytesIO()
    made.save(target)
    return analyse(read_grids(target.getvalue(), "x.docx"))


def csv(*lines: str, encoding: str = "utf-8"):
    return analyse(read_grids("\n".join(lines).encode(encoding), "x.csv"))


def test_a_table_inside_a_cell_is_left_out():
    made = document([HEADER, ["秦甲", "", "Abc12345@", "甲店", ""]])
    inner = made.tables[0].rows[1].cells[3].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text = "里面的字"
    report = read(made)
    assert [entry.enterprise for entry in report.entries] == ["甲店"]


def test_deleted_text_is_not_read_and_inserted_text_is():
    made = document([HEADER, ["秦甲", "", "", "", ""]])
    paragraph = made.tables[0].rows[1].cells[3].paragraphs[0]._p
    space = nsdecls("w")
    paragraph.append(parse_xml(f"<w:del {space}><w:r><w:delText>旧店</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {space}><w:r><w:t>新</w:t></w:r><w:r><w:t>店</w:t></w:r></w:ins>"))
    assert read(made).entries[0].enterprise == "新店"


def test_a_header_in_two_rows_with_merged_cells_is_understood():
    made = document(
        [
            ["序号", "责任人", "", "", "包保企业", ""],
            ["", "姓名", "电话", "密码", "名称", "电话"],
            ["1", "秦  甲", "19900000009", "Abc12345@", "甲店", "19900000001"],
            ["2", "", "", "", "乙店", "19900000002"],
        ]
    )
    cell = made.tables[0].cell
    cell(0, 0).merge(cell(1, 0))
    cell(0, 1).merge(cell(0, 3))
    cell(0, 4).merge(cell(0, 5))
    cell(2, 1).merge(cell(3, 1))
    report = read(made)
    assert [(entry.person, entry.person_phone, entry.contact_phone) for entry in report.entries] == [
        ("秦甲", "19900000009", "19900000001"),
        ("秦甲", "19900000009", "19900000002"),
    ]
    assert report.discarded.cells == 1


def test_a_table_without_a_header_is_said_to_be_unread():
    report = read(
        document([HEADER, ["秦甲", "", "", "甲店", ""]], [["梁乙", "", "Xyz12345@", "乙店", ""]] * 3)
    )
    assert [(unread.lines, len(report.tables)) for unread in report.unread] == [(3, 1)]
    assert "Xyz12345" not in repr(report)


def test_both_lists_in_one_sheet_are_two_tables():
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, at = book.add_worksheet(), 0
        for table in (cadre_table(), leader_table()):
            for line in [[table.title], table.header, *table.rows, ["合计"], []]:
                sheet.write_row(at, 1, line)
                at += 1
    report = analyse(read_grids(target.getvalue(), "x.xlsx"))
    assert [(table.kind.value, len(table.entries)) for table in report.tables] == [
        ("cadre-roster", 36),
        ("leader-roster", 8),
    ]
    assert report.tables[1].title == "领导包抓企业责任清单"
    assert report.problems == ()


def test_a_hidden_sheet_is_not_read():
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name in ("新", "旧"):
            book.add_worksheet(name).write_row(0, 0, HEADER)
            book.get_worksheet_by_name(name).write_row(1, 0, ["秦甲", "", "", f"{name}店"])
        book.get_worksheet_by_name("旧").hide()
    report = analyse(read_grids(target.getvalue(), "x.xlsx"))
    assert [entry.enterprise for entry in report.entries] == ["新店"]


def test_line_breaks_inside_a_quoted_cell_keep_line_numbers_right():
    report = csv('责任人,"包保\n企业",企业电话', "秦甲,甲店,19900000001", '梁乙,"乙\n店",')
    assert [(entry.source_row, entry.enterprise) for entry in report.entries] == [(3, "甲店"), (4, "乙店")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_separators_and_encodings_are_found_out(encoding, mark):
    lines = [["责任人", "包保企业", "企业电话"], ["秦甲", "甲店", "19900000001"], ["", "乙店", ""]]
    report = csv(*(mark.join(line) for line in lines), encoding=encoding)
    assert [entry.person for entry in report.entries] == ["秦甲", "秦甲"]


def test_pasted_rows_that_lost_empty_cells_are_refused_rather_than_shifted():
    text = files.flattened([cadre_table()]).decode().replace("\n\t\n", "\n")
    with pytest.raises(RuleBroken) as refused:
        read_grids(text.encode(), "x.txt")
    assert refused.value.code == "rows-uneven"


def test_passwords_in_notes_titles_and_footers_are_taken_out():
    report = csv(
        "干部包保责任清单（初始密码Abc12345@）,,,",
        "责任人,包保企业,企业电话,备注",
        "秦甲,甲店,19900000001,账号:qinjia 密码:Qin2023jia",
        "梁乙,乙店,19900000002,口令 是 Liang2023",
        "注：统一密码为Abc12345@，请勿外传。,,,",
    )
    assert report.discarded.cells == 4
    said = repr(report)
    assert not any(word in said for word in ("Abc12345", "Qin2023", "Liang2023", "qinjia"))


def test_a_text_that_is_no_table_is_no_roster():
    with pytest.raises(RuleBroken) as refused:
        csv("各村、各单位：", "现将有关事项通知如下。")
    assert refused.value.code == "no-roster-found"


def test_many_commas_in_a_note_do_not_make_columns():
    report = csv("责任人\t包保企业\t备注", "秦甲\t甲店\t" + "一,二," * 50)
    assert [entry.enterprise for entry in report.entries] == ["甲店"]
