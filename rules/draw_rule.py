"""Kind `draw`: from which list, divided by what, how many, by whom, checked with which sheet; and whether each month.

Basis: QY-2.3c, SJ-3.2, HJ-3.1. The papers say that there are spot checks; how large they are is a default of the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rules.choices import Choice
from rules.draws import DrawMethod, FrameKind
from rules.params import Fault, Param
from rules.strata import StratumBy, Weighting
from rules.text import _, note


class DrawLead(Choice):
    """Who opens the draw and answers for it."""

    DISCIPLINE = "discipline", _("纪检")
    LEADER = "leader", _("分管领导")


@dataclass(frozen=True)
class DrawRule:
    """`size` 0: reckoned from `margin` at `confidence`, both per cent; a shorter list is drawn whole."""

    frame: Annotated[FrameKind, Param(_("从什么名单里抽"))]
    method: Annotated[DrawMethod, Param(_("怎样核查"))]
    lead: Annotated[DrawLead, Param(_("由谁抽"))] = DrawLead.DISCIPLINE
    survey: Annotated[str, Param(_("抽哪项测评的答卷"), refers="rule:survey")] = ""
    sheet: Annotated[str, Param(_("用哪张检查表"), refers="rule:sheet")] = ""
    by: Annotated[tuple[StratumBy, ...], Param(_("按什么分层"), most=4)] = ()
    size: Annotated[int, Param(_("抽几个"), least=0, most=100_000)] = 0
    margin: Annotated[int, Param(_("误差（±%）"), least=0, most=50)] = 0
    confidence: Annotated[int, Param(_("置信度（%）"), least=50, most=99)] = 95
    low: Annotated[int, Param(_("低分按几倍抽"), least=1, most=10)] = 3
    long: Annotated[int, Param(_("久未核查的按几倍抽"), least=1, most=10)] = 2
    days: Annotated[int, Param(_("多少天没有核查算久"), least=1, most=3650)] = 180
    per_target: Annotated[int, Param(_("每个对象几人查"), least=1, most=2)] = 1
    monthly: Annotated[bool, Param(_("测评截止后自动固定名单"))] = False

    def problems(self) -> Iterator[Fault]:
        if (self.frame is FrameKind.BALLOTS) != bool(self.survey):
            yield Fault(("survey",), note(_("frame 写“ballots”时要写抽哪项测评，其他时候不写")))
        if StratumBy.LEVEL in self.by and self.frame is not FrameKind.BALLOTS:
            yield Fault(("by",), note(_("只有答卷能按评价高低分层")))
        if bool(self.size) == bool(self.margin):
            yield Fault(("size",), note(_("抽几个和误差，写一个，也只写一个")))
        if self.monthly and (self.frame is not FrameKind.BALLOTS or self.lead is not DrawLead.LEADER):
            yield Fault(("monthly",), note(_("只有分管领导抽答卷能每月自动固定名单")))

    @property
    def weighting(self) -> Weighting:
        return Weighting(self.low, self.long, self.days)
