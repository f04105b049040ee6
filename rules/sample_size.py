"""How many of a frame are drawn, and how they are shared among the strata.

Basis: standards for simple random samples, n0 = z²p(1-p)/e² at p = 1/2 with finite correction
n = n0 / (1 + (n0 - 1) / N); 双随机 (国办发〔2015〕58号) for the share of every stratum.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from statistics import NormalDist

from rules.errors import RuleBroken
from rules.text import _


def needed(frame: int, margin: float, confidence: float = 0.95) -> int:
    """Smallest sample of a frame of so many that holds the margin (0.05 = ±5 %) at the confidence.

    Raises RuleBroken("frame-empty") or RuleBroken("margin-odd").
    """
    if frame < 1:
        raise RuleBroken("frame-empty", _("抽样名单是空的，请先核对抽查范围。"))
    if not (0 < margin < 1 and 0 < confidence < 1):
        raise RuleBroken("margin-odd", _("误差和置信度应在0和1之间，例如误差0.05、置信度0.95。"))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    n0 = z * z / 4 / margin**2
    return min(frame, ceil(n0 / (1 + (n0 - 1) / frame)))


def allocate(strata: Mapping[str, int], size: int, weights: Mapping[str, int] | None = None) -> dict[str, int]:
    """Share `size` among the strata by their counts times weight, at least one each, none over its count.

    Largest remainder (a seat at a time by the largest unmet quota), ties by the stratum's name.
    Raises RuleBroken("frame-empty", "stratum-empty", "weight-odd", "sample-too-large" or "sample-too-small").
    """
    weights = weights or {}
    _check_share(strata, size, weights)
    mass = {name: count * weights.get(name, 1) for name, count in strata.items()}
    total = sum(mass.values())
    quota = {name: Fraction(size * part, total) for name, part in mass.items()}
    given = dict.fromkeys(sorted(strata), 1)
    for _seat in range(size - len(given)):
        open_ = [name for name in given if given[name] < strata[name]]
        given[min(open_, key=lambda name: (given[name] - quota[name], name))] += 1
    return given


def _check_share(strata: Mapping[str, int], size: int, weights: Mapping[str, int]) -> None:
    if not strata:
        raise RuleBroken("frame-empty", _("抽样名单是空的，请先核对抽查范围。"))
    empty = sorted(name for name, count in strata.items() if count < 1)
    if empty:
        raise RuleBroken("stratum-empty", _("“{stratum}”一层没有可抽的对象，请并入别的层或去掉这一层。"), stratum=empty[0])
    if any(weight < 1 for weight in weights.values()):
        raise RuleBroken("weight-odd", _("各层的权重应是不小于1的整数。"))
    if size > sum(strata.values()):
        most = sum(strata.values())
        raise RuleBroken("sample-too-large", _("名单只有{most}个对象，不能抽{size}个，请减少样本量。"), most=most, size=size)
    if size < len(strata):
        least = len(strata)
        raise RuleBroken("sample-too-small", _("共{least}层，每层至少抽1个，样本量不能少于{least}个。"), least=least)
