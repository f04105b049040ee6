"""Which facts of the ledger a board counts: closed check sheets and those of closed draws, answered orders (HJ-2.1b, SJ-3.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models import Area, Check, Client, Draw, Order, Pick
from models import Rule as RuleRow
from rules.board_count import Fact
from rules.board_rule import BoardRule, Source, Standing
from rules.checks import CheckState
from rules.draws import DrawState, PickState
from rules.localtime import local_day
from rules.orders import OrderState
from services.boards.standing import KINDS

COLUMN = {Standing.PLACE: Check.client_id, Standing.HOUSEHOLD: Check.client_id, Standing.CADRE: Check.cadre_id, Standing.UNIT: Check.unit_id}
NOT_COUNTED = (OrderState.DRAFT, OrderState.VOIDED)


def facts(session: Session, rule: BoardRule, area: Area, since: datetime) -> Iterator[Fact]:
    """Of one township, ended after `since`; a rule by hand has none."""
    if rule.source is Source.CHECKS:
        yield from _checks(session, rule, area, since)
    elif rule.source is Source.ORDERS:
        yield from _orders(session, area, since)


def _checks(session: Session, rule: BoardRule, area: Area, since: datetime) -> Iterator[Fact]:
    about: Any = COLUMN[rule.stands]
    drawn = select(Pick.id).join(Draw, Draw.id == Pick.draw_id).where(Pick.state == PickState.DONE, Draw.state == DrawState.CLOSED)
    over = or_(Check.state == CheckState.CLOSED, and_(Check.state == CheckState.SIGNED, Check.pick_id.in_(drawn)))
    found = select(Check.id, about, Check.signed_at, Check.found).join(RuleRow, RuleRow.id == Check.rule_id)
    found = found.where(RuleRow.code == rule.sheet, over, Check.signed_at >= since, about.is_not(None))
    found = found.where(Check.area_path.startswith(area.path, autoescape=True))
    if rule.stands in KINDS:
        found = found.join(Client, Client.id == Check.client_id).where(Client.kind.in_(KINDS[rule.stands]))
    rows: Any = session.execute(found)
    for number, subject, signed_at, bad in rows:
        yield Fact(f"checks:{number}", subject, local_day(signed_at), bad > 0)


def _orders(session: Session, area: Area, since: datetime) -> Iterator[Fact]:
    """Answered orders: sent back for more, or answered after the last day."""
    found = select(Order.id, Order.cadre_id, Order.replied_at, Order.due_on, Order.returned)
    found = found.where(Order.state.not_in(NOT_COUNTED), Order.replied_at >= since, Order.area_path.startswith(area.path, autoescape=True))
    rows: Any = session.execute(found)
    for number, cadre_id, replied_at, due_on, returned in rows:
        day = local_day(replied_at)
        yield Fact(f"orders:{number}", cadre_id, day, returned > 0 or (due_on is not None and day > due_on))
