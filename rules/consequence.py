"""Kind `consequence`: what a rating leads to, as proposals with their evidence; people decide.

Basis: QY-2.3d (“一般”及以下 → 反馈、督办), SQ-2.3b (2次测评不满意 → 三项处理). clauses.md §5.6: what one
“测评不满意” is and over which time two are counted are parameters. The default counts a cadre's monthly
round once, however many shops were dissatisfied in it: the paper says “2次测评”, a 测评 is held monthly,
and one bad month shall not look like two.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from rules.choices import Choice
from rules.months import Month
from rules.params import Fault, Param
from rules.plan import Rule
from rules.scale import Scale
from rules.text import _, note


class CountPer(Choice):
    """What counts as one occurrence."""

    ROUND = "round", _("一轮测评计一次")
    BALLOT = "ballot", _("一份评价计一次")


class Span(Choice):
    """The time within which occurrences add up."""

    ROLLING = "rolling", _("连续若干个月内累计")
    CALENDAR_YEAR = "calendar_year", _("同一年度内累计")
    CONSECUTIVE = "consecutive", _("连续几轮")


class OutcomeKind(Choice):
    """What is proposed."""

    FEEDBACK = "feedback", _("反馈")
    ORDER = "order", _("督办")
    SANCTION = "sanction", _("处理建议")


@dataclass(frozen=True)
class Outcome:
    """One thing proposed. `validity_months` 0: done once, nothing stays in force."""

    code: Annotated[str, Param(_("代码"))]
    kind: Annotated[OutcomeKind, Param(_("类别"))]
    title: Annotated[str, Param(_("内容"))]
    reply: Annotated[str, Param(_("答复期限"), refers="rule:clock")] = ""
    validity_months: Annotated[int, Param(_("有效月数"), least=0, most=60)] = 0

    def problems(self) -> Iterator[Fault]:
        if self.kind is OutcomeKind.ORDER and not self.reply:
            yield Fault(("reply",), note(_("督办要写答复期限")))
        if self.validity_months and self.kind is not OutcomeKind.SANCTION:
            yield Fault(("validity_months",), note(_("只有处理建议才有有效期")))


@dataclass(frozen=True)
class ConsequenceRule:
    """So many (`times`) results at or below `threshold` within the span lead to the outcomes.

    Without a survey it is by hand: a named person proposes one of the outcomes on facts he writes down (ZF-3.3, SJ-3.3, CK-4.3a).
    """

    survey: Annotated[str, Param(_("依据哪项测评"), refers="rule:survey")] = ""
    threshold: Annotated[str, Param(_("达到或低于哪一档"), refers="level")] = ""
    outcomes: Annotated[tuple[Outcome, ...], Param(_("结果"), least=1, most=10)] = ()
    times: Annotated[int, Param(_("次数"), least=1, most=12)] = 1
    count_per: Annotated[CountPer, Param(_("怎样算一次"))] = CountPer.ROUND
    span: Annotated[Span, Param(_("累计范围"))] = Span.ROLLING
    span_months: Annotated[int, Param(_("累计月数（按月滚动时）"), least=1, most=60)] = 12
    review: Annotated[str, Param(_("复核申请期限"), refers="rule:clock")] = ""
    appeal: Annotated[str, Param(_("申诉期限"), refers="rule:clock")] = ""

    @property
    def by_hand(self) -> bool:
        return not self.survey

    def problems(self) -> Iterator[Fault]:
        codes = [outcome.code for outcome in self.outcomes]
        if not self.outcomes:
            yield Fault(("outcomes",), note(_("至少写一项结果")))
        if bool(self.survey) != bool(self.threshold):
            yield Fault(("threshold",), note(_("依据哪项测评、达到或低于哪一档，要写都写；都不写就是由人提出")))
        if self.by_hand and any(outcome.kind is not OutcomeKind.SANCTION for outcome in self.outcomes):
            yield Fault(("outcomes",), note(_("由人提出的，结果只能是处理建议")))
        if len(set(codes)) < len(codes):
            yield Fault(("outcomes",), note(_("结果的代码不能重复")))
        sanctions = any(outcome.kind is OutcomeKind.SANCTION for outcome in self.outcomes)
        if sanctions and not (self.review and self.appeal):
            yield Fault(("review",), note(_("处理建议要写明复核申请期限和申诉期限（《公务员法》第九十五条）")))


@dataclass(frozen=True)
class Result:
    """One ballot of a frozen round; `on`: its last day (the local day before the exclusive `closes_at`)."""

    round: str
    month: Month
    on: date
    ballot: str
    cadre: str
    level: int
    voided: bool = False


@dataclass(frozen=True)
class Evidence:
    """One occurrence: its id (of the round or the ballot), the low ballots, and of how many valid ones."""

    id: str
    month: Month
    ballots: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Proposal:
    """One outcome for one cadre. The key is the same however often the same evidence is evaluated."""

    key: str
    rule: Rule[ConsequenceRule]
    cadre: str
    outcome: Outcome
    evidence: tuple[Evidence, ...]


def evaluate(
    history: Iterable[Result],
    rule: Rule[ConsequenceRule],
    scale: Scale,
    today: date,
    spent: Collection[tuple[str, str]] = (),
) -> tuple[Proposal, ...]:
    """All proposals that the history up to `today` gives rise to, by cadre and time.

    Every occurrence is used once: after the first and second have led to proposals, a third begins a
    new count and only a fourth completes it. `spent` holds (cadre, evidence id) pairs already used by
    proposals of this rule, so that a late correction cannot use them again in another pairing.
    Voided ballots, and results of days on which this version was not in force, do not count: evaluate
    every version of a rule, since a round may be frozen after the version it closed under has ended.
    """
    counted = [one for one in history if not one.voided and one.on <= today and rule.in_force(one.on)]
    made: list[Proposal] = []
    for cadre, own in groupby(sorted(counted, key=_order), key=lambda one: one.cadre):
        used = {evidence for who, evidence in spent if who == cadre}
        for found in _complete(_occurrences(list(own), rule.params, scale), rule.params, used):
            made += [_proposal(rule, cadre, outcome, found) for outcome in rule.params.outcomes]
    return tuple(made)


def _order(one: Result) -> tuple[str, Month, str, str]:
    return one.cadre, one.month, one.round, one.ballot


def _occurrences(own: Sequence[Result], rule: ConsequenceRule, scale: Scale) -> Iterator[Evidence | None]:
    """Occurrences in order; None stands for a round that went well (it ends a consecutive run)."""
    for (month, round_id), ballots in groupby(own, key=lambda one: (one.month, one.round)):
        valid = list(ballots)
        low = tuple(one.ballot for one in valid if scale.at_or_below(one.level, rule.threshold))
        if not low:
            yield None
        elif rule.count_per is CountPer.ROUND:
            yield Evidence(round_id, month, low, len(valid))
        else:
            yield from (Evidence(ballot, month, (ballot,), len(valid)) for ballot in low)


def _complete(
    found: Iterable[Evidence | None], rule: ConsequenceRule, used: set[str]
) -> Iterator[tuple[Evidence, ...]]:
    """Groups of `times` occurrences within the span; each occurrence in one group at most."""
    waiting: list[Evidence] = []
    for one in found:
        if one is None:
            waiting = [] if rule.span is Span.CONSECUTIVE else waiting
        elif one.id not in used:
            waiting = [earlier for earlier in waiting if _adds_up(earlier, one, rule)] + [one]
        if len(waiting) == rule.times:
            yield tuple(waiting)
            waiting = []


def _adds_up(earlier: Evidence, later: Evidence, rule: ConsequenceRule) -> bool:
    if rule.span is Span.CALENDAR_YEAR:
        return earlier.month.year == later.month.year
    return rule.span is Span.CONSECUTIVE or later.month.index - earlier.month.index < rule.span_months


def _proposal(rule: Rule[ConsequenceRule], cadre: str, outcome: Outcome, evidence: tuple[Evidence, ...]) -> Proposal:
    ids = "+".join(one.id for one in evidence)
    return Proposal(f"{rule.id}:{cadre}:{ids}:{outcome.code}", rule, cadre, outcome, evidence)
