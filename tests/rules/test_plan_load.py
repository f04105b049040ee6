"""A plan file is taken whole or refused whole, whatever is written in it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plan_error import PlanRefused
from rules.plan_load import load_holidays, load_pack, load_table, parse
from tests.rules.packs import national, text
from tests.rules.test_decode import JSON

GOOD = text("wuqingyuan")


def errors(changed, beside=None):
    with pytest.raises(PlanRefused) as refused:
        load_pack(changed, "方案.toml", (national(),) if beside is None else beside)
    return refused.value.errors


def id_of(written) -> str:
    """Of the pack, if the file is taken."""
    with suppress(PlanRefused):
        return load_pack(written, "方案.toml", (national(),)).head.id
    return ""


def swap(old, new, count=1):
    assert old in GOOD
    return GOOD.replace(old, new, count)


def test_all_mistakes_come_at_once_in_the_order_of_the_file():
    found = errors(swap("floor = 3", "flor = 3").replace("amount = 7", 'amount = "7"').replace('"sms"', '"smss"'))
    assert [error.key.split(".")[-1] for error in found] == ["channels[2]", "flor", "amount"]
    assert [error.line for error in found] == sorted(error.line for error in found)


def test_the_refusal_is_one_readable_text():
    with pytest.raises(PlanRefused) as refused:
        load_pack(swap("floor = 3", "flor = 3"), "方案.toml", (national(),))
    assert str(refused.value).startswith("方案.toml有1处错误，整个文件未载入，原有规则不变。")
    assert "方案.toml 第" in str(refused.value)


def test_a_file_that_is_not_toml_names_the_line():
    (error,) = errors("[pack]\nid = \n")
    assert (error.line, error.key) == (2, "")


def test_a_pack_needs_the_packs_it_points_at():
    rules = list(enumerate(load_pack(GOOD, "方案.toml", (national(),)).rules, start=1))
    boards = [n for n, rule in rules if rule.kind == "board"]
    contestable = [n for n, rule in rules if rule.kind == "consequence" and rule.params.review]
    assert {error.key for error in errors(GOOD, beside=())} == {
        *(f"rules[{n}].params.{clock}" for n in boards for clock in ("objection", "answer")),
        "rules[2].params.scale",
        *(f"rules[{n}].params.{clock}" for n in contestable for clock in ("review", "appeal")),
    }


def test_a_new_edition_of_a_pack_replaces_the_old_one():
    old = load_pack(GOOD, "方案.toml", (national(),))
    assert load_pack(GOOD, "方案.toml", (national(), old)) == old


def test_an_id_of_another_pack_is_refused():
    (error,) = errors(
        swap('id = "sanction-reply"', 'id = "review-decision"').replace('"sanction-reply"', '"order-reply"')
    )
    assert "已被另一方案使用" in str(error.reason)


def test_a_holiday_table_is_checked_too():
    day = 'years = [{ year = 2026, off = { "元旦" = [2026-01-01] }, work = [2026-01-01, 2025-01-04] }]'
    with pytest.raises(PlanRefused) as refused:
        load_holidays(day, "节假日.toml")
    assert [error.key for error in refused.value.errors] == ["years[1].work[1]", "years[1].work[2]"]


@given(st.dictionaries(st.sampled_from(["pack", "terms", "documents", "scales", "rules", "x"]), JSON))
def test_any_table_is_taken_or_refused_and_nothing_else(table):
    with pytest.raises(PlanRefused):
        load_table(table, "方案.toml")


@given(st.text() | st.integers(0, len(GOOD)).map(lambda n: GOOD[:n]))
def test_any_text_is_taken_or_refused_and_nothing_else(written):
    assert id_of(written) or errors(written)


def test_a_deeply_nested_text_is_refused():
    with pytest.raises(PlanRefused):
        parse("a = " + "[" * 5000, "方案.toml")
