"""What a spot check found: bases, response and mismatch rates, by person only where the numbers hold (SJ-3.2, QY-2.3c)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.wilson import Share, ranking


@dataclass(frozen=True)
class Visit:
    """One pick: whom it concerns, whether somebody answered, whether that differs from the ledger, what was found.

    `replaced`: another took its place, so it is no part of the sample any more.
    """

    whom: str
    answered: bool = False
    differing: bool = False
    found: bool = False
    replaced: bool = False


@dataclass(frozen=True)
class Results:
    """`n` are the picks that stand; `ranked` is empty where the numbers rank nobody."""

    n: int
    replaced: int
    response: Share
    mismatch: Share
    finding: Share
    by_person: Mapping[str, Share] = field(default_factory=dict)
    ranked: tuple[str, ...] = ()


def results(visits: Iterable[Visit]) -> Results:
    """The rates of mismatch and finding are of those who answered, the rate of response of all that stand."""
    every = tuple(visits)
    standing = [one for one in every if not one.replaced]
    answered = [one for one in standing if one.answered]
    people = {
        name: Share(sum(one.differing for one in answered if one.whom == name), sum(one.whom == name for one in answered))
        for name in sorted({one.whom for one in answered})
    }
    return Results(
        n=len(standing), replaced=len(every) - len(standing), response=Share(len(answered), len(standing)),
        mismatch=Share(sum(one.differing for one in answered), len(answered)),
        finding=Share(sum(one.found for one in answered), len(answered)), by_person=people, ranked=ranking(people),
    )  # fmt: skip
