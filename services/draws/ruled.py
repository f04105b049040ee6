"""The rule of the plan that a draw follows, in the version it was opened with."""

from sqlalchemy.orm import Session

from models import Rule
from rules.draw_rule import DrawRule
from services import plans


def draw_rule_of(session: Session, row: Rule) -> DrawRule | None:
    """Its parameters; None where the plan no longer holds that version."""
    for rule in plans.book(session).versions(row.code):
        if rule.valid_from == row.valid_from and isinstance(rule.params, DrawRule):
            return rule.params
    return None
