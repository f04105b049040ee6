"""撤回: what a corrected result no longer carries falls with it, in the correction's own transaction; what has ended stays as it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Ballot, Order, Round, Sanction
from models.access.actor import Actor
from models.audit import record
from rules.orders import FLOW as ORDER_FLOW
from rules.sanctions import FLOW
from rules.text import _
from services.boards.ending import withdraw_following
from services.followup.telling import tell_cadre

WHY = _("所据测评结果已更正")


def withdraw_unfounded(session: Session, round_: Round, *, by: Actor, now: datetime) -> int:
    """Sanctions and orders one of whose occurrences has no valid low answer left; returns how many fell.

    The other occurrences of such a sanction are free again, see `services.followup.proposing`.
    """
    void = select(Ballot.id, Ballot.cadre_id).where(Ballot.voided_at.is_not(None))
    about = {cadre for _id, cadre in session.execute(void.where(Ballot.round_id == round_.id))}
    gone = {str(number) for number, _cadre in session.execute(void.where(Ballot.cadre_id.in_(about)))}
    sanctions = select(Sanction).where(Sanction.cadre_id.in_(about)).order_by(Sanction.id)
    orders = select(Order).where(Order.cadre_id.in_(about), Order.round_id == round_.id, Order.rule_id.is_not(None)).order_by(Order.id)
    fallen = [row for row in session.scalars(sanctions) if _allows(FLOW, row) and _unfounded(row.evidence, gone)]
    void_orders = [row for row in session.scalars(orders) if _allows(ORDER_FLOW, row) and _unfounded(row.evidence, gone)]
    for row in fallen:
        _withdraw(session, row, by, now)
    for order in void_orders:
        _void(session, order, by, now)
    return len(fallen) + len(void_orders)


def _unfounded(evidence: Iterable[Any], gone: set[str]) -> bool:
    """Whether one occurrence rests on void answers alone."""
    return any(one.get("ballots") and gone.issuperset(one["ballots"]) for one in evidence)


def _allows(flow: Any, row: Sanction | Order) -> bool:
    move = "withdraw" if isinstance(row, Sanction) else "void"
    return any(one.name == move for one in flow.allowed(row.state))


def _withdraw(session: Session, row: Sanction, by: Actor, now: datetime) -> None:
    row.state, row.remark, row.ended_at, row.answer_until = FLOW.step(row.state, "withdraw"), WHY, now, None
    record(session, "sanction.withdraw", row, by=by, now=now, detail=WHY)
    if row.notified_at is not None:
        tell_cadre(session, row, _("您的一项处理决定因测评结果更正已撤回，不再有效"), now)


def _void(session: Session, order: Order, by: Actor, now: datetime) -> None:
    sent = order.issued_at is not None
    order.state, order.remark, order.ended_at, order.moved_at = ORDER_FLOW.step(order.state, "void"), WHY, now, now
    record(session, "order.void", order, by=by, now=now, detail=WHY)
    withdraw_following(session, f"orders:{order.id}", WHY, by=by, now=now)
    if sent:
        tell_cadre(session, order, _("督办单{number}所据测评结果已更正，已作废").format(number=order.number), now)
