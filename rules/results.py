"""What a set of ballots amounts to: counts as whole numbers, a mean only above the floor, an honest interval.

Basis: SQ-2.3a; Wilson 95 % interval (standards.md §12). Exact numbers in, exact numbers kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from rules.errors import RuleBroken
from rules.scale import Level, Scale
from rules.text import Note, _, note

Z95 = 1.959963984540054
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """A share kept as its two whole numbers."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Percent with two decimals, half up; None of nothing."""
        if not self.denominator:
            return None
        return (Decimal(self.numerator * 100) / self.denominator).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Summary:
    """One group's result, for those who may read it (what the rated person sees: rules/disclosure.py).

    `response` is answers over the invited that still trade; refusals stay in its denominator.
    `mean` is in scores; below the floor it is None and `withheld` says why.
    """

    n: int
    invited: int
    refused: int
    closed_shops: int
    response: Share
    distribution: tuple[tuple[Level, int], ...]
    satisfied: Share
    interval: tuple[float, float] | None
    mean: Decimal | None
    withheld: Note | None


def summarise(
    levels: Sequence[int], scale: Scale, invited: int, refused: int, closed_shops: int, floor: int
) -> Summary:
    """Sum up valid ballots given as positions on `scale`; excluded invitations are not in `invited`.

    Raises RuleBroken("counts-impossible") or RuleBroken("level-unknown").
    """
    n = len(levels)
    if min(refused, closed_shops) < 0 or n + refused + closed_shops > invited:
        raise RuleBroken(
            "counts-impossible",
            _("已答{n}、拒答{refused}、停业{closed}合起来超过应答{invited}，请核对。"),
            n=n,
            refused=refused,
            closed=closed_shops,
            invited=invited,
        )
    counted = Counter(scale.at(position).position for position in levels)
    satisfied = sum(count for position, count in counted.items() if scale.satisfied(position))
    few = n < floor
    return Summary(
        n=n,
        invited=invited,
        refused=refused,
        closed_shops=closed_shops,
        response=Share(n, invited - closed_shops),
        distribution=tuple((level, counted[level.position]) for level in scale.levels),
        satisfied=Share(satisfied, n),
        interval=wilson(satisfied, n) if n else None,
        mean=None if few else mean_score(levels, scale),
        withheld=too_few(n, floor) if few else None,
    )


def mean_score(levels: Sequence[int], scale: Scale) -> Decimal:
    """Mean of the scores of at least one ballot, two decimals, half up."""
    total = sum(scale.at(position).score for position in levels)
    return (Decimal(total) / len(levels)).quantize(CENT, ROUND_HALF_UP)


def too_few(n: int, floor: int) -> Note:
    """Why no mean is shown."""
    return note(_("只有{n}份评价，不足{floor}份，不计算平均分") if n else _("没有收到评价，不计算平均分"), n=n, floor=floor)


def wilson(successes: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Wilson score interval of a share, as two numbers between 0 and 1; needs 0 <= successes <= n, n > 0."""
    share, spread = successes / n, z * z / n
    centre = share + spread / 2
    half = z * sqrt((share * (1 - share) + spread / 4) / n)
    return max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread))
