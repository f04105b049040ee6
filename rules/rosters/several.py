"""A table with a leader and a cadre side by side is two lists: each person has his own phone."""

from dataclasses import replace

from rules.rosters.columns import Meaning
from rules.rosters.grid import Grid
from rules.rosters.sections import Section

_OF_PERSON = (Meaning.PERSON_PHONE, Meaning.UNIT, Meaning.POST)


def one_per_person(grid: Grid, section: Section) -> list[Section]:
    """The section once for each column of responsible persons that holds anything."""
    columns = section.columns(Meaning.PERSON)
    used = [column for column in columns if _holds_anything(grid, section, column)] or columns[:1]
    return [replace(section, meanings=_seen_from(section, column, columns)) for column in used]


def _holds_anything(grid: Grid, section: Section, column: int) -> bool:
    return any(not grid.rows[index].cell(column).is_blank for index in section.body)


def _seen_from(section: Section, person: int, persons: list[int]) -> tuple[Meaning, ...]:
    return tuple(
        Meaning.OTHER if _is_anothers(section, column, person, persons) else meaning
        for column, meaning in enumerate(section.meanings)
    )


def _is_anothers(section: Section, column: int, person: int, persons: list[int]) -> bool:
    meaning = section.meanings[column]
    if meaning is Meaning.PERSON:
        return column != person
    return meaning in _OF_PERSON and _owner(section, column, persons) != person


def _owner(section: Section, column: int, persons: list[int]) -> int:
    named = [at for at in persons if _rank(section.headings[at]) & _rank(section.headings[column])]
    before = [at for at in persons if at < column]
    return named[0] if named else before[-1] if before else persons[0]


def _rank(heading: str) -> set[str]:
    return {word for word in ("领导", "干部", "责任人") if word in heading}
