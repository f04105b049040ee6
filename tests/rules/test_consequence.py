"""Low ratings lead to feedback and an order; two dissatisfied rounds to three proposed sanctions."""

from dataclasses import replace
from datetime import date

import pytest

from rules.consequence import ConsequenceRule, CountPer, Outcome, OutcomeKind, Result, Span, evaluate
from rules.months import Month
from tests.rules.packs import book

TODAY = date(2027, 12, 31)
FIVE = book().scale("satisfaction-5-fair")
ORDER = book().rule("low-rating-order", TODAY, ConsequenceRule)
TWICE = book().rule("twice-dissatisfied", TODAY, ConsequenceRule)
JANUARY = Month(2026, 1)


def rounds(**levels):
    """`m1=[5, 2]`: ballots of the cadre 李 in January 2026; m13 is January 2027."""
    made = []
    for name, given in levels.items():
        month = JANUARY.plus(int(name[1:]) - 1)
        made += [Result(str(month), month, month.last, f"{month}/{n}", "李", at) for n, at in enumerate(given)]
    return made


def change(rule, **params):
    return replace(rule, params=replace(rule.params, **params))


def pairs(history, rule=TWICE, today=TODAY, spent=()):
    """The months of each complete group, once per group."""
    found = evaluate(history, rule, FIVE, today, spent)
    return list(dict.fromkeys(tuple(one.month.number for one in made.evidence) for made in found))


@pytest.mark.clause("QY-2.3d")
@pytest.mark.parametrize(("level", "outcomes"), [(4, []), (3, ["feedback", "order"]), (2, ["feedback", "order"])])
def test_fair_or_worse_leads_to_feedback_and_an_order(level, outcomes):
    assert [made.outcome.code for made in evaluate(rounds(m1=[5, level]), ORDER, FIVE, TODAY)] == outcomes


@pytest.mark.clause("SQ-2.3b")
def test_the_second_dissatisfied_round_leads_to_three_proposals_with_their_evidence():
    assert pairs(rounds(m1=[2, 5])) == []
    made = evaluate(rounds(m1=[2, 5], m3=[5, 5, 1]), TWICE, FIVE, TODAY)
    assert [one.outcome.code for one in made] == ["no-honours", "self-criticism", "negative-list"]
    assert all(one.outcome.kind is OutcomeKind.SANCTION for one in made)
    assert [(one.ballots, one.n) for one in made[0].evidence] == [(("2026-01/0",), 2), (("2026-03/2",), 3)]
    assert made[0].rule.basis.document == "党委发〔2023〕77号"


@pytest.mark.clause("SQ-2.3b")
def test_fair_is_not_dissatisfied():
    assert pairs(rounds(m1=[3], m2=[3])) == []


def test_two_shops_in_one_round_count_once_unless_the_plan_says_otherwise():
    assert pairs(rounds(m1=[2, 1])) == []
    assert pairs(rounds(m1=[2, 1]), change(TWICE, count_per=CountPer.BALLOT)) == [(1, 1)]


def test_a_third_begins_a_new_count_and_a_fourth_completes_it():
    assert pairs(rounds(m1=[2], m2=[2], m3=[2])) == [(1, 2)]
    assert pairs(rounds(m1=[2], m2=[2], m3=[2], m4=[2])) == [(1, 2), (3, 4)]


def test_rolling_months_end_with_the_twelfth():
    assert pairs(rounds(m1=[2], m12=[2])) == [(1, 12)]
    assert pairs(rounds(m1=[2], m13=[2])) == []
    assert pairs(rounds(m1=[2], m13=[2], m14=[2])) == [(1, 2)]


def test_a_calendar_year_ends_with_december():
    rule = change(TWICE, span=Span.CALENDAR_YEAR)
    assert pairs(rounds(m1=[2], m12=[2]), rule) == [(1, 12)]
    assert pairs(rounds(m12=[2], m13=[2]), rule) == []


def test_consecutive_rounds_are_broken_by_a_good_one_but_not_by_an_empty_month():
    rule = change(TWICE, span=Span.CONSECUTIVE)
    assert pairs(rounds(m1=[2], m2=[5], m3=[2]), rule) == []
    assert pairs(rounds(m1=[2], m3=[2]), rule) == [(1, 3)]


def test_voided_ballots_and_days_to_come_do_not_count():
    history = rounds(m1=[2], m2=[2])
    assert pairs([history[0], replace(history[1], voided=True)]) == []
    assert pairs(history, today=date(2026, 2, 27)) == []
    assert pairs(history, today=date(2026, 2, 28)) == [(1, 2)]


def test_old_facts_keep_the_old_rule():
    ended = replace(TWICE, valid_to=date(2026, 2, 27))
    assert pairs(rounds(m1=[2], m2=[2]), ended) == []
    assert pairs(rounds(m1=[2], m2=[2]), replace(TWICE, valid_to=date(2026, 2, 28))) == [(1, 2)]


def test_used_evidence_is_not_paired_again_after_a_late_correction():
    used = {("李", "2026-02"), ("李", "2026-03")}
    assert pairs(rounds(m1=[2], m2=[2], m3=[2])) == [(1, 2)]
    assert pairs(rounds(m1=[2], m2=[2], m3=[2]), spent=used) == []
    assert pairs(rounds(m1=[2], m2=[2], m3=[2], m4=[2]), spent=used) == [(1, 4)]
    assert pairs(rounds(m1=[2], m2=[2]), spent={("张", "2026-01")}) == [(1, 2)]


def test_everybody_is_counted_alone():
    history = rounds(m1=[2], m2=[2])
    assert pairs([history[0], replace(history[1], cadre="张")]) == []


def test_a_rule_without_a_survey_is_by_hand_and_knows_sanctions_only():
    asked = replace(TWICE.params, survey="", threshold="", times=1)
    assert asked.by_hand
    assert list(asked.problems()) == []
    half = replace(asked, threshold="dissatisfied")
    assert [fault.path for fault in half.problems()] == [("threshold",)]
    ordered = replace(asked, outcomes=(Outcome("order", OutcomeKind.ORDER, "督办", reply="order-reply"),))
    assert [fault.path for fault in ordered.problems()] == [("outcomes",)]
    assert [fault.path for fault in replace(asked, outcomes=()).problems()] == [("outcomes",)]
