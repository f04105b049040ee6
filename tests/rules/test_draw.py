"""A draw that anyone can redo, that neither the office nor the room alone can steer."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.draw import (
    Member,
    check_frame,
    digest,
    frame_hash,
    frozen,
    inspectors,
    ordered,
    orders,
    picks,
    replacement,
    seed,
)
from rules.errors import RuleBroken

DICE = "1234561234 5612345612"
FRAME = [Member("北村", "b"), Member("东村", "c"), Member("北村", "a")]
IDS = st.sets(st.text("abcdef0123456789", min_size=1, max_size=6), min_size=1, max_size=20)


def refused(code, act, *given_):
    with pytest.raises(RuleBroken) as refusal:
        act(*given_)
    assert refusal.value.code == code
    assert str(refusal.value)


def test_the_frame_hash_is_that_of_a_text_anyone_can_write():
    assert frame_hash(FRAME) == sha256("东村\tc\n北村\ta\n北村\tb\n".encode()).hexdigest()
    assert frame_hash(FRAME) == frame_hash(FRAME[::-1])


def test_a_frame_is_neither_empty_nor_double_nor_ambiguous():
    refused("frame-empty", frozen, [])
    refused("frame-twice", frozen, [Member("甲", "1"), Member("乙", "1")])
    refused("frame-odd", frozen, [Member("甲\t乙", "1")])


def test_a_frame_changed_after_the_commitment_is_refused():
    check_frame(FRAME, frame_hash(FRAME))
    refused("frame-changed", check_frame, FRAME[:2], frame_hash(FRAME))


def test_the_seed_is_of_the_committed_value_and_the_dice_as_thrown():
    thrown = DICE.replace(" ", "")
    assert seed("v", digest("v"), DICE) == seed("v", digest("v"), thrown) == sha256(f"v\n{thrown}".encode()).hexdigest()


def test_a_seed_without_commitment_or_with_odd_dice_or_used_before_is_refused():
    refused("seed-missing", seed, "", "", DICE)
    refused("commitment-differs", seed, "w", digest("v"), DICE)
    refused("dice-odd", seed, "v", digest("v"), DICE + "7")
    refused("dice-short", seed, "v", digest("v"), "6" * 19)
    refused("seed-reused", seed, "v", digest("v"), DICE, {seed("v", digest("v"), DICE)})
    assert seed("v", digest("v"), "6" * 20)


def test_the_hash_agrees_with_a_published_sampler():
    made = [int(sha256(f"12345678901234567890,{n}".encode()).hexdigest(), 16) % 36 + 1 for n in (1, 2, 3)]
    assert made == [int(digest(f"12345678901234567890,{n}"), 16) % 36 + 1 for n in (1, 2, 3)] == [14, 33, 17]


@given(IDS)
def test_the_order_holds_everybody_once_whatever_order_they_came_in(ids):
    order = ordered("seed", sorted(ids), "target")
    assert set(order) == ids
    assert len(order) == len(ids)
    assert order == ordered("seed", sorted(ids, reverse=True), "target")


@given(IDS, st.text("abcdef0123456789", min_size=1, max_size=6))
def test_one_more_in_the_frame_does_not_turn_the_others_round(ids, more):
    assert [one for one in ordered("seed", ids | {more}) if one in ids] == list(ordered("seed", ids))


def test_the_first_of_each_stratum_are_drawn_and_the_rest_replace_them_in_order():
    order = orders("seed", frozen(Member("甲", str(n)) for n in range(6)))
    drawn = picks(order, {"甲": 2})["甲"]
    assert drawn == order["甲"][:2]
    assert replacement(order["甲"], drawn, "空号") == order["甲"][2]
    refused("reason-missing", replacement, order["甲"], drawn, " ")
    refused("stratum-spent", replacement, order["甲"], order["甲"], "空号")


@given(IDS, st.data())
def test_nobody_checks_where_he_has_a_conflict(able, data):
    conflicted = data.draw(st.sets(st.sampled_from(sorted(able))))
    if able == conflicted:
        refused("nobody-free", inspectors, "seed", "t", able, conflicted)
    else:
        assert not set(inspectors("seed", "t", able, conflicted)) & conflicted


def test_two_inspectors_are_two_people_or_nobody_goes():
    assert len(set(inspectors("seed", "t", "abc", "c", 2))) == 2
    refused("nobody-free", inspectors, "seed", "t", "abc", "bc", 2)
