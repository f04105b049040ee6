"""Which survey, scale and terms a round runs under: the version it was opened with, for good."""

from sqlalchemy.orm import Session

from models import Round
from rules.errors import RuleBroken
from rules.plan import Rule
from rules.scale import Scale
from rules.survey import SurveyRule
from rules.text import _
from services import plans


def survey_of(session: Session, round_: Round) -> tuple[Rule[SurveyRule], Scale]:
    """The survey version a round was opened under, and its scale; raises RuleBroken("rule-missing")."""
    book = plans.book(session)
    for rule in book.versions(round_.rule.code):
        if rule.valid_from == round_.rule.valid_from:
            return rule, book.scale(rule.params.scale)
    raise RuleBroken("rule-missing", _("本轮所用的规则“{id}”已不在方案文件中，请恢复原方案。"), id=round_.rule.code)
