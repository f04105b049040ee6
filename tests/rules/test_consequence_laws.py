"""Laws of proposals that hold for every history."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.consequence import Result, Span, evaluate
from rules.months import Month
from tests.rules.test_consequence import FIVE, TWICE, change

TODAY = date(2030, 1, 1)


def result(cadre, n, shop, level, voided):
    month = Month(2026, 1).plus(n)
    return Result(str(month), month, month.last, f"{month}/{cadre}/{shop}", cadre, level, voided)


HISTORY = st.lists(
    st.builds(
        result,
        st.sampled_from("李张"),
        st.integers(0, 23),
        st.integers(0, 3),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=40,
    unique_by=lambda one: one.ballot,
)
RULES = st.sampled_from([change(TWICE, span=span) for span in Span])


def keys(made):
    return [one.key for one in made]


@given(HISTORY, RULES, st.randoms())
def test_evaluating_twice_or_in_another_order_gives_the_same_keys(history, rule, random):
    first = keys(evaluate(history, rule, FIVE, TODAY))
    random.shuffle(history)
    assert keys(evaluate(history, rule, FIVE, TODAY)) == first
    assert len(set(first)) == len(first)


@given(HISTORY, RULES)
def test_no_evidence_serves_twice_and_each_proposal_has_its_number(history, rule):
    made = [one for one in evaluate(history, rule, FIVE, TODAY) if one.outcome.code == "no-honours"]
    used = [(one.cadre, evidence.id) for one in made for evidence in one.evidence]
    assert len(set(used)) == len(used)
    assert all(len(one.evidence) == rule.params.times for one in made)


@given(HISTORY, RULES, st.integers(0, 23))
def test_later_rounds_never_unmake_what_was_proposed(history, rule, n):
    early = keys(evaluate(history, rule, FIVE, Month(2026, 1).plus(n).last))
    assert set(early) <= set(keys(evaluate(history, rule, FIVE, TODAY)))


@given(HISTORY, RULES)
def test_what_has_been_proposed_is_not_proposed_again(history, rule):
    made = evaluate(history, rule, FIVE, TODAY)
    spent = {(one.cadre, evidence.id) for one in made for evidence in one.evidence}
    assert not set(keys(evaluate(history, rule, FIVE, TODAY, spent))) & set(keys(made))
