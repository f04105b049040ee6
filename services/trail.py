"""What happened to a row, in plain words, from the chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Event
from models.audit import subject_of
from rules.text import _
from services.verbs import VERBS

MOST_EVENTS = 30
TOLD = frozenset({"clients", "cadres", "areas", "units", "assignments", "posts", "seats", "charges", "letters", "teams"})  # whose history the screens tell
GENERIC = {"registered": _("建档"), "amended": _("修改"), "added": _("建档"), "begun": _("建立责任关系"), "ended": _("终止责任关系")}


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
