"""Which sheet a check is filled in on: the version it was opened with, and the words of its answers."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from models import Check
from models import Rule as RuleRow
from rules.errors import RuleBroken
from rules.plan import PlanBook, Rule
from rules.sheets import Item, ItemKind, Method, SheetRule, Verdict
from rules.survey import SurveyRule
from rules.text import _
from services import plans


@dataclass(frozen=True)
class Sheet:
    """A rule with the levels of its survey, code → label, worst last."""

    rule: Rule[SheetRule]
    levels: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        return self.rule.params.items

    def offered(self, item: Item) -> list[tuple[str, str]]:
        """(code, label) of what may be chosen; empty where a number or text is typed."""
        return [(code, self.said(item, code)) for code in item.offered(self.levels)]

    def said(self, item: Item, code: str) -> str:
        """An answer in words."""
        if item.kind is ItemKind.VERDICT:
            return dict(Verdict.options()).get(code, code)
        named = {one.code: one.label for one in item.answers}
        return named.get(code) or (self.levels.get(code, code) if item.kind is ItemKind.LEVEL else code)


def on_site(session: Session, day: date) -> list[Sheet]:
    """Sheets of the plans that are filled in without a telephone."""
    book = plans.book(session)
    return [_sheet(book, rule) for rule in book.rules_of(SheetRule, day) if rule.params.method is not Method.PHONE]


def sheet_named(session: Session, code: str, day: date) -> Sheet:
    """The sheet in force; raises RuleBroken("rule-missing")."""
    book = plans.book(session)
    return _sheet(book, book.rule(code, day, SheetRule))


def sheet_of(session: Session, check: Check) -> Sheet:
    """The sheet a check was opened with; raises RuleBroken("rule-missing")."""
    return version_of(session, check.rule)


def version_of(session: Session, row: RuleRow) -> Sheet:
    """One stored version of a sheet; raises RuleBroken("rule-missing")."""
    book = plans.book(session)
    for rule in book.versions(row.code):
        if rule.valid_from == row.valid_from and isinstance(rule.params, SheetRule):
            return _sheet(book, rule)
    raise RuleBroken("rule-missing", _("检查表“{id}”已不在方案文件中，请恢复原方案。"), id=row.code)


def _sheet(book: PlanBook, rule: Rule[SheetRule]) -> Sheet:
    if not rule.params.survey:
        return Sheet(rule)
    scale = book.scale(book.rule(rule.params.survey, rule.valid_from, SurveyRule).params.scale)
    return Sheet(rule, {level.code: level.label for level in scale.levels})
