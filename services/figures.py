"""Figures of the machinery: what waits, what failed, how old the oldest is, when a worker was last seen."""

from datetime import UTC, datetime
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Event, Job, Notice
from rules.jobs import JobState
from rules.notices import NoticeState
from services.schema import head
from services.sweeping import last_beat


def is_at_head(session: Session) -> bool:
    """Whether the database has the shape the program needs."""
    connection = session.connection(execution_options={"scope_ok": True})
    return MigrationContext.configure(connection).get_current_revision() == head()


def figures(session: Session) -> dict[str, int]:
    """Prometheus names with their values; instants as seconds since 1970, 0 when never."""
    return {
        **_by_state(session, "notices", Notice, NoticeState),
        **_by_state(session, "jobs", Job, JobState),
        "notices_oldest_due": _seconds(
            session.scalar(select(func.min(Notice.run_at)).where(Notice.state == NoticeState.WAITING))
        ),
        "events_last": session.scalar(select(func.max(Event.id))) or 0,
        "worker_seen": _seconds(last_beat(session)),
    }


def _by_state(session: Session, name: str, table: Any, states: Any) -> dict[str, int]:
    counted: dict[Any, int] = dict(session.execute(select(table.state, func.count()).group_by(table.state)).all())
    return {f'{name}{{state="{state.value}"}}': counted.get(state, 0) for state in states}


def _seconds(moment: datetime | None) -> int:
    return int(moment.astimezone(UTC).timestamp()) if moment else 0
