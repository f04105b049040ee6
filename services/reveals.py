"""A masked phone or number in full: with a reason, counted, and written into the chain (PIPL 第五十一条; trust G32)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from models import Event
from models.access.actor import Actor
from models.access.fields import view_of
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.roles import BUSINESS
from rules.text import _
from services.verbs import verb

A_DAY, SHORTEST_REASON = 20, 4


@verb("field.reveal", _("查看完整内容"), *BUSINESS)
def reveal(session: Session, row: Any, column: str, *, reason: str, by: Actor, now: datetime) -> str:
    """The full text of a masked column; the caller has found `row` through the person's own session.

    Raises NotAllowed for a column that isn't masked for this role, RuleBroken for a thin reason or a spent quota.
    """
    known = inspect(type(row)).columns.get(column)
    if known is None or view_of(by.role, known) != "masked":
        raise NotAllowed("not-masked", _("这一项不能查看完整内容。"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason-missing", _("请写明查看的理由，至少 {n} 个字，例如“通知上门走访”。"), n=SHORTEST_REASON)
    if _revealed_today(session, by, now) >= A_DAY:
        raise RuleBroken("reveal-quota", _("24 小时内已查看 {n} 次，达到上限。确需更多请走导出审批。"), n=A_DAY)
    detail = f"{known.info['label']}：{reason.strip()[:200]}"
    record(session, "field.revealed", f"{row.__tablename__}:{row.id}", by=by, now=now, detail=detail)
    return str(getattr(row, column) or "")


def _revealed_today(session: Session, by: Actor, now: datetime) -> int:
    query = select(func.count()).select_from(Event).where(Event.verb == "field.revealed", Event.at > now - timedelta(days=1))
    return session.scalar(query.where(Event.account_id == by.account_id)) or 0
