"""What left the house: every export under a number, with who, when, why and how many rows (trust G37)."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.localtime import local
from rules.text import _

MOST_ROWS = 50_000


def exported(session: Session, model: type, count: int, reason: str, *, by: Actor, now: datetime) -> str:
    """Register an export and give its number; raises RuleBroken("export-too-large")."""
    if count > MOST_ROWS:
        raise RuleBroken("export-too-large", _("一次最多导出{most}行，请先筛选。"), most=MOST_ROWS)
    number = f"DC-{local(now):%Y%m%d-%H%M%S}-{by.account_id}"
    title = getattr(model, "__title__", model.__name__)
    detail = f"{title}，{count}行，理由：{reason or '未填'}"
    record(session, "ledger.exported", number, by=by, now=now, detail=detail)
    return number
