"""催办: the office presses for an answer, at most once a day an order, and how often is counted (SGD-4.4b)."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Order
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.orders import check_aside
from rules.roles import Role
from rules.text import _
from services.followup.telling import tell_cadre
from services.locking import lock
from services.same_person import is_cadre
from services.verbs import verb


@verb("order.urge", _("催办"), Role.CLERK, Role.LEADER, Role.DISCIPLINE)
def urge(session: Session, order: Order, *, by: Actor, now: datetime) -> None:
    """The person is told again; it counts as the day's follow-up.

    Raises NotAllowed("own-order"), RuleBroken("move-not-allowed"), ("urged-today").
    """
    lock(session, order)
    if is_cadre(session, by, order.cadre_id):
        raise NotAllowed("own-order", _("这份督办单涉及您本人，请交由其他同志催办。"))
    check_aside(order.state, "urge")
    if order.urged_at is not None and local_day(order.urged_at) >= local_day(now):
        raise RuleBroken("urged-today", _("督办单{number}今天已经催过，一天催一次。"), number=order.number)
    order.urged, order.urged_at, order.moved_at = order.urged + 1, now, now
    record(session, "order.urge", order, by=by, now=now)
    tell_cadre(session, order, _("督办单{number}请尽快办理（第{n}次催办，期限{day}）").format(number=order.number, n=order.urged, day=order.due_on), now)
