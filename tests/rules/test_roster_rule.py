"""Every active enterprise has exactly one current responsible cadre."""

from dataclasses import replace
from datetime import date

import pytest

from rules.roster_rule import GapKind, Holding, RosterRule, evaluate
from tests.rules.packs import book

DAY = date(2026, 3, 2)
START = date(2026, 1, 1)
RULE = book().rule("enterprise-roster", DAY, RosterRule).params


def gaps(targets, holdings, rule=RULE, day=DAY):
    return [(gap.kind, gap.subject) for gap in evaluate(targets, holdings, rule, day)]


@pytest.mark.clause("QY-2.1a")
def test_one_cadre_each_leaves_no_gap():
    assert gaps(["a", "b"], [Holding("a", "李", START), Holding("b", "李", START)]) == []


@pytest.mark.clause("QY-2.1a")
def test_nobody_and_too_many_are_found():
    holdings = [Holding("a", "李", START), Holding("a", "张", START)]
    assert gaps(["a", "b"], holdings) == [(GapKind.TOO_MANY, "a"), (GapKind.NOBODY, "b")]


def test_one_cadre_listed_twice_is_one():
    assert gaps(["a"], [Holding("a", "李", START), Holding("a", "李", DAY)]) == []


def test_an_assignment_counts_to_its_last_day():
    holding = Holding("a", "李", START, DAY)
    assert gaps(["a"], [holding]) == []
    assert gaps(["a"], [holding], day=date(2026, 3, 3)) == [(GapKind.EXPIRED, "a")]
    assert gaps(["a"], [Holding("a", "李", date(2026, 3, 3))]) == [(GapKind.NOBODY, "a")]


def test_enterprises_no_longer_active_need_nobody():
    assert gaps([], [Holding("a", "李", START), Holding("a", "张", START)]) == []


def test_loads_outside_five_to_ten_are_told():
    rule = replace(RULE, load_least=5, load_most=10)

    def found(n):
        targets = [str(one) for one in range(n)]
        return gaps(targets, [Holding(one, "李", START) for one in targets], rule)

    assert found(4) == [(GapKind.UNDERLOAD, "李")]
    assert found(5) == found(10) == []
    assert found(11) == [(GapKind.OVERLOAD, "李")]


def test_bounds_that_cross_are_refused():
    assert list(replace(RULE, least=2, most=1).problems())
    assert list(replace(RULE, load_least=5, load_most=4).problems())
    assert not list(replace(RULE, load_least=5, load_most=0).problems())
