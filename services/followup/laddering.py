"""Orders near their day or late: the person is reminded, then level by level told by the plan's ladder (ZF-3.3, JF-3.4d).

Nothing is kept but the notices: which level has come is reckoned from the deadline, so an extension starts the ladder anew,
and after days without a machine every level that has come is told, once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Account, Notice, Order
from models.access.session import working
from rules.ladder_rule import Climber, LadderRule, Told, is_near, near_until, reached
from rules.localtime import local_day
from rules.notices import Channel
from rules.orders import WITH_CADRE
from rules.plan import Rule
from rules.roles import Role
from rules.text import _
from services import plans
from services.outbox import queue_notice
from services.turns import CLOCKWORK, each

ROLES = {Told.CLERK: Role.CLERK, Told.LEADER: Role.LEADER, Told.DISCIPLINE: Role.DISCIPLINE}
NEAR = _("督办单{number}快到期了（期限{day}），请及时答复")
LATE = _("督办单{number}已超期未答复（期限{day}）")


@dataclass(frozen=True)
class Due:
    """One step of the ladder that nobody was told of: level 0 is the reminder before the day."""

    order_id: int
    rule: Rule[LadderRule]
    level: int
    key: str

    def __str__(self) -> str:
        return self.key


def climb(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Tells what has come and was not told; counts "reminded", "escalated", and "settled" for what was answered meanwhile."""
    with working(engine, CLOCKWORK) as session:
        steps = list(_due(session, now))
    return each(engine, steps, lambda session, one: _tell(session, one, now))


def level_of(session: Session, order: Order, now: datetime) -> int:
    """How many levels of the ladder have come for an order that waits for its person."""
    if order.state not in WITH_CADRE or order.due_on is None:
        return 0
    days, today = plans.calendar(session), local_day(now)
    return max((reached(rule.params, order.due_on, today, days) for rule in _rules(session, now)), default=0)


def _rules(session: Session, now: datetime) -> list[Rule[LadderRule]]:
    return [one for one in plans.book(session).rules_of(LadderRule, local_day(now)) if one.params.of is Climber.ORDER]


def _due(session: Session, now: datetime) -> Iterator[Due]:
    today, days = local_day(now), plans.calendar(session)
    for rule in _rules(session, now):
        waiting = select(Order.id, Order.due_on).where(Order.state.in_(WITH_CADRE), Order.due_on <= near_until(rule.params, today, days))
        rows: Any = session.execute(waiting.order_by(Order.due_on, Order.id)).all()
        for number, due_on in rows:
            come = [0] if is_near(rule.params, due_on, today, days) else range(1, reached(rule.params, due_on, today, days) + 1)
            for level in come:
                key = f"orders:{number}:{due_on}:{rule.id}:{level}"
                if not session.scalar(select(Notice.id).where(Notice.key.startswith(f"{key}:", autoescape=True)).limit(1)):
                    yield Due(number, rule, level, key)


def _tell(session: Session, due: Due, now: datetime) -> str:
    order = session.get_one(Order, due.order_id, with_for_update=True)
    if order.state not in WITH_CADRE or f":{order.due_on}:" not in due.key:
        return "settled"
    subject = (LATE if due.level else NEAR).format(number=order.number, day=order.due_on)
    for told in due.rule.params.levels[due.level - 1].tell if due.level else (Told.PERSON,):
        if told is Told.PERSON:
            queue_notice(session, key=f"{due.key}:c{order.cadre_id}", channel=Channel.INBOX, subject=subject, run_at=now, link=f"/orders/{order.id}", cadre_id=order.cadre_id)
            continue
        for one in _accounts(session, order, ROLES[told]):
            queue_notice(session, key=f"{due.key}:a{one}", channel=Channel.INBOX, subject=subject, run_at=now, link=f"/orders/{order.id}", account_id=one)
    return "escalated" if due.level else "reminded"


def _accounts(session: Session, order: Order, role: Role) -> list[int]:
    """Everybody of the role in the place but the person himself."""
    others = Account.cadre_id.is_(None) | (Account.cadre_id != order.cadre_id)
    return list(session.scalars(select(Account.id).where(Account.role == role, Account.active, Account.area_id == order.area_id, others)))
