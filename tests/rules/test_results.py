"""Counts, means above the floor and the interval of the published vectors."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleBroken
from rules.results import Share, summarise, wilson
from tests.rules.packs import book

FIVE = book().scale("satisfaction-5-fair")


def summed(levels, invited=40, refused=0, closed=0):
    return summarise(levels, FIVE, invited, refused, closed, floor=3)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(430, 474, 0.8777, 0.9301), (10, 14, 0.4535, 0.8828), (20, 20, 0.8389, 1.0)],
)
def test_the_interval_agrees_with_the_published_vectors(k, n, low, high):
    assert wilson(k, n) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.clause("SQ-2.3a")
def test_two_answers_give_no_mean_and_three_do():
    two, three = summed([5, 3]), summed([5, 3, 3])
    assert two.mean is None
    assert "不足3份" in str(two.withheld)
    assert (three.mean, three.withheld) == (Decimal("73.33"), None)


def test_refusals_and_closed_shops_are_counted_apart():
    got = summed([5, 4], invited=40, refused=3, closed=4)
    assert (got.refused, got.closed_shops) == (3, 4)
    assert (got.response.numerator, got.response.denominator) == (2, 36)


def test_the_distribution_names_every_level_best_first():
    counts = [(level.code, n) for level, n in summed([5, 5, 3]).distribution]
    assert counts[0] == ("very-satisfied", 2)
    assert [n for _code, n in counts] == [2, 0, 1, 0, 0]


def test_the_satisfied_share_keeps_its_two_numbers():
    got = summed([5, 4, 3, 2]).satisfied
    assert (got.numerator, got.denominator, got.percent) == (2, 4, Decimal("50.00"))


def test_nothing_answered_is_not_an_error():
    got = summed([], invited=0)
    assert (got.n, got.mean, got.interval, got.response.percent) == (0, None, None, None)


def test_halves_round_up():
    assert Share(1, 16).percent == Decimal("6.25")
    assert Share(1, 800).percent == Decimal("0.13")


def test_more_answers_than_invited_is_refused():
    assert summed([5, 5], invited=4, refused=1, closed=1).n == 2
    with pytest.raises(RuleBroken, match="请核对"):
        summed([5, 5], invited=3, refused=1, closed=1)
    with pytest.raises(RuleBroken):
        summed([], invited=3, refused=-1)


def test_a_level_off_the_scale_is_refused():
    with pytest.raises(RuleBroken, match="没有等次"):
        summed([5, 6])


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_in_bounds(pair):
    k, n = pair
    low, high = wilson(k, n)
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1
