"""Rating scales as data: levels with a position; thresholds compare positions, never texts.

Clauses: survey.order_threshold ("scale position, not text match"), CK-3.5a, TL-3.6a.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rules.errors import RuleBroken
from rules.params import Fault, Param
from rules.text import _, note


@dataclass(frozen=True)
class Level:
    """One step of a scale; a higher position is better, `score` is what means are made of."""

    code: Annotated[str, Param(_("代码"))]
    label: Annotated[str, Param(_("名称"))]
    position: Annotated[int, Param(_("次序，越大越好"), least=1, most=20)]
    score: Annotated[int, Param(_("分值"), least=0, most=1000)]


@dataclass(frozen=True)
class Scale:
    """A scale with its levels in the order they are shown; `satisfied_from` opens the “满意” share."""

    id: Annotated[str, Param(_("编号"))]
    title: Annotated[str, Param(_("名称"))]
    basis: Annotated[str, Param(_("依据"))]
    levels: Annotated[tuple[Level, ...], Param(_("等次"), least=3, most=20)]
    satisfied_from: Annotated[str, Param(_("满意率从哪一档算起"))]

    def problems(self) -> Iterator[Fault]:
        codes, positions = [level.code for level in self.levels], [level.position for level in self.levels]
        if len(set(codes)) < len(codes) or len(set(positions)) < len(positions):
            yield Fault(("levels",), note(_("等次的代码和次序不能重复")))
        if self.satisfied_from not in codes:
            yield Fault(("satisfied_from",), note(_("没有“{code}”这一档"), code=self.satisfied_from))
        ranked = [level.score for level in sorted(self.levels, key=lambda level: level.position)]
        if ranked != sorted(ranked):
            yield Fault(("levels",), note(_("次序高的等次，分值不能更低")))

    def level(self, code: str) -> Level:
        """The level of that code; raises RuleBroken("level-unknown")."""
        return self._one(code, (level for level in self.levels if level.code == code))

    def at(self, position: int) -> Level:
        """The level at that position; raises RuleBroken("level-unknown")."""
        return self._one(position, (level for level in self.levels if level.position == position))

    def at_or_below(self, position: int, threshold: str) -> bool:
        """Whether a rating at `position` is at the level of code `threshold` or worse."""
        return self.at(position).position <= self.level(threshold).position

    def satisfied(self, position: int) -> bool:
        """Whether a rating at `position` counts as satisfied."""
        return self.at(position).position >= self.level(self.satisfied_from).position

    def _one(self, asked: object, found: Iterator[Level]) -> Level:
        for level in found:
            return level
        labels = "、".join(level.label for level in self.levels)
        raise RuleBroken(
            "level-unknown",
            _("“{scale}”没有等次“{asked}”，只有：{labels}。"),
            scale=self.title,
            asked=asked,
            labels=labels,
        )
