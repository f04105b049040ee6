"""Kind `roster`: who must be covered by whom, which seats a team has, and where the list has gaps (QY-2.1a, TL-2.1, TL-2.2, SPX-5.1)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from rules.choices import Choice
from rules.params import Fault, Param
from rules.survey import Party
from rules.teams import TeamNeed
from rules.text import Note, _, note


class GapKind(Choice):
    """OVERLOAD and UNDERLOAD only warn; the others need an assignment to be made or ended."""

    NOBODY = "nobody", _("无人负责")
    EXPIRED = "expired", _("责任人已到期")
    TOO_MANY = "too_many", _("责任人过多")
    OVERLOAD = "overload", _("承担过多")
    UNDERLOAD = "underload", _("承担过少")


@dataclass(frozen=True)
class RosterRule:
    """Each active target has `least`..`most` current holders; `load_least`/`load_most` warn (0: no bound)."""

    target: Annotated[Party, Param(_("谁要有人负责"))]
    holder: Annotated[Party, Param(_("由谁负责"))]
    least: Annotated[int, Param(_("至少几人"), least=1, most=20)] = 1
    most: Annotated[int, Param(_("至多几人"), least=1, most=20)] = 1
    load_least: Annotated[int, Param(_("每人至少负责几个（只提醒）"), least=0, most=1000)] = 0
    load_most: Annotated[int, Param(_("每人至多负责几个（只提醒）"), least=0, most=1000)] = 0

    teams: Annotated[tuple[TeamNeed, ...], Param(_("专班小组要配备的人"))] = field(default=(), metadata={"later": True})
    apart: Annotated[tuple[str, ...], Param(_("同一人不得兼任的小组"))] = field(default=(), metadata={"later": True})

    def problems(self) -> Iterator[Fault]:
        if (self.target is Party.TEAM) != bool(self.teams):
            yield Fault(("teams",), note(_("target 写“team”时要写 teams，其他时候不写")))
        if self.most < self.least:
            yield Fault(("most",), note(_("至多人数少于至少人数{least}"), least=self.least))
        if self.load_most and self.load_most < self.load_least:
            yield Fault(("load_most",), note(_("至多个数少于至少个数{least}"), least=self.load_least))


@dataclass(frozen=True)
class Holding:
    """`holder` answers for `target` from `since` to `until` (both days included; None: open)."""

    target: str
    holder: str
    since: date
    until: date | None = None

    def current(self, day: date) -> bool:
        """Whether it stands on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Gap:
    """One finding about a target or, for loads, about a holder."""

    kind: GapKind
    subject: str
    why: Note


def evaluate(
    targets: Collection[str], holdings: Iterable[Holding], rule: RosterRule, day: date
) -> tuple[Gap, ...]:
    """What is wrong with the list on `day`: first by target in the order given, then by holder."""
    known = [one for one in holdings if one.target in targets]
    now = {(one.target, one.holder) for one in known if one.current(day)}
    ended = {one.target for one in known if one.until is not None and one.until < day}
    holders, loads = Counter(target for target, _who in now), Counter(who for _target, who in now)
    found = [_target_gap(target, holders[target], target in ended, rule) for target in targets]
    found += [_load_gap(holder, loads[holder], rule) for holder in sorted(loads)]
    return tuple(gap for gap in found if gap)


def _target_gap(target: str, n: int, ended: bool, rule: RosterRule) -> Gap | None:
    if n > rule.most:
        return Gap(GapKind.TOO_MANY, target, note(_("现有{n}名责任人，最多{most}名"), n=n, most=rule.most))
    if n >= rule.least:
        return None
    why = note(_("现有{n}名责任人，至少{least}名"), n=n, least=rule.least)
    return Gap(GapKind.EXPIRED if ended and not n else GapKind.NOBODY, target, why)


def _load_gap(holder: str, n: int, rule: RosterRule) -> Gap | None:
    if rule.load_most and n > rule.load_most:
        return Gap(GapKind.OVERLOAD, holder, note(_("负责{n}个，超过{most}个"), n=n, most=rule.load_most))
    if n < rule.load_least:
        return Gap(GapKind.UNDERLOAD, holder, note(_("负责{n}个，不到{least}个"), n=n, least=rule.load_least))
    return None
