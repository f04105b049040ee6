"""What the results of a spot check may claim: a rate with its base and interval, and ranking only where it holds.

Basis: SJ-3.2 (随机抽查、电话调查、专项督查); Wilson score interval, at 95 % unless told otherwise. Rates are
fractions of 1; a rate of nothing is None, never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

from rules.errors import RuleBroken
from rules.text import _

LEAST_RANKED = 5


@dataclass(frozen=True)
class Share:
    """`hits` of `n`: mismatches of the calls that were answered, answered calls of the picks."""

    hits: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.n:
            raise RuleBroken("share-odd", _("{hits}不能是{n}的一部分，请核对计数。"), hits=self.hits, n=self.n)

    @property
    def rate(self) -> float | None:
        return self.hits / self.n if self.n else None

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Lower and upper end; all of 0 to 1 where nothing was counted."""
        return interval(self.hits, self.n, confidence)


def interval(hits: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of `hits` of `n`."""
    if not n:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, fraction = hits / n, z * z / n
    middle = (rate + fraction / 2) / (1 + fraction)
    half = z * sqrt(rate * (1 - rate) / n + fraction / (4 * n)) / (1 + fraction)
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == n else middle + half
    return low, high


def ranking(shares: Mapping[str, Share]) -> tuple[str, ...]:
    """Names from the lowest rate up; empty when any base is under five or two neighbours' intervals overlap."""
    if len(shares) < 2 or any(share.n < LEAST_RANKED for share in shares.values()):
        return ()
    names = sorted(shares, key=lambda name: shares[name].hits / shares[name].n)
    ends = [shares[name].interval() for name in names]
    if any(lower[1] >= upper[0] for lower, upper in pairwise(ends)):
        return ()
    return tuple(names)
