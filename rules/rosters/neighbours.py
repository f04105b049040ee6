"""Bare headings (电话, 姓名, 单位) understood by what else the table has, then by position."""

from collections.abc import Sequence

from rules.rosters.columns import Meaning

_PERSON_SIDE = {Meaning.PERSON, Meaning.UNIT, Meaning.POST}
_ENTERPRISE_SIDE = {Meaning.ENTERPRISE, Meaning.CONTACT, Meaning.PLACE, Meaning.CODE}


def settle(meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """The same columns with no BARE meaning left."""
    settled = list(meanings)
    _settle_units(settled)
    _settle_names(settled)
    for column, meaning in enumerate(settled):
        if meaning is Meaning.BARE_PHONE:
            settled[column] = _phone_of(settled, column)
    return tuple(settled)


def _settle_units(meanings: list[Meaning]) -> None:
    for column, meaning in enumerate(meanings):
        if meaning is Meaning.BARE_UNIT:
            missing = Meaning.ENTERPRISE not in meanings
            meanings[column] = Meaning.ENTERPRISE if missing else Meaning.UNIT


def _settle_names(meanings: list[Meaning]) -> None:
    for column, meaning in enumerate(meanings):
        if meaning is Meaning.BARE_NAME:
            wanted = (Meaning.PERSON, Meaning.CONTACT)
            meanings[column] = next((want for want in wanted if want not in meanings), Meaning.UNKNOWN)


def _phone_of(meanings: Sequence[Meaning], column: int) -> Meaning:
    others = [meaning for place, meaning in enumerate(meanings) if place != column]
    if Meaning.BARE_PHONE not in others:
        if Meaning.ENTERPRISE_PHONE in others and Meaning.PERSON_PHONE not in others:
            return Meaning.PERSON_PHONE
        if Meaning.PERSON_PHONE in others and Meaning.ENTERPRISE_PHONE not in others:
            return Meaning.ENTERPRISE_PHONE
    for meaning in [*reversed(meanings[:column]), *meanings[column + 1 :]]:
        if meaning in _PERSON_SIDE:
            return Meaning.PERSON_PHONE
        if meaning in _ENTERPRISE_SIDE:
            return Meaning.ENTERPRISE_PHONE
    return Meaning.UNKNOWN
