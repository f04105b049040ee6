"""处理建议 by hand: a named person proposes on facts, under a rule of the plan; another confirms (ZF-3.3, SJ-3.3, CK-4.3a)."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Cadre, Order, Sanction
from models.access.actor import Actor
from models.audit import record
from rules.consequence import ConsequenceRule, Outcome
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.plan import Rule
from rules.roles import Role
from rules.sanctions import FLOW, check_proposal
from rules.text import _
from services import plans
from services.followup.telling import tell_judges
from services.same_person import is_cadre
from services.verbs import verb

Measure = tuple[Rule[ConsequenceRule], Outcome]


def measures(session: Session, day: date) -> Iterator[tuple[str, Measure]]:
    """What the plans in force let a person propose, under "rule:outcome"."""
    for rule in plans.book(session).rules_of(ConsequenceRule, day):
        if rule.params.by_hand:
            yield from ((f"{rule.id}:{one.code}", (rule, one)) for one in rule.params.outcomes)


@verb("sanction.propose", _("提出处理建议"), Role.LEADER, Role.DISCIPLINE)
def propose_by_hand(
    session: Session, cadre: Cadre | None, measure: str, facts: str, once: str, *, order: Order | None = None, by: Actor, now: datetime
) -> Sanction:
    """The proposal; sent twice with one `once` it is one. `order`: the order that it follows from.

    Raises RuleBroken("cadre-missing", "measure-missing", "order-odd", "facts-missing"), NotAllowed("own-sanction").
    """
    key = f"hand:{by.account_id}:{once[:40]}"
    known: Sanction | None = session.scalar(select(Sanction).where(Sanction.key == key))
    if known is not None:
        return known
    if cadre is None or not cadre.area_path.startswith(by.area_path):
        raise RuleBroken("cadre-missing", _("请选择干部。"))
    said = check_proposal(facts, is_cadre(session, by, cadre.id))
    chosen = dict(measures(session, local_day(now))).get(measure)
    if chosen is None:
        raise RuleBroken("measure-missing", _("请选择处理种类。"))
    if order is not None and order.cadre_id != cadre.id:
        raise RuleBroken("order-odd", _("督办单{number}不是下给这名干部的。"), number=order.number)
    rule, outcome = chosen
    row = Sanction(
        key=key, cadre_id=cadre.id, rule_id=plans.rule_row(session, rule).id, code=outcome.code, title=outcome.title, basis=str(rule.basis),
        facts=said[:4000], order_id=order.id if order else None, proposed_by=by.name, proposed_by_id=by.account_id, proposed_at=now, evidence=[],
        validity_months=outcome.validity_months, state=FLOW.start, area_id=cadre.area_id, area_path=cadre.area_path,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, "sanction.propose", row, by=by, now=now)
    tell_judges(session, row, _("有一项处理建议等另一人确认"), now)
    return row
