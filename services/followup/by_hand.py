"""督办单 by hand: whoever inspects, or follows an instruction or a complaint, drafts one; a leader or inspector signs it (ZF-3.3, SGD-4.4a)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Cadre, Order
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.order_source import ByHand, check_by_hand
from rules.roles import Role
from rules.text import _
from services.followup.clocks import order_clocks
from services.followup.drafting import draft
from services.same_person import is_cadre
from services.verbs import verb


@verb("order.draft", _("拟督办单"), Role.CLERK, Role.LEADER, Role.DISCIPLINE)
def draft_by_hand(session: Session, cadre: Cadre | None, ask: ByHand, once: str, *, by: Actor, now: datetime) -> Order:
    """The draft; sent twice with one `once` it is one.

    Raises RuleBroken("cadre-missing", "rule-missing") and as `check_by_hand`, NotAllowed("own-order").
    """
    today = local_day(now)
    if cadre is None or not cadre.area_path.startswith(by.area_path) or (cadre.until is not None and cadre.until < today):
        raise RuleBroken("cadre-missing", _("请从在岗干部里选择责任人。"))
    if is_cadre(session, by, cadre.id):
        raise NotAllowed("own-order", _("不能给自己拟督办单，请交由其他同志办理。"))
    asked = check_by_hand(ask, today)
    if asked.clock and asked.clock not in {one.id for one in order_clocks(session, today)}:
        raise RuleBroken("rule-missing", _("所选的期限规则已不在方案文件中，请重新选择。"))
    key = f"hand:{by.account_id}:{once[:40]}"
    known: Order | None = session.scalar(select(Order).where(Order.key == key))
    if known is not None:
        return known
    row = draft(
        session, key=key, area_id=cadre.area_id, by=by, now=now, cadre_id=cadre.id, source=asked.source,
        matter=asked.matter[:200], feedback=asked.facts[:4000], request=asked.request[:4000], basis=asked.basis[:2000], clock=asked.clock, due_on=asked.due_on,
    )  # fmt: skip
    record(session, "order.draft", row, by=by, now=now)
    return row
