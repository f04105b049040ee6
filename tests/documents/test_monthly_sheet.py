"""The month as a workbook: numbers are numbers, every sheet says which snapshot it is."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from documents.monthly_sheet import monthly_sheet
from documents.printed import Signed, lines, wide
from tests.documents.papers import BASIS, FEW, TOTALS, report

NAMES = ["总表", "按干部", "按村", "说明"]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(BytesIO(monthly_sheet(report())))


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(min_row=4, values_only=True))


@pytest.mark.clause("SQ-2.3a")
def test_the_book_has_four_sheets_and_the_snapshot_on_each(book):
    assert book.sheetnames == NAMES
    for sheet in book:
        assert sheet["A1"].value == f"石桥乡2026年11月企业对包抓干部满意度测评（{sheet.title}）"
        assert "CP-202611-1-1" in sheet["A2"].value
        assert "4f" * 32 in sheet["A2"].value
        assert sheet.freeze_panes == "A4"


def test_the_reader_of_uploads_finds_the_same_sheets():
    read = CalamineWorkbook.from_filelike(BytesIO(monthly_sheet(report())))
    assert read.sheet_names == NAMES
    assert read.get_sheet_by_name("按干部").to_python()[3][4:7] == [27, 2, 19]


def test_no_cell_is_a_formula_even_if_a_name_looks_like_one(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert book["按干部"]["B5"].value == "=梁乙"


def test_counts_stand_beside_every_rate_as_numbers(book):
    first, _second, total = rows(book["按干部"])
    assert first == (1, "秦甲", "经济办", "龙湾村、西沟村", 27, 2, 19, 2, 0.76, 90, None)
    assert book["按干部"]["I4"].number_format == "0.00%"
    assert book["按干部"]["J4"].number_format == "0.00"
    assert total[1:8] == ("合计", None, None, 30, 3, 21, 2)
    assert total[8] == pytest.approx(0.7778)


def test_below_the_floor_the_mean_is_blank_and_the_reason_written(book):
    assert rows(book["按干部"])[1][9:] == (None, FEW)


def test_a_round_below_the_floor_shows_no_distribution():
    few = replace(TOTALS, n=2, satisfied=None, mean=None, distribution=(), withheld=FEW)
    sheet = openpyxl.load_workbook(BytesIO(monthly_sheet(report(totals=few))))["总表"]
    told = {row[0]: row for row in rows(sheet)}
    assert told["平均分"] == ("平均分", None, None, None, FEW)
    assert told["“满意”及以上"] == ("“满意”及以上", None, 2, None, FEW)
    assert not [name for name in told if name.startswith("其中")]


def test_villages_tell_how_many_answered_and_never_what(book):
    assert [cell.value for cell in book["按村"][3]] == ["序号", "村（社区）", "应评", "停业", "收回", "拒答", "收回率"]
    assert rows(book["按村"])[-1][1:6] == ("合计", 30, 3, 21, 2)


def test_a_place_where_all_have_closed_has_no_rate():
    gone = tuple(replace(one, invited=1, n=0, refused=0, closed=1) for one in report().villages[:1])
    sheet = openpyxl.load_workbook(BytesIO(monthly_sheet(report(villages=gone))))["按村"]
    assert rows(sheet)[0] == (1, "龙湾村", 1, 1, 0, 0, None)


def test_the_notes_say_basis_counting_and_why_something_is_withheld(book):
    told = dict(rows(book["说明"]))
    assert told["依据"] == BASIS
    assert "收回÷（应评－停业）" in told["分子、分母"]
    assert "不足3份" in told["不公布原因"]
    assert "更正理由" not in told


def test_a_correction_gives_its_reason():
    sheet = openpyxl.load_workbook(BytesIO(monthly_sheet(report(edition=2, reason="漏计一家"))))["说明"]
    assert dict(rows(sheet))["更正理由"] == "漏计一家"


def test_every_sheet_prints_on_a4_landscape_with_who_made_it(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$3"
        assert "制表人：李经办" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.center.text
        assert "2026-12-02" in sheet.oddFooter.right.text


def test_a_name_with_an_ampersand_gives_no_orders_to_the_printer():
    signed = Signed("甲&B乙", "&" * 300, "&" * 99, "&" * 400)
    sheet = openpyxl.load_workbook(BytesIO(monthly_sheet(report(), signed)))["总表"]
    assert "甲&&B乙" in sheet.oddFooter.left.text


def test_columns_and_rows_are_large_enough_for_chinese(book):
    assert (wide("企业ab"), lines("企业", 4), lines("企业企业", 6), lines("甲\n乙", 20)) == (6, 2, 2, 2)
    assert book["按干部"].column_dimensions["K"].width > wide(FEW)
    assert book["说明"].row_dimensions[4].height >= 2 * 15


def test_the_same_snapshot_gives_the_same_file_to_the_byte():
    assert monthly_sheet(report()) == monthly_sheet(report())


def test_an_empty_round_still_makes_a_book():
    none = replace(
        TOTALS, invited=0, n=0, refused=0, closed=0, response=None, satisfied=None, mean=None, distribution=()
    )
    data = monthly_sheet(report(totals=none, cadres=(), villages=(), basis=()))
    assert rows(openpyxl.load_workbook(BytesIO(data))["按村"]) == [(None, "合计", 0, 0, 0, 0, None)]
