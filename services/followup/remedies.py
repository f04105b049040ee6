"""Which clocks of review and appeal a sanction has: those its own rule names (《公务员法》第九十五条)."""

from sqlalchemy.orm import Session

from models import Rule as RuleRow
from models import Sanction
from rules.consequence import ConsequenceRule
from rules.errors import RuleBroken
from rules.text import _
from services import plans


def remedies_of(session: Session, row: Sanction) -> ConsequenceRule:
    """The version it was proposed under: `review` counts from being told, `appeal` from the review's answer.

    Raises RuleBroken("rule-missing").
    """
    stored = session.get_one(RuleRow, row.rule_id)
    for rule in plans.book(session).versions(stored.code):
        if rule.valid_from == stored.valid_from and isinstance(rule.params, ConsequenceRule):
            return rule.params
    raise RuleBroken("rule-missing", _("提出建议所用的规则“{id}”已不在方案文件中，请恢复原方案。"), id=stored.code)
