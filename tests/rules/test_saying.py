"""What a rule asks is told in the office's words: no code, no program text."""

import re
from pathlib import Path

from rules.clock import ClockRule, Unit
from rules.month_day import MonthDay
from rules.plan_load import load_pack
from rules.saying import month_day, said
from services.plans import names_in

PLANS = Path(__file__).parents[2] / "plans"


def test_a_deadline_is_told_with_its_labels():
    assert said(ClockRule(Unit.WORKING_DAYS, 5), {}) == [
        "单位：个工作日", "时长：5", "最多可延长：0", "末日为休息日时顺延（仅按日计算时）：是",
    ]  # fmt: skip


def test_days_of_a_month_are_told_from_either_end():
    assert [month_day(MonthDay(day=20)), month_day(MonthDay(day=-1)), month_day(MonthDay(workday=-1))] == [
        "当月20日", "当月最后一日", "当月最后一个工作日",
    ]  # fmt: skip
    assert [month_day(MonthDay(workday=1)), month_day(MonthDay(workday=-2, next_month=True)), month_day(MonthDay(day=-3))] == [
        "当月第1个工作日", "次月倒数第2个工作日", "当月倒数第3日",
    ]  # fmt: skip


def test_every_rule_of_the_plan_files_is_told_without_a_latin_letter():
    packs = []
    for name in ("national", "wuqingyuan"):
        packs.append(load_pack((PLANS / f"{name}.toml").read_text("utf-8"), f"{name}.toml", tuple(packs)))
    told = [line for pack in packs for rule in pack.rules for line in said(rule.params, names_in(packs))]
    assert len(told) > 30
    assert [line for line in told if re.search("[A-Za-z]", line)] == []
