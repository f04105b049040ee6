"""What the rated person may see: batches of enough voices that never overlap, no vote to be inferred.

Two overlapping means (months 1-3, then 2-4) give single ballots away by subtraction, and so does a
mean of ballots that are all alike. Therefore every ballot is published in one batch at most, a batch
waits until it has enough voices, and a narrow spread is told as a band (design: secrecy of ratings).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.choices import Choice
from rules.months import Month
from rules.results import mean_score
from rules.scale import Scale
from rules.survey import FloorCounts, SurveyRule
from rules.text import Note, _, note


class Band(Choice):
    """A coarse word; each covers at least two neighbouring levels of any scale."""

    GOOD = "good", _("总体较好")
    FAIR = "fair", _("总体一般")
    POOR = "poor", _("需要改进")


@dataclass(frozen=True)
class Voice:
    """One valid ballot about the rated person: the month, who gave it, and its position on the scale."""

    month: Month
    rater: str
    level: int


@dataclass(frozen=True)
class Shown:
    """One published batch: its months, how many ballots, and either a mean (scores) or only a band."""

    months: tuple[Month, ...]
    n: int
    band: Band
    mean: Decimal | None
    withheld: Note | None


def batches(voices: Sequence[Voice], survey: SurveyRule) -> tuple[tuple[Voice, ...], ...]:
    """Disjoint batches in the order of time, each with at least `survey.floor` voices.

    Only whole months of closed rounds are passed in. Months that wait longer than
    `survey.rolling_months` for company are never shown. Later months never change earlier batches.
    """
    done: list[tuple[Voice, ...]] = []
    waiting: list[Voice] = []
    for month in sorted({voice.month for voice in voices}):
        oldest = month.index - survey.rolling_months + 1
        waiting = [voice for voice in waiting if voice.month.index >= oldest]
        waiting += [voice for voice in voices if voice.month == month]
        if _weight(waiting, survey.floor_counts) >= survey.floor:
            done.append(tuple(waiting))
            waiting = []
    return tuple(done)


def disclose(voices: Sequence[Voice], scale: Scale, survey: SurveyRule) -> tuple[Shown, ...]:
    """What the rated person, his unit and everybody without a special right may see."""
    return tuple(_shown(batch, scale) for batch in batches(voices, survey))


def _weight(voices: Sequence[Voice], counts: FloorCounts) -> int:
    return len(voices) if counts is FloorCounts.BALLOTS else len({voice.rater for voice in voices})


def _shown(batch: Sequence[Voice], scale: Scale) -> Shown:
    months = tuple(sorted({voice.month for voice in batch}))
    ranks = sorted(level.position for level in scale.levels)
    given = [ranks.index(scale.at(voice.level).position) for voice in batch]
    band = band_of(given, len(ranks))
    if max(given) - min(given) <= 1:
        why = note(_("评价比较集中，只显示总体情况，以免看出是谁评的"))
        return Shown(months, len(batch), band, None, why)
    return Shown(months, len(batch), band, mean_score([voice.level for voice in batch], scale), None)


def band_of(ranks: Sequence[int], levels: int) -> Band:
    """The band of ballots given as ranks 0 (worst) to `levels` - 1 (best)."""
    height = Fraction(sum(ranks), len(ranks) * (levels - 1))
    if height >= Fraction(3, 4):
        return Band.GOOD
    return Band.FAIR if height >= Fraction(1, 2) else Band.POOR
