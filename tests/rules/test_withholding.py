"""No mean of a few answers shows, and none can be worked out from the total."""

from hypothesis import given
from hypothesis import strategies as st

from rules.withholding import withheld

COUNTS = st.dictionaries(st.integers(0, 30), st.integers(0, 12), max_size=12)


def test_enough_answers_everywhere_hide_nothing():
    assert withheld({"甲": 3, "乙": 5}, 3) == frozenset()


def test_a_single_small_one_takes_the_smallest_other_with_it():
    assert withheld({"甲": 1, "乙": 6, "丙": 4}, 3) == {"甲", "丙"}


def test_two_small_ones_that_are_enough_together_suffice():
    assert withheld({"甲": 1, "乙": 2, "丙": 4}, 3) == {"甲", "乙"}


def test_whoever_has_no_answers_gives_nothing_away():
    assert withheld({"甲": 0, "乙": 4}, 3) == frozenset()


def test_the_readers_own_takes_another_with_it():
    assert withheld({"甲": 5, "乙": 4, "丙": 7}, 3, {"甲"}) == {"甲", "乙"}


@given(COUNTS, st.integers(3, 6))
def test_what_is_hidden_is_never_one_alone_nor_too_few_unless_nothing_else_is_left(counts, floor):
    hidden = withheld(counts, floor)
    shown = {key for key, n in counts.items() if n and key not in hidden}
    assert all(counts[key] >= floor for key in shown)
    if hidden and shown:
        assert len(hidden) > 1
        assert sum(counts[key] for key in hidden) >= floor
