"""What leaves the house as a file."""

import datetime as dt
import io
from urllib.parse import unquote

import openpyxl
import pytest

from documents.sheets import Sheet, write_csv, write_xlsx
from tests.ledgers.tables import Shop
from tests.ledgers.town import NOW


def book(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active


def test_a_sheet_has_types_and_no_live_formula():
    out = io.BytesIO()
    rows = [["=HYPERLINK(1)", dt.date(2024, 7, 28), 12, True, None, NOW, "13"]]
    assert write_xlsx(out, Sheet("台账", ["a"] * 7, rows, ["导出人：李经办"])) == 1
    sheet = openpyxl.load_workbook(out).active
    cells = sheet[2]
    assert [c.data_type for c in cells[:4]] == ["s", "d", "n", "s"]
    assert (cells[3].value, cells[4].value, cells[6].value) == ("是", None, "13")
    assert sheet.cell(4, 1).value == "导出人：李经办"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠x", " =1+1", "　＝1"])
def test_a_text_that_looks_like_a_formula_is_disarmed(start):
    out = io.BytesIO()
    write_csv(out, Sheet("台账", ["a"], [[start], [-3]]))
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    text = out.getvalue().decode("utf-8-sig")
    assert f"'{start}" in text
    assert "\n-3" in text


def test_the_file_is_named_for_people_and_says_who_and_when(post):
    answer = post("/admin/shop/export/xlsx/?f_sort=farm")
    assert "企业档案_20240728.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet = book(answer)
    assert sheet.max_row == 1 + 12 + 1 + 4
    lines = [sheet.cell(row, 1).value for row in range(15, 19)]
    assert lines == ["导出人：李经办", "导出时间：2024-07-28 09:30", "筛选条件：类别：家庭农场", "导出编号：DC-0001"]


def test_the_file_is_masked_like_the_screen(post):
    text = post("/admin/shop/export/csv/?search=样例县").data.decode("utf-8-sig")
    assert "199****0001" in text
    assert "19900000001" not in text
    assert "62000019800101" not in text


def test_dates_in_the_file_are_dates(post):
    sheet = book(post("/admin/shop/export/xlsx/"))
    at = [cell.value for cell in sheet[1]].index("建档日期") + 1
    assert isinstance(sheet.cell(2, at).value, dt.datetime)


def test_a_name_that_is_a_formula_stays_text(app, post):
    app.db.session.get(Shop, 1).name = "=cmd|' /C calc'!A0"
    app.db.session.commit()
    sheet = book(post("/admin/shop/export/xlsx/?search=cmd"))
    assert (sheet.cell(2, 1).value, sheet.cell(2, 1).data_type) == ("=cmd|' /C calc'!A0", "s")


def test_no_file_by_get_and_no_other_kind(clerk, post, guest):
    assert clerk.get("/admin/shop/export/xlsx/").status_code == 405
    assert post("/admin/shop/export/html/").status_code == 404
