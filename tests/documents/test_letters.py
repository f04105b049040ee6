"""Notice, order and decision as Word files: what they say, and what they keep to themselves."""

from dataclasses import replace
from datetime import date

import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor

from documents.letters.notice import followed, notice_letter, pooled
from documents.letters.order import order_letter
from documents.letters.sanction import sanction_letter
from documents.letters.words import Head, issue_number, on
from documents.reports_data import VillageRow
from tests.documents.papers import BASIS, FEW, TOTALS, decision, opened, order, report, text_of

HEAD = Head("石桥乡人民政府", "石政发[2026]第012号", "王主任")


@pytest.mark.clause("SQ-2.3a")
def test_the_notice_tells_method_response_results_and_what_is_next():
    text = text_of(notice_letter(report()))
    for words in (
        "关于2026年11月企业满意度测评情况的通报",
        "2026年11月20日开始，至2026年11月30日截止",
        "应评30家次，收回21份，拒答2家次，停业3家次",
        "77.78%",
        "“非常满意”12份",
        "“满意”及以上18份，占85.71%",
        "总体平均分87.62分（21份）",
        "督办意见2份",
        "书面答复",
        BASIS,
        "CP-202611-1-1",
        "4f" * 32,
        "2026年12月2日",
    ):
        assert words in text


@pytest.mark.clause("SQ-2.3a")
def test_the_notice_names_no_cadre_and_no_proposal():
    text = text_of(notice_letter(report()))
    assert not [word for word in ("秦甲", "梁乙", "处理建议", "90.00") if word in text]


def test_below_the_floor_the_notice_gives_the_reason_and_no_distribution():
    few = replace(TOTALS, n=2, satisfied=None, mean=None, distribution=(), withheld=FEW)
    text = text_of(notice_letter(report(totals=few)))
    assert FEW in text
    assert "“非常满意”" not in text
    assert "平均分8" not in text


def test_villages_with_too_few_enterprises_are_told_together():
    text = text_of(notice_letter(report()))
    assert "其他2个村合计" in text
    assert "南岭村" not in text


def village(name: str, invited: int) -> VillageRow:
    return VillageRow(name, invited, invited, 0, 0, None)


def test_one_small_village_takes_the_next_smallest_with_it():
    rows = pooled([village("甲村", 9), village("乙村", 4), village("丙村", 1)], 3)
    assert [(one.name, one.invited) for one in rows] == [("甲村", 9), ("其他2个村合计", 5)]


def test_villages_at_the_floor_stand_alone():
    rows = pooled([village("甲村", 3), village("乙村", 3)], 3)
    assert [one.name for one in rows] == ["甲村", "乙村"]


def test_a_corrected_notice_says_why():
    assert "更正理由：漏计一家" in text_of(notice_letter(report(edition=2, reason="漏计一家")))
    assert "更正理由" not in text_of(notice_letter(report()))


def test_without_orders_the_notice_says_so():
    assert followed(0) == "本次没有需要督办的事项。"
    assert "3份" in followed(3)


def test_the_head_is_red_with_a_red_line_and_a_tidy_number():
    paper = opened(notice_letter(report(), HEAD))
    mark, number = paper.paragraphs[0], paper.paragraphs[1]
    assert (mark.text, mark.style.font.color.rgb) == ("石桥乡人民政府文件", RGBColor(255, 0, 0))
    assert number.text == "石政发〔2026〕12号"
    assert number._p.pPr.find(f".//{qn('w:bottom')}").get(qn("w:color")) == "FF0000"


@pytest.mark.parametrize(
    "head", [Head(), Head("石桥乡人民政府", "石政发〔2026〕12号"), Head("石桥乡人民政府", "", "王主任")]
)
def test_without_number_and_signer_there_is_no_red_head(head):
    paper = opened(notice_letter(report(), head))
    assert paper.paragraphs[0].style.name == "公文标题"
    assert "FF0000" not in paper.element.xml


@pytest.mark.parametrize("written", ["石政发[2026]12号", "石政发（2026）第12号", "石政发〔2026〕012号"])
def test_a_document_number_has_its_brackets_and_no_padding(written):
    assert issue_number(written) == "石政发〔2026〕12号"


def test_dates_are_in_arabic_digits_without_padding():
    assert on(date(2026, 1, 5)) == "2026年1月5日"


def test_the_villages_table_repeats_its_head_on_every_page_and_stays_in_the_text():
    many = tuple(village(f"第{at}村", 5) for at in range(60))
    table = opened(notice_letter(report(villages=many))).tables[0]
    assert len(table.rows) == 61
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert sum(cell.width.mm for cell in table.rows[5].cells) <= 156.5


def fields(data: bytes) -> dict[str, str]:
    """Label → value of the form."""
    found = {}
    for row in opened(data).tables[0].rows:
        texts = [_text(tc) for tc in row._tr.tc_lst]
        found |= dict(zip(texts[::2], texts[1::2], strict=True))
    return found


def _text(tc) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in tc.iter(qn("w:p")))


@pytest.mark.clause("QY-2.3d")
def test_an_issued_order_shows_matter_demand_deadline_and_how_it_was_counted():
    form = fields(order_letter(order()))
    assert form["编号"] == "DB-202611-1-7"
    assert form["责任人"] == "梁乙"
    assert form["责任单位"] == "民政办"
    assert form["依据"] == BASIS
    assert form["督办要求"] == "请主动上门听取意见。\n请在期限内书面答复。"
    assert form["答复期限"].startswith("2026年12月10日\n自2026年12月1日次日起算")
    assert (form["签发人"], form["签发日期"]) == ("王主任", "2026年12月1日")
    assert [form[name] for name in ("办理答复", "核实意见", "销号日期")] == ["", "", ""]


@pytest.mark.clause("QY-2.3d")
def test_a_draft_order_says_that_the_clock_starts_with_the_signature():
    form = fields(order_letter(order(due_on=None, due_steps=(), issued_by="", issued_on=None, state="拟稿")))
    assert (form["答复期限"], form["签发人"], form["状态"]) == ("签发后计算", "", "拟稿")


@pytest.mark.clause("QY-2.3d")
def test_a_closed_order_carries_reply_finding_and_the_day_it_was_closed():
    done = order(
        reply="已上门。\n已解决用水问题。", remark="属实", replied_on=date(2026, 12, 8), ended_on=date(2026, 12, 9)
    )
    form = fields(order_letter(done))
    assert form["办理答复"] == "已上门。\n已解决用水问题。"
    assert (form["核实意见"], form["答复日期"], form["销号日期"]) == ("属实", "2026年12月8日", "2026年12月9日")


@pytest.mark.clause("SQ-2.3b")
def test_a_decision_tells_facts_basis_rights_with_dates_and_when_it_ends():
    text = text_of(sanction_letter(decision()))
    for words in (
        "梁乙同志（民政办）：",
        "取消评先选优资格",
        "2026年9月企业满意度测评",
        BASIS,
        "由王主任于2026年12月2日作出",
        "陈述",
        "30日内，即2027年1月4日以前，向本单位书面申请复核",
        "15日内提出申诉",
        "2027年12月3日起自动失效",
    ):
        assert words in text


def test_a_decision_done_once_has_no_end():
    text = text_of(sanction_letter(decision(expires_on=None)))
    assert "一次办结" in text
    assert "自动失效" not in text
