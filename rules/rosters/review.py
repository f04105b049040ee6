"""The shape of a review item: entries grouped, rows in order, subject masked."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from rules.rosters.report import Finding, RosterEntry, Said


def grouped(
    entries: Iterable[RosterEntry], key: Callable[[RosterEntry], Hashable]
) -> list[list[RosterEntry]]:
    """Entries that share a key, in the order of the file; an empty key groups nothing."""
    groups: defaultdict[Hashable, list[RosterEntry]] = defaultdict(list)
    for entry in entries:
        if key(entry):
            groups[key(entry)].append(entry)
    return list(groups.values())


def finding(kind: str, group: Iterable[RosterEntry], subject: str, message: str, **values: object) -> Finding:
    """One review item over the rows of `group`."""
    rows = tuple(sorted({entry.at for entry in group}))
    return Finding(kind, rows, subject, Said(message, {"subject": subject, **values}))
