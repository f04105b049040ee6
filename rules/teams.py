"""Teams and the seats in them (TL-2.1, TL-2.2, SPX-5.1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from rules.choices import Choice
from rules.params import Param
from rules.text import Note, _, note


class TeamKind(Choice):
    LEADING = "leading", _("领导小组")
    TASK = "task", _("工作专班")
    GROUP = "group", _("工作组")
    OFFICE = "office", _("办公室")
    OTHER = "other", _("其他")


class SeatRole(Choice):
    HEAD = "head", _("组长")
    DEPUTY = "deputy", _("副组长")
    MEMBER = "member", _("成员")
    OFFICE_HEAD = "office_head", _("办公室主任")
    OFFICE_DEPUTY = "office_deputy", _("办公室副主任")


@dataclass(frozen=True)
class TeamNeed:
    """How many sit where, as the paper says; `team` is the name in the paper, `most` 0 means no upper bound."""

    team: Annotated[str, Param(_("小组名称，与登记的一致"))]
    role: Annotated[SeatRole, Param(_("职责"))]
    least: Annotated[int, Param(_("至少几人"), least=1, most=200)] = 1
    most: Annotated[int, Param(_("至多几人（0为不限）"), least=0, most=200)] = 0


@dataclass(frozen=True)
class Seated:
    """One person in one seat of a team of that name."""

    team: str
    role: SeatRole
    person: str


def seat_gaps(needs: Iterable[TeamNeed], seats: Iterable[Seated]) -> tuple[tuple[TeamNeed, Note], ...]:
    """Each need that is not met, with the reason."""
    now = Counter((one.team, one.role) for one in seats)
    found = []
    for need in needs:
        n = now[need.team, need.role]
        if n < need.least:
            found.append((need, note(_("应有{least}名，现有{n}名"), least=need.least, n=n)))
        elif need.most and n > need.most:
            found.append((need, note(_("至多{most}名，现有{n}名"), most=need.most, n=n)))
    return tuple(found)


def in_both(apart: Iterable[str], seats: Iterable[Seated]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(person, teams) of whoever sits in several teams that nobody may sit in together (separation of duty)."""
    names = set(apart)
    held: dict[str, dict[str, None]] = {}
    for one in seats:
        if one.team in names:
            held.setdefault(one.person, {})[one.team] = None
    return tuple((person, tuple(teams)) for person, teams in held.items() if len(teams) > 1)
