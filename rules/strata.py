"""Which stratum of a draw a candidate belongs to, and how much more often a stratum is drawn.

Basis: QY-2.3c, SJ-3.2: low ratings and those long unchecked are looked at first, but nobody is left out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from rules.choices import Choice
from rules.draw import Member
from rules.params import Param
from rules.text import _

SEPARATOR = "·"
ALL, LOW, OTHER, LONG, RECENT = "全部", "低分", "其他评价", "久未核查", "近期核查过"


class StratumBy(Choice):
    """By what the list is divided."""

    AREA = "area", _("村（社区）")
    TRADE = "trade", _("类别")
    LEVEL = "level", _("评价高低")
    UNCHECKED = "unchecked", _("多久没有核查")


@dataclass(frozen=True)
class Weighting:
    """`low` and `long` say how many times as often low ratings and long unchecked ones are drawn; `days` is long."""

    low: Annotated[int, Param(_("低分按几倍抽"), least=1, most=10)] = 3
    long: Annotated[int, Param(_("久未核查的按几倍抽"), least=1, most=10)] = 2
    days: Annotated[int, Param(_("多少天没有核查算久"), least=1, most=3650)] = 180


@dataclass(frozen=True)
class Candidate:
    """Somebody or something that may be drawn; `cadre_id` is whom the check would be about."""

    id: str
    client_id: int
    cadre_id: int | None
    area: str
    trade: str
    invitation_id: int | None = None
    low: bool = False
    checked_on: date | None = None


def members(candidates: Iterable[Candidate], by: Collection[StratumBy], today: date, weighting: Weighting) -> list[Member]:
    """Each candidate in its stratum; one stratum for all where nothing divides them."""
    return [Member(_stratum(one, by, today, weighting), one.id) for one in candidates]


def weights(names: Iterable[str], weighting: Weighting) -> dict[str, int]:
    """How many times as often each stratum is drawn; those drawn once are left out."""
    found = {name: _weight(name.split(SEPARATOR), weighting) for name in names}
    return {name: weight for name, weight in sorted(found.items()) if weight > 1}


def _stratum(one: Candidate, by: Collection[StratumBy], today: date, weighting: Weighting) -> str:
    long = one.checked_on is None or today - one.checked_on > timedelta(days=weighting.days)
    parts: Mapping[StratumBy, str] = {
        StratumBy.AREA: one.area,
        StratumBy.TRADE: one.trade,
        StratumBy.LEVEL: LOW if one.low else OTHER,
        StratumBy.UNCHECKED: LONG if long else RECENT,
    }
    return SEPARATOR.join(_plain(parts[key]) for key in StratumBy if key in by) or ALL


def _plain(name: str) -> str:
    return " ".join(name.replace(SEPARATOR, " ").split())


def _weight(parts: Collection[str], weighting: Weighting) -> int:
    return (weighting.low if LOW in parts else 1) * (weighting.long if LONG in parts else 1)
