"""Attempts on the phone: nobody is passed over in a minute, and what ends ends."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.calls import APART, Follow, Outcome, check_attempt, follow, why_replaced
from rules.errors import RuleBroken

OUT, F = Outcome, Follow
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
    assert follow(outcomes) is then


def test_half_an_hour_lies_between_two_attempts():
    check_attempt([OUT.NO_ANSWER], NOW - APART, NOW)
    with pytest.raises(RuleBroken, match="不到30分钟"):
        check_attempt([OUT.NO_ANSWER], NOW - APART + timedelta(seconds=1), NOW)


@pytest.mark.parametrize("last", [OUT.CONNECTED, OUT.REFUSED, OUT.CLOSED, OUT.WRONG_NUMBER])
def test_nothing_is_written_down_after_the_end(last):
    with pytest.raises(RuleBroken, match="不能再记拨打"):
        check_attempt([last], NOW - timedelta(days=1), NOW)


def test_a_replacement_tells_its_reason():
    assert why_replaced([OUT.NO_ANSWER] * 3) == "3次无人接听"
    assert why_replaced([OUT.NO_ANSWER, OUT.CLOSED]) == "已停业"
