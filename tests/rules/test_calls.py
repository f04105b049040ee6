"""Attempts on the phone: nobody is passed over in a minute, and what ends ends."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.calls import Follow, Outcome, Patience, check_attempt, follow, why_replaced
from rules.errors import RuleBroken

OUT, F, USUAL = Outcome, Follow, Patience()
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.clause("SJ-3.2")
@pytest.mark.parametrize(
    ("outcomes", "then"),
    [
        ([], F.AGAIN),
        ([OUT.NO_ANSWER, OUT.NO_ANSWER], F.AGAIN),
        ([OUT.NO_ANSWER, OUT.NO_ANSWER, OUT.NO_ANSWER], F.REPLACE),
        ([OUT.NO_ANSWER, OUT.WRONG_NUMBER], F.REPLACE),
        ([OUT.CLOSED], F.REPLACE),
        ([OUT.NO_ANSWER, OUT.NO_ANSWER, OUT.CONNECTED], F.ASK),
        ([OUT.REFUSED], F.STOP),
    ],
)
def test_what_follows_from_the_attempts(outcomes, then):
    assert follow(outcomes, USUAL) is then


@pytest.mark.parametrize("minutes", [30, 5])
def test_as_long_as_the_sheet_says_lies_between_two_attempts(minutes):
    apart, patience = timedelta(minutes=minutes), Patience(apart=minutes)
    check_attempt([OUT.NO_ANSWER], NOW - apart, NOW, patience)
    with pytest.raises(RuleBroken, match=f"不到{minutes}分钟"):
        check_attempt([OUT.NO_ANSWER], NOW - apart + timedelta(seconds=1), NOW, patience)


@pytest.mark.parametrize(("patience", "outcomes", "then"), [(Patience(tries=1), [OUT.NO_ANSWER], F.REPLACE), (Patience(tries=5), [OUT.NO_ANSWER] * 4, F.AGAIN), (Patience(replace_refusal=True), [OUT.REFUSED], F.REPLACE)])
def test_another_sheet_has_another_patience(patience, outcomes, then):
    assert follow(outcomes, patience) is then


@pytest.mark.parametrize("last", [OUT.CONNECTED, OUT.REFUSED, OUT.CLOSED, OUT.WRONG_NUMBER])
def test_nothing_is_written_down_after_the_end(last):
    with pytest.raises(RuleBroken, match="不能再记拨打"):
        check_attempt([last], NOW - timedelta(days=1), NOW, USUAL)


def test_a_replacement_tells_its_reason():
    assert why_replaced([OUT.NO_ANSWER] * 3) == "3次无人接听"
    assert why_replaced([OUT.NO_ANSWER, OUT.CLOSED]) == "已停业"
