"""The sample is large enough for what is said of it, and every stratum has its share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleBroken
from rules.sample_size import allocate, needed

STRATA = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 60), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("frame", "margin", "size"),
    [(36, 0.05, 33), (485, 0.05, 215), (2000, 0.05, 323), (36, 0.1, 27), (485, 0.1, 81), (2000, 0.1, 92)],
)
def test_the_size_follows_from_margin_and_confidence_with_finite_correction(frame, margin, size):
    assert needed(frame, margin) == size


@pytest.mark.parametrize(("frame", "margin", "code"), [(0, 0.05, "frame-empty"), (9, 0, "margin-odd"), (9, 1, "margin-odd")])
def test_no_size_for_an_empty_frame_or_an_odd_margin(frame, margin, code):
    with pytest.raises(RuleBroken) as refusal:
        needed(frame, margin)
    assert refusal.value.code == code


def test_a_small_village_still_has_one():
    assert allocate({"大村": 90, "小村": 2}, 10) == {"大村": 9, "小村": 1}


def test_low_scores_weigh_more():
    assert allocate({"满意": 10, "不满意": 10}, 8, {"不满意": 3}) == {"满意": 2, "不满意": 6}


def test_equal_remainders_go_by_name():
    assert allocate({"b": 5, "a": 5}, 3) == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("strata", "size", "code"),
    [
        ({}, 1, "frame-empty"),
        ({"甲": 3, "乙": 0}, 2, "stratum-empty"),
        ({"甲": 3}, 4, "sample-too-large"),
        ({"甲": 3, "乙": 3}, 1, "sample-too-small"),
    ],
)
def test_a_sample_that_cannot_be_is_refused(strata, size, code):
    with pytest.raises(RuleBroken) as refusal:
        allocate(strata, size)
    assert refusal.value.code == code


def test_a_weight_below_one_is_refused():
    with pytest.raises(RuleBroken) as refusal:
        allocate({"甲": 3}, 1, {"甲": 0})
    assert refusal.value.code == "weight-odd"


@given(STRATA, st.data())
def test_shares_add_up_with_one_each_and_none_over_its_count(strata, data):
    size = data.draw(st.integers(len(strata), sum(strata.values())))
    shares = allocate(strata, size)
    assert sum(shares.values()) == size
    assert all(1 <= shares[name] <= count for name, count in strata.items())
    assert shares == allocate(dict(reversed(strata.items())), size)
