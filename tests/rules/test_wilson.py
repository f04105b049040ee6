"""A spot check claims no more than its numbers hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleBroken
from rules.wilson import Share, interval, ranking

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(430, 474, 0.8777, 0.9301), (10, 14, 0.4535, 0.8828), (20, 20, 0.8389, 1.0), (0, 20, 0.0, 0.1611), (0, 0, 0.0, 1.0)],
)
def test_a_rate_carries_its_interval(hits, n, low, high):
    assert interval(hits, n) == pytest.approx((low, high), abs=0.00005)


def test_nothing_counted_has_no_rate():
    assert Share(0, 0).rate is None
    assert Share(1, 4).rate == 0.25


@pytest.mark.parametrize(("hits", "n"), [(-1, 3), (4, 3)])
def test_more_mismatches_than_calls_are_refused(hits, n):
    with pytest.raises(RuleBroken) as refusal:
        Share(hits, n)
    assert refusal.value.code == "share-odd"


def test_four_calls_rank_nobody_and_five_do():
    assert ranking({"青禾村": Share(0, 4), "柳坪村": Share(40, 40)}) == ()
    assert ranking({"柳坪村": Share(40, 40), "青禾村": Share(0, 5)}) == ("青禾村", "柳坪村")


def test_overlapping_intervals_rank_nobody():
    assert ranking({"青禾村": Share(2, 10), "柳坪村": Share(5, 10)}) == ()
    assert ranking({"青禾村": Share(2, 100), "柳坪村": Share(50, 100), "石塬村": Share(52, 100)}) == ()


def test_one_alone_is_not_ranked():
    assert ranking({"青禾村": Share(1, 10)}) == ()


@given(COUNTS)
def test_the_interval_holds_the_rate_and_mirrors(counts):
    hits, n = counts
    low, high = interval(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert interval(n - hits, n) == pytest.approx((1 - high, 1 - low))


@given(COUNTS)
def test_more_calls_at_the_same_rate_tell_more(counts):
    hits, n = counts
    low, high = interval(hits, n)
    wider = interval(hits * 4, n * 4)
    assert wider[1] - wider[0] < high - low
