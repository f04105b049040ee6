"""A frozen month on paper, from the rows to the file."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from documents.letters.notice import notice_letter
from documents.letters.order import order_letter
from documents.monthly_sheet import monthly_sheet
from models import Order
from services import reports
from tests.documents.papers import text_of
from tests.services.test_round import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def frozen(desk: Desk):
    round_ = desk.open()
    for shop, level in (("东岭合作社", "fair"), ("西沟农场", "dissatisfied"), ("北塬饭店", "satisfied")):
        desk.answer(round_, shop, level)
    desk.finish(round_)
    return round_


@pytest.mark.clause("SQ-2.3a")
def test_a_frozen_month_prints_as_sheet_and_notice_without_who_said_what(desk: Desk, frozen) -> None:
    report = reports.monthly_report(desk.session, frozen, "统计", by=desk.clerk, now=desk.now)
    book = openpyxl.load_workbook(BytesIO(monthly_sheet(report)))
    printed = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    told = text_of(notice_letter(report))
    for text in (printed, told):
        assert report.number in text
        assert not [shop for shop in ("东岭合作社", "西沟农场", "北塬饭店") if shop in text]
    assert "赵包抓" in printed
    assert "赵包抓" not in told


@pytest.mark.clause("QY-2.3d")
def test_the_order_of_the_month_prints_as_a_form(desk: Desk, frozen) -> None:
    order = desk.session.scalars(select(Order)).one()
    text = text_of(order_letter(reports.order_letter(desk.session, order, by=desk.clerk, now=desk.now)))
    assert order.number in text
    assert "党委发〔2023〕77号" in text
    assert "东岭合作社" not in text
