"""The two lists go out in the shape that comes in."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from documents.grids import read_grids
from documents.printed import Signed
from documents.roster_blank import blank_roster
from documents.roster_sheet import CadreLine, LeaderLine, roster_sheet
from rules.errors import RuleBroken
from rules.rosters.analysis import analyse

SIGNED = Signed("李经办", "王主任", "2026年11月30日", "李经办　党政办　2026-11-30 09:00　导出号 DC-7")
LEADERS = [
    LeaderLine("石桥养殖合作社", "龙湾村", "秦甲", "马小壬", "19900000001"),
    LeaderLine("=cmd|' /C calc'!A0", "西沟村", "梁乙", "豆小癸", ""),
]
CADRES = [
    CadreLine("樊丙", "19900000011", "第一小店", "19900000021"),
    CadreLine("罗丁", "19900000012", "第二小店", "19900000022"),
    CadreLine("樊丙", "19900000011", "第三小店", "19900000023"),
]


def exported(**how) -> bytes:
    return roster_sheet(LEADERS, CADRES, "石桥乡", date(2026, 11, 30), SIGNED, **how)


def cells(data: bytes) -> dict[str, list[tuple]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(BytesIO(data))}


@pytest.mark.clause("QY-2.1a")
def test_what_goes_out_with_plain_phones_comes_in_again():
    read = analyse(read_grids(exported(plain_phones=True), "名册.xlsx"))
    assert not read.problems
    assert [(e.person, e.enterprise, e.contact_phone) for e in read.tables[1].entries] == [
        ("樊丙", "第一小店", "19900000021"),
        ("樊丙", "第三小店", "19900000023"),
        ("罗丁", "第二小店", "19900000022"),
    ]
    first = read.tables[0].entries[0]
    assert (first.person, first.enterprise, first.place, first.contact) == (
        "秦甲",
        "石桥养殖合作社",
        "龙湾村",
        "马小壬",
    )


def test_phones_are_masked_unless_asked_for_and_the_sheet_says_so():
    masked, plain = repr(cells(exported())), repr(cells(exported(plain_phones=True)))
    assert "199****0001" in masked
    assert "19900000001" not in masked
    assert "电话已遮盖" in masked
    assert "19900000001" in plain
    assert "电话已遮盖" not in plain


def test_no_list_has_a_column_for_accounts_or_passwords():
    for rows in cells(exported()).values():
        assert not {"账号", "密码"} & {text for row in rows for text in row}


def test_a_cadre_is_named_once_above_all_his_enterprises():
    sheet = openpyxl.load_workbook(BytesIO(exported()))["干部包保责任清单"]
    assert {str(merge) for merge in sheet.merged_cells.ranges} >= {"A4:A5", "B4:B5"}
    assert [sheet["A4"].value, sheet["A6"].value] == ["樊丙", "罗丁"]


def test_two_cadres_of_one_name_are_not_merged():
    lines = [CadreLine("樊丙", "19900000011", "甲店"), CadreLine("樊丙", "19900000012", "乙店")]
    data = roster_sheet([], lines, "石桥乡", date(2026, 11, 30), SIGNED)
    sheet = openpyxl.load_workbook(BytesIO(data))["干部包保责任清单"]
    assert not [merge for merge in sheet.merged_cells.ranges if merge.min_row > 3]


def test_a_text_that_looks_like_a_formula_stays_a_text():
    sheet = openpyxl.load_workbook(BytesIO(exported()))["领导包抓企业责任清单"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B5"].value == "=cmd|' /C calc'!A0"


def test_the_lists_print_on_a4_landscape_with_their_heading_and_mark_on_every_page():
    for sheet in openpyxl.load_workbook(BytesIO(exported())):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "A4"
        assert "导出号 DC-7" in sheet.oddHeader.right.text
        assert "李经办" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.center.text


def filled_blank() -> bytes:
    data = blank_roster("石桥乡", ["秦甲"], ["樊丙"], ["龙湾村"], SIGNED)
    book = openpyxl.load_workbook(BytesIO(data))
    for at, text in enumerate([1, "石桥养殖合作社", "龙湾村", "秦甲", "马小壬 19900000001"], start=1):
        book["领导包抓企业责任清单"].cell(4, at, text)
    for at, text in enumerate(["樊丙", "19900000011", "第一小店", "19900000021"], start=1):
        book["干部包保责任清单"].cell(4, at, text)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_empty_blank_is_refused_as_empty():
    data = blank_roster("石桥乡", ["秦甲"], ["樊丙"], ["龙湾村"], SIGNED)
    with pytest.raises(RuleBroken, match="至少有一行数据"):
        analyse(read_grids(data, "模板.xlsx"))


def test_a_blank_filled_in_is_read_without_complaint():
    read = analyse(read_grids(filled_blank(), "模板.xlsx"))
    assert not read.problems
    assert [(e.person, e.enterprise) for e in read.entries] == [("秦甲", "石桥养殖合作社"), ("樊丙", "第一小店")]


def test_the_blank_offers_the_known_names_and_takes_telephones_as_text():
    book = openpyxl.load_workbook(BytesIO(blank_roster("石桥乡", ["秦甲", "梁乙"], [], ["龙湾村"], SIGNED)))
    leaders, cadres = book["领导包抓企业责任清单"], book["干部包保责任清单"]
    sources = {str(one.sqref).split(":")[0]: one.formula1 for one in leaders.data_validations.dataValidation}
    assert sources == {"D4": "'选项'!$A$1:$A$2", "C4": "'选项'!$C$1:$C$1"}
    assert not cadres.data_validations.dataValidation
    assert cadres["B4"].number_format == "@"
    assert book["选项"].sheet_state == "hidden"
    assert "干部的号码" in cadres["D3"].comment.text
