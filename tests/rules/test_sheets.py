"""A check sheet asks what its clause says, and an answer is compared only with what the ledger holds."""

import pytest

from rules.errors import RuleBroken
from rules.sheets import (
    Answer,
    Item,
    ItemKind,
    LedgerValue,
    Method,
    SheetRule,
    check_photos,
    check_reason,
    checked,
    findings,
    mismatches,
)

LEVELS = ("good", "fair")
CAME = Item("came", "干部来过吗？", ItemKind.CHOICE, (Answer("yes", "来过"), Answer("no", "没来过", finding=True)))
RATED = Item("rated", "您本月的评价是？", ItemKind.LEVEL, ledger=LedgerValue.RATING)
MORE = Item("more", "补充说明", ItemKind.TEXT, optional=True)
TIMES = Item("times", "来过几次？", ItemKind.NUMBER, optional=True)
PHONE = SheetRule(Method.PHONE, (CAME, RATED, MORE, TIMES), survey="enterprise-survey")
WINDOW = SheetRule(Method.ON_SITE, (Item("badge", "佩戴胸卡", ItemKind.VERDICT, photo=True),))


def test_answers_come_in_the_order_of_the_sheet_without_the_empty_ones():
    given = checked(PHONE, {"more": " ", "rated": "good", "came": "yes "}, LEVELS)
    assert list(given.items()) == [("came", "yes"), ("rated", "good")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"other": "1"}, "item-unknown"),
        ({"came": ""}, "answer-missing"),
        ({"rated": "best"}, "answer-odd"),
        ({"times": "-1"}, "number-odd"),
        ({"times": "10000"}, "number-odd"),
        ({"more": "字" * 501}, "answer-long"),
    ],
)
def test_an_odd_answer_is_refused(change, code):
    with pytest.raises(RuleBroken) as refusal:
        checked(PHONE, {"came": "yes", "rated": "good", **change}, LEVELS)
    assert refusal.value.code == code


def test_the_largest_number_and_the_longest_text_are_taken():
    assert checked(PHONE, {"came": "no", "rated": "fair", "times": "9999", "more": "字" * 500}, LEVELS)["times"] == "9999"


def test_only_what_the_ledger_holds_is_compared():
    answers = {"came": "no", "rated": "fair"}
    assert mismatches(PHONE, answers, {LedgerValue.RATING: "good"}) == (RATED,)
    assert mismatches(PHONE, answers, {LedgerValue.RATING: "fair"}) == ()
    assert mismatches(PHONE, answers, {}) == ()
    assert findings(PHONE, answers) == (CAME,)


def test_a_mismatch_needs_a_reason_and_a_match_none():
    check_reason((), "")
    check_reason((RATED,), "店主说记错了")
    with pytest.raises(RuleBroken, match="不一致"):
        check_reason((RATED,), " ")


def test_a_finding_on_site_needs_its_picture():
    check_photos(WINDOW, {"badge": "pass"}, ())
    check_photos(WINDOW, {"badge": "na"}, ())
    check_photos(WINDOW, {"badge": "fail"}, {"badge"})
    with pytest.raises(RuleBroken, match="现场照片"):
        check_photos(WINDOW, {"badge": "fail"}, ())


@pytest.mark.parametrize(
    ("faulty", "path"),
    [
        (SheetRule(Method.PHONE, (CAME, CAME)), ("items",)),
        (SheetRule(Method.PHONE, (RATED,)), ("survey",)),
        (SheetRule(Method.PHONE, WINDOW.items), ("items",)),
        (Item("a", "？", ItemKind.CHOICE), ("answers",)),
        (Item("a", "？", ItemKind.TEXT, CAME.answers), ("answers",)),
        (Item("a", "？", ItemKind.CHOICE, CAME.answers[:1] * 2), ("answers",)),
        (Item("a", "？", ItemKind.TEXT, ledger=LedgerValue.RATING), ("ledger",)),
        (Item("a", "？", ItemKind.NUMBER, ledger=LedgerValue.CADRE), ("ledger",)),
    ],
)
def test_a_sheet_that_cannot_be_filled_in_is_a_fault_of_the_plan(faulty, path):
    assert [fault.path for fault in faulty.problems()] == [path]


def test_the_sheets_above_are_sound():
    assert [*PHONE.problems(), *WINDOW.problems()] == []
    assert [fault for item in (*PHONE.items, *WINDOW.items) for fault in item.problems()] == []
