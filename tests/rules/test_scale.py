"""Scales are data: thresholds go by position, not by text."""

from dataclasses import replace

import pytest

from rules.errors import RuleBroken
from rules.scale import Level, Scale
from tests.rules.packs import book

FIVE = book().scale("satisfaction-5-fair")


@pytest.mark.clause("QY-2.3d")
@pytest.mark.parametrize(("position", "low"), [(5, False), (4, False), (3, True), (2, True), (1, True)])
def test_fair_and_everything_below_it_is_low(position, low):
    assert FIVE.at_or_below(position, "fair") is low


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        ("satisfaction-5-fair", ["非常满意", "满意", "一般", "不满意", "很不满意"]),
        ("good-bad-5", ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]),
        ("grade-3", ["优秀", "合格", "较差"]),
        ("satisfaction-4", ["满意", "基本满意", "一般", "不满意"]),
    ],
)
def test_the_scales_of_the_papers_are_there_best_first(scale, labels):
    assert [level.label for level in book().scale(scale).levels] == labels


def test_one_word_may_mean_another_place_on_another_scale():
    assert FIVE.level("fair").position == 3
    assert book().scale("satisfaction-4").level("fair").position == 2


def test_the_share_of_satisfied_has_its_own_line():
    assert FIVE.satisfied(4)
    assert not FIVE.satisfied(3)


def test_an_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(RuleBroken, match="非常满意、满意、一般"):
        FIVE.at(6)
    with pytest.raises(RuleBroken):
        FIVE.level("一般")


def test_a_missing_scale_is_told():
    with pytest.raises(RuleBroken, match="没有量表"):
        book().scale("nothing")


def test_odd_scales_are_refused():
    one, two, three = (Level(f"l{n}", f"第{n}档", n, n * 10) for n in (1, 2, 3))
    good = Scale("s", "量表", "依据", (three, two, one), "l2")
    assert not list(good.problems())
    assert list(replace(good, levels=(one, one, two)).problems())
    assert list(replace(good, satisfied_from="l9").problems())
    assert list(replace(good, levels=(replace(three, score=5), two, one)).problems())
