"""督办单 from signature to 销号: one verb a step, the person concerned never the one who judges (QY-2.3d)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Client, Invitation, Order, Share
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.orders import FLOW
from rules.roles import Role
from rules.text import _
from services.boards.ending import withdraw_following
from services.followup.clocks import set_due
from services.followup.telling import tell_cadre, tell_judges, tell_shares
from services.same_person import is_cadre
from services.verbs import verb

CADRES = (Role.CADRE, Role.STATION, Role.VILLAGE, Role.LEADER, Role.CLERK, Role.DISCIPLINE)


@verb("order.issue", _("签发督办单"), Role.LEADER, Role.DISCIPLINE)
def issue(session: Session, order: Order, feedback: str, request: str, *, by: Actor, now: datetime) -> None:
    """Sign and send; the clock starts now.

    Raises RuleBroken("request-missing"), ("names-a-rater"), ("rule-missing"), ("due-odd"), NotAllowed("own-order").
    """
    not_own(session, order, by)
    if not request.strip() or not feedback.strip():
        raise RuleBroken("request-missing", _("请写明反馈意见和督办要求，再签发。"))
    _names_nobody(session, order, feedback + request)
    order.feedback, order.request = feedback.strip(), request.strip()
    order.issued_by, order.issued_at = by.name, now
    set_due(session, order, now)
    _step(session, order, "issue", by, now)
    tell_cadre(session, order, _("督办单{number}已下发，请签收").format(number=order.number), now)
    tell_shares(session, order, now)


@verb("order.receive", _("签收督办单"), *CADRES)
def receive(session: Session, order: Order, *, by: Actor, now: datetime) -> None:
    """The person acknowledges; raises NotAllowed("not-yours")."""
    _own(order, by)
    order.received_at = now
    _step(session, order, "receive", by, now)


@verb("order.reply", _("答复督办单"), *CADRES)
def reply(session: Session, order: Order, text: str, *, by: Actor, now: datetime) -> None:
    """What was done about it; raises NotAllowed("not-yours"), RuleBroken("reply-missing")."""
    _own(order, by)
    if len(text.strip()) < 10:
        raise RuleBroken("reply-missing", _("答复太短，请写明采取了哪些措施、结果怎样（不少于10个字）。"))
    order.reply, order.replied_at = text.strip(), now
    _step(session, order, "reply", by, now)
    tell_judges(session, order, _("督办单{number}已答复，请核实").format(number=order.number), now)


@verb("order.send_back", _("退回重办"), Role.LEADER, Role.DISCIPLINE)
def send_back(session: Session, order: Order, remark: str, *, by: Actor, now: datetime) -> None:
    """Not good enough: back to the person with a reason; the count is kept."""
    _judge(session, order, remark, by)
    order.remark, order.returned = remark.strip(), order.returned + 1
    _step(session, order, "send_back", by, now)
    tell_cadre(session, order, _("督办单{number}被退回，请重新办理").format(number=order.number), now)


@verb("order.verify", _("核实通过"), Role.LEADER, Role.DISCIPLINE)
def verify(session: Session, order: Order, remark: str, *, by: Actor, now: datetime) -> None:
    """Checked with the facts."""
    _judge(session, order, remark, by)
    order.remark = remark.strip()
    _step(session, order, "verify", by, now)


@verb("order.cancel", _("销号"), Role.LEADER, Role.DISCIPLINE)
def cancel(session: Session, order: Order, *, by: Actor, now: datetime) -> None:
    """Closed for good."""
    not_own(session, order, by)
    order.ended_at = now
    _step(session, order, "cancel", by, now)
    said = _("督办单{number}已销号").format(number=order.number)
    tell_cadre(session, order, said, now)
    tell_shares(session, order, now, said, "cancel")


@verb("order.void", _("作废督办单"), Role.LEADER, Role.DISCIPLINE)
def void(session: Session, order: Order, remark: str, *, by: Actor, now: datetime) -> None:
    """Issued by mistake; needs a reason."""
    _judge(session, order, remark, by)
    sent = order.issued_at is not None
    order.remark, order.ended_at = remark.strip(), now
    _step(session, order, "void", by, now)
    withdraw_following(session, f"orders:{order.id}", _("所据督办单已经作废"), by=by, now=now)
    if sent:
        said = _("督办单{number}已作废").format(number=order.number)
        tell_cadre(session, order, said, now)
        tell_shares(session, order, now, said, "void")


def _names_nobody(session: Session, order: Order, text: str) -> None:
    """The person concerned must not read from his order who rated him."""
    asked = select(Client.name, Client.contact).join(Invitation, Invitation.client_id == Client.id)
    asked = asked.where(Invitation.round_id == order.round_id, Invitation.cadre_id == order.cadre_id)
    for name in (one for row in session.execute(asked) for one in row):
        if len(name) > 1 and name in text:
            raise RuleBroken("names-a-rater", _("文中写到“{name}”，容易看出是谁评的，请改成不指明企业的说法。"), name=name)


def _own(order: Order, by: Actor) -> None:
    if by.cadre_id != order.cadre_id:
        raise NotAllowed("not-yours", _("这份督办单不是下给您的，请由责任人本人办理。"))


def not_own(session: Session, order: Order, by: Actor) -> None:
    """Neither the lead nor who shares it judges; raises NotAllowed("own-order")."""
    held = select(Share.cadre_id).where(Share.order_id == order.id)
    if any(is_cadre(session, by, one) for one in (order.cadre_id, *session.scalars(held))):
        raise NotAllowed("own-order", _("这份督办单涉及您本人，请交由其他领导办理。"))


def _judge(session: Session, order: Order, remark: str, by: Actor) -> None:
    not_own(session, order, by)
    if not remark.strip():
        raise RuleBroken("reason-missing", _("请填写意见或理由。"))


def _step(session: Session, order: Order, move: str, by: Actor, now: datetime) -> None:
    order.state, order.moved_at = FLOW.step(order.state, move), now
    record(session, f"order.{move}", order, by=by, now=now)
