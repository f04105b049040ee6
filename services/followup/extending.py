"""延期: asked for by the person before the last day, decided by another; the first deadline stays on record (JF-3.4d)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Extension, Order
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.orders import OrderState, check_aside
from rules.roles import Role
from rules.text import _
from services.followup.clocks import check_more, put_off
from services.followup.orders import CADRES, not_own
from services.followup.telling import tell_cadre, tell_judges
from services.locking import lock
from services.verbs import verb


@verb("order.ask_extension", _("申请延期"), *CADRES)
def ask_extension(session: Session, order: Order, amount: str, reason: str, *, by: Actor, now: datetime) -> None:
    """One request at a time, not after the last day unless it came back for rework, not beyond what the clock allows.

    Raises NotAllowed("not-yours"), RuleBroken("extension-open", "extension-late", "extension-odd", "extension-too-long", "reason-missing").
    """
    lock(session, order)
    if by.cadre_id is None or by.cadre_id != order.cadre_id:
        raise NotAllowed("not-yours", _("这份督办单不是下给您的，请由责任人本人申请。"))
    check_aside(order.state, "ask_extension")
    if pending(session, order) is not None:
        raise RuleBroken("extension-open", _("您已经申请过延期，正在等审批。"))
    if order.due_on is None or (local_day(now) > order.due_on and order.state is not OrderState.RETURNED):
        raise RuleBroken("extension-late", _("期限（{day}）已过，不能再申请延期，请尽快答复。"), day=order.due_on)
    check_more(session, order, _whole(amount), now)
    _reason(reason)
    row = Extension(order=order, amount=_whole(amount), reason=reason.strip(), asked_by=by.name, asked_at=now, due_before=order.due_on)
    session.add(row)
    order.moved_at = now
    record(session, "order.ask_extension", order, by=by, now=now)
    tell_judges(session, order, _("督办单{number}申请延期，请审批").format(number=order.number), now)


@verb("order.agree_extension", _("同意延期"), Role.LEADER, Role.DISCIPLINE)
def agree_extension(session: Session, order: Order, remark: str, *, by: Actor, now: datetime) -> None:
    """The deadline is reckoned anew from the issue; the ladder starts over. Raises as `refuse_extension`."""
    row = _decide(session, order, "agree_extension", remark, by, now)
    put_off(session, order, row.amount, now)
    row.agreed, row.due_after = True, order.due_on
    tell_cadre(session, order, _("督办单{number}同意延期到{day}").format(number=order.number, day=order.due_on), now)


@verb("order.refuse_extension", _("不同意延期"), Role.LEADER, Role.DISCIPLINE)
def refuse_extension(session: Session, order: Order, remark: str, *, by: Actor, now: datetime) -> None:
    """The deadline stays; raises NotAllowed("own-order"), RuleBroken("extension-missing"), ("reason-missing")."""
    row = _decide(session, order, "refuse_extension", remark, by, now)
    row.agreed = False
    tell_cadre(session, order, _("督办单{number}没有同意延期，期限仍是{day}").format(number=order.number, day=order.due_on), now)


def pending(session: Session, order: Order) -> Extension | None:
    """The request that nobody has decided yet."""
    return session.scalar(select(Extension).where(Extension.order_id == order.id, Extension.agreed.is_(None)))


def _decide(session: Session, order: Order, move: str, remark: str, by: Actor, now: datetime) -> Extension:
    lock(session, order)
    not_own(session, order, by)
    check_aside(order.state, move)
    row = pending(session, order)
    if row is None:
        raise RuleBroken("extension-missing", _("没有等待审批的延期申请。"))
    _reason(remark)
    row.decided_by, row.decided_at, row.remark, order.moved_at = by.name, now, remark.strip(), now
    record(session, f"order.{move}", order, by=by, now=now)
    return row


def _reason(text: str) -> None:
    if not text.strip():
        raise RuleBroken("reason-missing", _("请填写意见或理由。"))


def _whole(text: str) -> int:
    """How many units; raises RuleBroken("extension-odd")."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and 0 < int(plain[:6]) <= 3660):
        raise RuleBroken("extension-odd", _("延长多少，请填一个整数，例如 3。"))
    return int(plain[:6])
