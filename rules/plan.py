"""Policy as data: a pack of documents, clauses, scales and dated rules, and the basis of each rule."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Generic, TypeVar, cast

from rules.errors import RuleBroken
from rules.plan_file import Document, Head, Terms
from rules.scale import Scale
from rules.text import _

P = TypeVar("P")


@dataclass(frozen=True)
class Basis:
    """“依据”: which paper, where in it, in which words."""

    document: str
    title: str
    number: str
    quote: str

    def __str__(self) -> str:
        return f"{self.document} {self.number}：“{self.quote}”"


@dataclass(frozen=True)
class Rule(Generic[P]):
    """One version of a rule: in force from `valid_from` to `valid_to`, both days included."""

    id: str
    kind: str
    title: str
    clause: str
    basis: Basis
    valid_from: date
    valid_to: date | None
    params: P
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this version counts on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def mark_text(params: Any) -> str:
    """What tells one version from another: all parameters in words.

    A parameter that came with a later program and isn't used leaves no trace, so that versions stored before stay the same.
    """
    said = [one for one in fields(params) if not (one.metadata.get("later") and getattr(params, one.name) == one.default)]
    return f"{type(params).__qualname__}({', '.join(f'{one.name}={getattr(params, one.name)!r}' for one in said)})"


@dataclass(frozen=True)
class PlanPack:
    """One plan file, read and checked."""

    head: Head
    documents: tuple[Document, ...] = ()
    scales: tuple[Scale, ...] = ()
    rules: tuple[Rule[Any], ...] = ()
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True)
class PlanBook:
    """All packs in force together."""

    packs: tuple[PlanPack, ...]

    def versions(self, rule_id: str) -> tuple[Rule[Any], ...]:
        """All versions of one rule, oldest first."""
        found = (rule for pack in self.packs for rule in pack.rules if rule.id == rule_id)
        return tuple(sorted(found, key=lambda rule: rule.valid_from))

    def rule(self, rule_id: str, on: date, params: type[P]) -> Rule[P]:
        """The version in force on a day; raises RuleBroken("rule-missing")."""
        for rule in self.versions(rule_id):
            if rule.in_force(on) and isinstance(rule.params, params):
                return cast(Rule[P], rule)
        raise RuleBroken("rule-missing", _("{day}没有生效的规则“{id}”，请检查方案文件。"), day=on, id=rule_id)

    def rules_of(self, params: type[P], on: date | None = None) -> tuple[Rule[P], ...]:
        """All rules of one kind in force on a day, or all their versions: old facts keep the old rule."""
        found = (rule for pack in self.packs for rule in pack.rules if on is None or rule.in_force(on))
        return tuple(cast(Rule[P], rule) for rule in found if isinstance(rule.params, params))

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id; raises RuleBroken("scale-missing")."""
        for pack in self.packs:
            for scale in pack.scales:
                if scale.id == scale_id:
                    return scale
        raise RuleBroken("scale-missing", _("没有量表“{id}”，请检查方案文件。"), id=scale_id)
