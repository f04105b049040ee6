"""Reminds of every simple ledger with a deadline: once when it is near, once when it is over, however late we look.

The unique key of the notice is the mark that somebody was told; the row itself isn't touched.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Account, Area, Notice
from models.access.session import working
from models.ledger import LEDGERS, Ledger
from rules.calendar import WorkCalendar
from rules.localtime import local_day
from rules.notices import Channel
from rules.periods import Period
from rules.text import _
from services import plans
from services.desk import Desk
from services.outbox import queue_notice
from services.sweeping import SWEEPER, Counts

NEAR = _("{ledger}“{name}”{day}到期，请抓紧办理")
LATE = _("{ledger}“{name}”已超期（期限{day}），请尽快办结")
LONGEST = 120


@dataclass(frozen=True)
class Due:
    """One row to remind of; `mark` names the row, its deadline and whether it is near or late."""

    ledger: type[Ledger]
    id: int
    text: str
    mark: str


def remind_of_ledgers(desk: Desk, period: Period) -> Counts:
    """Everything that is near or over and that nobody was told of yet; one transaction a row."""
    now, counts = desk.clock(), Counter[str]()
    with working(desk.engine, SWEEPER) as session:
        calendar = plans.calendar(session)
        found = [due for ledger in LEDGERS for due in due_rows(session, ledger, local_day(now), calendar)]
    for due in found:
        with working(desk.engine, SWEEPER) as session:
            counts["told"] += _tell(session, due, now)
            session.commit()
    return dict(counts)


def due_rows(session: Session, ledger: type[Ledger], today: date, calendar: WorkCalendar) -> Iterator[Due]:
    """Rows of one ledger that are open, near their deadline or past it, and not yet told of."""
    if ledger.deadline is None:
        return
    table = ledger.__tablename__
    told = _told(session, table)
    wanted = select(ledger.id, ledger.due_on).where(
        ledger.due_on <= ledger.deadline.near_until(today, calendar), ledger.state.not_in(ledger.flow.ends)
    )
    for id_, due_on in session.execute(wanted.order_by(ledger.id)):
        assert due_on is not None
        late = due_on < today
        mark = f"due:{table}:{id_}:{due_on}:{'late' if late else 'near'}"
        if mark not in told:
            yield Due(ledger, id_, LATE if late else NEAR, mark)


def _told(session: Session, table: str) -> set[str]:
    keys = session.scalars(select(Notice.key).where(Notice.key.startswith(f"due:{table}:", autoescape=True)))
    return {key.rpartition(":")[0] for key in keys}


def _tell(session: Session, due: Due, now: datetime) -> int:
    row: Any = session.get_one(due.ledger, due.id)
    if row.state in row.flow.ends:
        return 0  # done since we looked
    subject = due.text.format(ledger=row.__title__, name=_name(row), day=row.due_on)[:LONGEST]
    people: list[tuple[int | None, int | None]] = [(number, None) for number in keepers(session, row)]
    people += [(None, row.cadre_id)] if row.cadre_id and row.__holders__ else []
    for account_id, cadre_id in people:
        who = f"a{account_id}" if account_id else f"c{cadre_id}"
        queue_notice(
            session, key=f"{due.mark}:{who}", channel=Channel.INBOX, subject=subject, run_at=now,
            link=f"/admin/{due.ledger.__name__.lower()}/details/?id={due.id}", account_id=account_id, cadre_id=cadre_id,
        )  # fmt: skip
    return len(people)


def keepers(session: Session, row: Ledger) -> list[int]:
    """Accounts that may write this row, in the nearest area at or above its own that has any."""
    wanted = select(Account.id, Area.path).join(Area, Account.area_id == Area.id)
    writers = session.execute(wanted.where(Account.role.in_(row.__writers__), Account.active))
    above = [(len(path), number) for number, path in writers if row.area_path.startswith(path)]
    nearest = max((length for length, _number in above), default=0)
    return [number for length, number in above if length == nearest]


def _name(row: Any) -> str:
    """The row's title for a notice; what a person may not read in full stays out of it."""
    column = inspect(type(row)).columns.get(row.__label_field__)
    return str(row.id if column is None or column.info.get("mask") else row)
