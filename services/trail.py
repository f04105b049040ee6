"""What left the house: every export under a number, with who, when, why and how many rows (trust G37)."""

from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Event
from models.access.actor import Actor
from models.audit import record, subject_of
from rules.errors import RuleBroken
from rules.localtime import local
from rules.text import _
from services.verbs import VERBS

MOST_ROWS = 10_000  # what one file takes: lists count no further
MOST_EVENTS = 30
TOLD = frozenset({"clients", "cadres", "areas", "units", "assignments", "posts", "seats", "charges", "letters", "teams"})  # whose history the screens tell
GENERIC = {"registered": _("建档"), "amended": _("修改"), "added": _("建档"), "begun": _("建立责任关系"), "ended": _("终止责任关系")}


def exported(session: Session, model: type, count: int, reason: str, *, by: Actor, now: datetime) -> str:
    """Register an export and give its number; raises RuleBroken("export-too-large")."""
    if count > MOST_ROWS:
        raise RuleBroken("export-too-large", _("一次最多导出{most}行，请先筛选。"), most=MOST_ROWS)
    number = f"DC-{local(now):%Y%m%d-%H%M%S}-{by.account_id}"
    title = getattr(model, "__title__", model.__name__)
    detail = f"{title}，{count}行，理由：{reason or '未填'}"
    record(session, "ledger.exported", number, by=by, now=now, detail=detail)
    return number


def history(session: Session, row: Any) -> list[tuple[datetime, str, str]]:
    """(when, who, what) of the newest events about a row, in plain words: the verb and which fields it changed."""
    about = select(Event).where(Event.subject == subject_of(row)).order_by(Event.id.desc()).limit(MOST_EVENTS)
    return [(event.at, event.by, _told(event, row)) for event in session.scalars(about)]


def _told(event: Event, row: Any) -> str:
    known = VERBS.get(event.verb)
    name = known.label if known else GENERIC.get(event.verb.rpartition(".")[2], event.verb)
    columns = inspect(type(row)).columns
    changed = event.changes.get(event.subject, {})
    fields = [columns[key].info.get("label", key) for key in changed if key in columns]
    return f"{name}：{'、'.join(fields)}" if fields and event.verb.endswith("amended") else name
