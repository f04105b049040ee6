"""The rule of the plan that a draw follows: what it wants drawn, and the version a draw was opened with."""

from datetime import date

from sqlalchemy.orm import Session

from models import Account, Area, Round
from models import Rule as RuleRow
from rules.draw_rule import DrawLead, DrawRule
from rules.draws import FrameKind
from rules.errors import RuleBroken
from rules.plan import Rule
from rules.roles import Role
from rules.text import _
from services import plans
from services.draws.freezing import Ask


def rules_for(session: Session, role: Role | None, day: date) -> list[Rule[DrawRule]]:
    """Draws in force that this role opens."""
    lead = DrawLead.LEADER if role is Role.LEADER else DrawLead.DISCIPLINE
    return [one for one in plans.book(session).rules_of(DrawRule, day) if one.params.lead is lead]


def ask_for(
    session: Session, rule: Rule[DrawRule], area: Area, round_: Round | None = None, leader: Account | None = None,
    *, purpose: str = "", able: tuple[int, ...] = (),
) -> Ask:  # fmt: skip
    """What the plan wants drawn here; raises RuleBroken("round-missing") where it draws ballots of another survey."""
    wanted = rule.params
    if wanted.frame is not FrameKind.BALLOTS:
        round_ = None
    elif round_ is None or session.get_one(RuleRow, round_.rule_id).code != wanted.survey:
        raise RuleBroken("round-missing", _("请选择从哪一轮测评的答卷里抽。"))
    named = _("{round}抽查").format(round=round_.title) if round_ else rule.title
    return Ask(
        area=area, kind=wanted.frame, method=wanted.method, purpose=purpose.strip() or named, round=round_, by=wanted.by, size=wanted.size,
        margin=wanted.margin, confidence=wanted.confidence, weighting=wanted.weighting, per_target=wanted.per_target, able=able,
        rule=plans.rule_row(session, rule), led_by=leader,
    )  # fmt: skip


def draw_rule_of(session: Session, row: RuleRow) -> DrawRule | None:
    """Its parameters; None where the plan no longer holds that version."""
    for rule in plans.book(session).versions(row.code):
        if rule.valid_from == row.valid_from and isinstance(rule.params, DrawRule):
            return rule.params
    return None
