"""What the rated person sees can't be turned into who rated how."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.disclosure import Band, Voice, band_of, batches, disclose
from rules.months import Month
from rules.survey import FloorCounts, SurveyRule
from tests.rules.packs import book

SURVEY = book().rule("enterprise-survey", date(2026, 1, 1), SurveyRule).params
BY_BALLOT = replace(SURVEY, floor_counts=FloorCounts.BALLOTS)
FIVE = book().scale("satisfaction-5-fair")
JANUARY = Month(2026, 1)
VOICES = st.lists(
    st.builds(Voice, st.integers(0, 14).map(JANUARY.plus), st.sampled_from("甲乙丙丁戊"), st.integers(1, 5)),
    max_size=40,
)


def voices(*months):
    """One string of raters per month, all rating 4, the last of each month 2."""
    return [
        Voice(JANUARY.plus(n), who, 2 if who == raters[-1] else 4) for n, raters in enumerate(months) for who in raters
    ]


@pytest.mark.clause("QY-2.3b")
def test_two_voices_show_nothing_and_three_do():
    assert disclose(voices("甲乙"), FIVE, SURVEY) == ()
    (shown,) = disclose(voices("甲乙丙"), FIVE, SURVEY)
    assert (shown.n, shown.mean) == (3, Decimal("66.67"))


def test_few_voices_wait_for_more_and_are_told_together():
    (shown,) = disclose(voices("甲", "乙", "丙"), FIVE, SURVEY)
    assert [str(month) for month in shown.months] == ["2026-01", "2026-02", "2026-03"]


def test_voices_older_than_the_window_are_never_shown():
    (batch,) = batches(voices("甲", "乙", "", "丙丁"), SURVEY)
    assert "".join(voice.rater for voice in batch) == "乙丙丁"


def test_one_shop_answering_three_months_is_one_voice():
    assert batches(voices("甲", "甲", "甲"), SURVEY) == ()
    assert len(batches(voices("甲", "甲", "甲"), BY_BALLOT)) == 1


@given(VOICES, st.sampled_from([SURVEY, BY_BALLOT]))
def test_batches_are_disjoint_and_each_holds_the_floor(given_voices, survey):
    made = batches(given_voices, survey)
    assert all(len(batch) >= survey.floor for batch in made)
    months = [month for batch in made for month in {voice.month for voice in batch}]
    assert len(months) == len(set(months))
    for batch in made:
        span = max(voice.month.index for voice in batch) - min(voice.month.index for voice in batch)
        assert span < survey.rolling_months


@given(VOICES, st.integers(0, 14))
def test_later_months_never_change_what_was_shown(given_voices, n):
    early = [voice for voice in given_voices if voice.month <= JANUARY.plus(n)]
    before = batches(early, SURVEY)
    assert batches(given_voices, SURVEY)[: len(before)] == before


def test_like_ballots_show_a_band_only():
    (shown,) = disclose([Voice(JANUARY, who, 5) for who in "甲乙丙"], FIVE, SURVEY)
    assert (shown.mean, shown.band) == (None, Band.GOOD)
    assert "以免看出" in str(shown.withheld)


@pytest.mark.parametrize("levels", [3, 4, 5])
@pytest.mark.parametrize("n", [3, 4, 7])
def test_a_band_fits_several_sets_of_ballots_so_that_none_can_be_inferred(levels, n):
    narrow = defaultdict(set)
    for ranks in combinations_with_replacement(range(levels), n):
        if ranks[-1] - ranks[0] <= 1:
            narrow[band_of(ranks, levels)].add(ranks)
    assert narrow
    for possible in narrow.values():
        for rank in range(levels):
            assert any(set(ranks) != {rank} for ranks in possible)


@pytest.mark.parametrize(("ranks", "band"), [((3, 3, 3), Band.GOOD), ((3, 3, 2), Band.FAIR), ((2, 2, 1), Band.POOR)])
def test_bands_change_at_their_lines(ranks, band):
    assert band_of(ranks, 5) is band
