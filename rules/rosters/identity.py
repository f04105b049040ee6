"""Who is who in a file: persons by closed-up name, enterprises by name and village."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from rules.rosters.tidy import same_name_key


class Place(NamedTuple):
    """Where an entry stands: table number and data-row number, both from 1."""

    table: int
    row: int


class Listed(Protocol):
    """What identity needs to know of an entry."""

    @property
    def at(self) -> Place: ...
    @property
    def person(self) -> str: ...
    @property
    def enterprise(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def credit_code(self) -> str: ...


def cadres_of(entries: Iterable[Listed]) -> set[str]:
    """Distinct responsible persons."""
    return {entry.person for entry in entries}


def enterprises_of(entries: Iterable[Listed]) -> dict[Place, tuple[str, str]]:
    """Key of the enterprise for every entry.

    One name in two villages, or with two credit codes, is two enterprises; an entry that names
    no village joins the only enterprise of its name and stays apart if there are several.
    """
    by_name: defaultdict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        by_name[same_name_key(entry.enterprise)].append(entry)
    return {
        entry.at: (name, mark)
        for name, group in by_name.items()
        for entry, mark in zip(group, _marks(group), strict=True)
    }


def _marks(group: list[Listed]) -> list[str]:
    for marks in (_codes(group), [same_name_key(entry.place) for entry in group]):
        distinct = {mark for mark in marks if mark}
        if len(distinct) > 1:
            return marks
    return [""] * len(group)


def _codes(group: list[Listed]) -> list[str]:
    return [entry.credit_code for entry in group]
