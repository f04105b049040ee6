"""One invented month, order and decision to print."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import docx

from documents.letters.sanction import SanctionLetter
from documents.reports_data import CadreRow, MonthlyReport, OrderLetter, Totals, VillageRow

BASIS = "党委发〔2023〕77号 “三进”方案 二、（一）第三项：“企业对包抓干部每月进行1次满意度测评。”"
FEW = "只有2份评价，不足3份，不计算平均分"
LEVELS = (("非常满意", 12), ("满意", 6), ("一般", 2), ("不满意", 1), ("很不满意", 0))
TOTALS = Totals(
    30, 21, 2, 3, 1, 3, 2, Decimal("77.78"), 18, Decimal("87.62"), distribution=LEVELS
)  # fmt: skip
CADRES = (
    CadreRow("秦甲", "经济办", ("龙湾村", "西沟村"), 27, 19, 2, 2, Decimal("90.00")),
    CadreRow("=梁乙", "民政办", ("南岭村",), 3, 2, 0, 1, None, FEW),
)
VILLAGES = (
    VillageRow("龙湾村", 14, 10, 1, 1, Decimal("76.92")),
    VillageRow("西沟村", 12, 9, 0, 1, Decimal("81.82")),
    VillageRow("南岭村", 2, 1, 1, 0, Decimal("50.00")),
    VillageRow("西岭村", 2, 1, 0, 1, Decimal("100.00")),
)


def report(**facts) -> MonthlyReport:
    known = {
        "township": "石桥乡", "month": "2026年11月", "title": "企业对包抓干部满意度测评", "number": "CP-202611-1-1", "edition": 1,
        "digest": "4f" * 32, "frozen_at": datetime(2026, 12, 1, 17, 30, tzinfo=UTC), "frozen_by": "李经办", "reason": "",
        "opened_at": datetime(2026, 11, 20, 0, 30, tzinfo=UTC), "closed_at": datetime(2026, 11, 30, 16, tzinfo=UTC),
        "totals": TOTALS, "cadres": CADRES, "villages": VILLAGES, "orders": 2, "sanctions": 1, "floor": 3,
        "basis": (BASIS,),
    }  # fmt: skip
    return MonthlyReport(**{**known, **facts})


def order(**facts) -> OrderLetter:
    known = {
        "township": "石桥乡", "number": "DB-202611-1-7", "source": "测评结果", "matter": "2026年11月企业满意度测评有“一般”及以下评价",
        "cadre": "梁乙", "unit": "民政办", "basis": BASIS, "feedback": "企业反映来得少、问题没有回音。",
        "request": "请主动上门听取意见。\n请在期限内书面答复。", "due_on": date(2026, 12, 10),
        "due_steps": ("自2026年12月1日次日起算", "7个工作日，不计12月5日、6日（周末）"), "issued_by": "王主任",
        "issued_on": date(2026, 12, 1), "state": "已下发",
    }  # fmt: skip
    return OrderLetter(**{**known, **facts})


def decision(**facts) -> SanctionLetter:
    known = {
        "township": "石桥乡", "cadre": "梁乙", "unit": "民政办", "title": "取消评先选优资格",
        "facts": ("2026年9月企业满意度测评评价为“不满意”。", "2026年11月企业满意度测评评价为“不满意”。"), "basis": BASIS,
        "reason": "两次测评不满意，经核实属实。", "decided_by": "王主任", "decided_on": date(2026, 12, 2),
        "notified_on": date(2026, 12, 3), "review_until": date(2027, 1, 4), "appeal_until": date(2027, 1, 4),
        "expires_on": date(2027, 12, 3),
    }  # fmt: skip
    return SanctionLetter(**{**known, **facts})


def opened(data: bytes):
    return docx.Document(BytesIO(data))


def text_of(data: bytes) -> str:
    """All text of a letter, tables included."""
    paper = opened(data)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])
