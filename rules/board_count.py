"""Who is to be proposed for a board: counted from facts of the ledger, each fact used once.

Basis: HJ-2.1b (“屡教不改的进行曝光处理”), SJ-3.2, CK-4.3a.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from rules.board_rule import BoardRule, Colour
from rules.months import add_months
from rules.plan import Rule


@dataclass(frozen=True)
class Fact:
    """One line of the ledger about `subject`; `source`: "checks:12"."""

    source: str
    subject: int
    on: date
    bad: bool


@dataclass(frozen=True)
class Candidate:
    """`n` facts, `k` of them bad; the key is the same however often the same facts are counted."""

    key: str
    subject: int
    n: int
    k: int
    facts: tuple[Fact, ...]


def candidates(
    facts: Iterable[Fact], rule: Rule[BoardRule], today: date, spent: Collection[str] = (), standing: Collection[int] = ()
) -> tuple[Candidate, ...]:
    """By subject; below the base nobody is named, whoever stands or waits already is not proposed again.

    `spent`: sources used by earlier entries of this rule. Facts of days on which this version was not in force don't count.
    """
    first, about = add_months(today, -rule.params.span_months), defaultdict(list)
    for one in facts:
        if first < one.on <= today and rule.in_force(one.on) and one.source not in spent:
            about[one.subject].append(one)
    named = [(subject, found) for subject, found in sorted(about.items()) if subject not in standing and _stands(rule.params, found)]
    return tuple(_candidate(rule, subject, found) for subject, found in named)


def _stands(rule: BoardRule, found: list[Fact]) -> bool:
    bad = sum(one.bad for one in found)
    return len(found) >= rule.base and (bad >= rule.times if rule.colour is Colour.BLACK else bad <= rule.times)


def _candidate(rule: Rule[BoardRule], subject: int, found: list[Fact]) -> Candidate:
    known = tuple(sorted(found, key=lambda one: (one.on, one.source)))
    ids = "+".join(one.source.partition(":")[2] for one in known if one.bad or rule.params.colour is Colour.RED)
    return Candidate(f"{rule.id}:{rule.params.stands.value}:{subject}:{ids}"[:200], subject, len(known), sum(one.bad for one in known), known)
