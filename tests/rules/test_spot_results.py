"""Results of a spot check claim no more than their base allows."""

import pytest

from rules.spot_results import Visit, results


@pytest.mark.clause("QY-2.3c")
def test_rates_stand_on_who_answered_and_replaced_picks_count_no_more():
    found = results([
        Visit("甲", answered=True), Visit("甲", answered=True, differing=True, found=True), Visit("乙"), Visit("乙", replaced=True),
    ])  # fmt: skip
    assert (found.n, found.replaced) == (3, 1)
    assert (found.response.hits, found.response.n) == (2, 3)
    assert (found.mismatch.hits, found.mismatch.n) == (1, 2)
    assert found.mismatch.rate == 0.5
    assert (found.finding.hits, set(found.by_person), found.ranked) == (1, {"甲"}, ())


def test_nobody_is_ranked_below_five_answers_or_with_overlapping_intervals():
    few = [Visit("甲", answered=True, differing=True)] * 4 + [Visit("乙", answered=True)] * 40
    close = [Visit("甲", answered=True, differing=n < 3) for n in range(6)] + [Visit("乙", answered=True)] * 6
    apart = [Visit("甲", answered=True, differing=True)] * 20 + [Visit("乙", answered=True)] * 20
    assert results(few).ranked == results(close).ranked == ()
    assert results(apart).ranked == ("乙", "甲")


def test_a_check_without_any_answer_has_no_rate():
    found = results([Visit("甲")])
    assert (found.response.rate, found.mismatch.rate, found.mismatch.interval()) == (0.0, None, (0.0, 1.0))
