"""The spot-check report: how it was drawn, what it rests on, and no more than the numbers allow."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from python_calamine import load_workbook

from documents.letters.spot_check import people, spot_letter
from documents.spot_data import OrderRow, PickRow, SpotReport, StratumRow
from documents.spot_sheet import spot_sheet
from rules.spot_results import Visit, results
from tests.documents.papers import BASIS, text_of

VISITS = [Visit("秦甲", answered=True, differing=n == 0) for n in range(3)] + [Visit("梁乙"), Visit("梁乙", replaced=True)]
PICK = PickRow(1, "龙湾村", "万顺食品", "秦甲", "孙纪检", "已完成", 1, "接通", 1, 0, "店主说记错了", "", (("您对包抓干部满意吗？", "一般"),))


def report(**facts) -> SpotReport:
    known = {
        "township": "石桥乡", "number": "CJ1-2026-0001", "purpose": "2026年11月测评", "method": "电话调查", "frame": "本轮答卷", "frame_size": 30,
        "frame_hash": "3f" * 32, "commitment": "9a" * 32, "dice": "16253416253416253416", "seed": "c2" * 32,
        "drawn_at": datetime(2026, 11, 25, 2, tzinfo=UTC), "drawn_by": "孙纪检", "size_how": "样本量按直接填写的4户。", "redraw": "",
        "strata": (StratumRow("龙湾村", 20, 3), StratumRow("西沟村", 10, 1)),
        "picks": (PICK, replace(PICK, at=2, subject="绿源农场", state="已替换", replaced="3次无人接听", answers=())),
        "orders": (OrderRow("DB1-2026-0007", "电话调查发现1项问题", "秦甲", "已下发", date(2026, 12, 4)),),
        "results": results(VISITS), "basis": (BASIS,), "made_on": date(2026, 11, 26), "made_by": "孙纪检",
    }  # fmt: skip
    return SpotReport(**{**known, **facts})


@pytest.mark.parametrize("purpose", ["十一月测评", "十一月测评抽查"])
def test_the_title_says_spot_check_once(purpose):
    assert "十一月测评抽查情况报告\n" in text_of(spot_letter(report(purpose=purpose)))


@pytest.mark.clause("SJ-3.2")
def test_the_report_tells_method_proof_rates_with_their_base_and_orders():
    text = text_of(spot_letter(report()))
    for words in (
        "2026年11月测评抽查情况报告", "CJ1-2026-0001", "电话调查", "共30个", "3f" * 32, "c2" * 32, "16253416253416253416",
        "抽中4户，应答3户，应答率75.0%（30.1%—95.4%）", "与台账不一致1户，不一致率33.3%（6.1%—79.2%）", "第2号（龙湾村）3次无人接听",
        "替换1户，未应答（含拒绝回答）1户", "DB1-2026-0007：秦甲，已下发，期限2026年12月4日", BASIS, "不足5户，不计算", "不排名次",
    ):  # fmt: skip
        assert words in text, words


def test_the_paper_names_no_shop_and_no_answer():
    text = text_of(spot_letter(report()))
    assert not [word for word in ("万顺食品", "绿源农场", "记错了", "满意吗") if word in text]


def test_people_are_ranked_only_where_the_numbers_hold():
    apart = results([Visit("甲", answered=True, differing=True)] * 20 + [Visit("乙", answered=True)] * 20)
    assert [one["name"] for one in people(report(results=apart))] == ["甲", "乙"]
    assert "区间互不重叠" in text_of(spot_letter(report(results=apart)))


def test_the_workbook_holds_each_pick_and_is_marked_for_inside():
    book = load_workbook(BytesIO(spot_sheet(report(purpose="=1+1", orders=(), redraw="名单有误"))))
    assert book.sheet_names == ["汇总", "逐户", "督办", "抽样凭据"]
    said = {name: " ".join(str(cell) for row in book.get_sheet_by_name(name).to_python() for cell in row) for name in book.sheet_names}
    assert "内部材料" in said["逐户"]
    assert "万顺食品" in said["逐户"]
    assert "您对包抓干部满意吗？一般" in said["逐户"]
    assert ("名单有误" in said["抽样凭据"], "33.3%" in said["汇总"]) == (True, True)


def test_a_check_that_nobody_answered_prints_too():
    nobody = results([Visit("甲")])
    assert "没有应答，不计算" in text_of(spot_letter(report(results=nobody, orders=(), picks=())))
    assert spot_sheet(report(results=nobody, picks=(), drawn_at=None))
