"""Look for doubles among a hundred thousand rows: only rows that share a block are compared, and blocks are small."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.fuzz import ratio

from rules.doubles import BLOCK, GRAMS, WINDOW, Facts, grams, judge, keys

Pair = tuple[int, int]


def pairs(rows: list[Facts]) -> dict[Pair, tuple[int, str]]:
    """{(lower id, higher id): (score, why)} of all that may be one; work grows with the rows, not with their square."""
    found: dict[Pair, tuple[int, str]] = {}
    for a, b in candidates(rows):
        verdict = judge(a, b, ratio)
        if verdict:
            found[min(a.id, b.id), max(a.id, b.id)] = verdict
    return found


def candidates(rows: list[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """The pairs that are worth a comparison: those that share a block of their rarest word pieces."""
    known = Counter((one.group, gram) for one in rows for gram in set(grams(one.core)))
    blocks: defaultdict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for one in rows:
        rare = sorted(set(grams(one.core)), key=lambda gram: (known[one.group, gram], gram))[:GRAMS]
        for key in keys(one, rare):
            blocks[key].append(one)
    return (pair for block in blocks.values() if len(block) > 1 for pair in neighbours(block))


def neighbours(block: list[Facts]) -> Iterable[tuple[Facts, Facts]]:
    """All pairs of a small block; of a big one each row with the next few by name."""
    return combinations(block, 2) if len(block) <= BLOCK else _next_few(sorted(block, key=lambda one: one.name))


def _next_few(block: list[Facts]) -> Iterator[tuple[Facts, Facts]]:
    for n, one in enumerate(block):
        for other in block[n + 1 : n + 1 + WINDOW]:
            yield one, other
