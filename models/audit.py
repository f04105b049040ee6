"""Field differences by listener, one event per verb: a change that no verb announced does not commit."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session

from models.access.actor import Actor
from models.event import GENESIS, Event, link_hash
from rules.choices import Choice


class Unannounced(Exception):
    """Rows were changed and no verb said what happened."""


@dataclass
class Draft:
    """What a verb says before its rows have numbers."""

    verb: str
    row: Any
    by: Actor
    now: datetime
    detail: str = ""
    changes: dict[str, Any] = field(default_factory=dict)


def record(session: Session, verb: str, row: Any, *, by: Actor, now: datetime, detail: str = "") -> None:
    """Announce what happened to `row` (a record or a text); written with the chain at commit."""
    session.info.setdefault("drafts", []).append(Draft(verb, row, by, now, detail))


@event.listens_for(Session, "after_flush")
def _collect(session: Session, context: Any) -> None:
    changed = session.info.setdefault("changed", {})
    for row in {*session.new, *session.dirty, *session.deleted}:
        if getattr(row, "__audited__", False) and (row in session.new or row in session.deleted or session.is_modified(row)):
            changed.setdefault(row, {}).update(_difference(row))


def _difference(row: Any) -> dict[str, Any]:
    """{column: [before, after]}; secret columns leave only the fact that they changed."""
    result: dict[str, Any] = {}
    for column in inspect(row).mapper.column_attrs:
        history = inspect(row).attrs[column.key].history
        info = column.columns[0].info
        if not history.has_changes() or column.key in {"id", "version"}:
            continue
        secret = not info.get("audit", True)
        if secret and info.get("mask") in {"hidden", "key"}:
            continue
        result[column.key] = ["…", "…"] if secret else [_plain(history.deleted), _plain(history.added)]
    return result


def _plain(values: Any) -> Any:
    value = values[0] if values else None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Choice):
        return value.value
    return value if isinstance(value, bool | int | float | str | list | dict | None) else str(value)


@event.listens_for(Session, "before_commit")
def _write_chain(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint is not the end; its verb may still be about to speak
    session.flush()
    changed, drafts = session.info.pop("changed", {}), session.info.pop("drafts", [])
    if changed and not drafts:
        raise Unannounced(", ".join(sorted({type(row).__name__ for row in changed})))
    if not drafts:
        return
    for row, difference in changed.items():
        draft = next((d for d in drafts if d.row is row), drafts[0])
        draft.changes[subject_of(row)] = difference
    before = _lock_head(session)
    for draft in drafts:
        before = _append(session, draft, before)
    session.flush()
    session.info.pop("changed", None)


def _lock_head(session: Session) -> str:
    """The newest hash, held against other writers until commit (SQLite writers are alone anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(7701)"), execution_options={"scope_ok": True})
    head = select(Event.__table__.c.chain).order_by(Event.__table__.c.id.desc()).limit(1)
    return session.connection().execute(head, execution_options={"scope_ok": True}).scalar() or GENESIS


def _append(session: Session, draft: Draft, before: str) -> str:
    row = Event(
        at=draft.now, by=draft.by.name, account_id=draft.by.account_id,
        role=draft.by.role.value if draft.by.role else "", verb=draft.verb, subject=subject_of(draft.row),
        detail=draft.detail or draft.by.reason, changes=draft.changes,
    )  # fmt: skip
    row.chain = link_hash(before, row.body())
    values = {c.key: getattr(row, c.key) for c in inspect(Event).column_attrs if c.key not in {"id", "version"}}
    session.connection().execute(Event.__table__.insert().values(version=1, **values))
    return row.chain


def subject_of(row: Any) -> str:
    """"orders:17" for a record, the text itself otherwise."""
    return row if isinstance(row, str) else f"{row.__tablename__}:{row.id}"


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    for key in ("drafts", "changed", "touched"):
        session.info.pop(key, None)
