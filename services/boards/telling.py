"""Inbox lines about boards: that something is there, never what it says."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, BoardEntry
from rules.notices import Channel
from services.boards.standing import charged
from services.outbox import queue_notice


def tell_person(session: Session, row: BoardEntry, subject: str, now: datetime) -> None:
    """A line in the inbox of the cadre concerned, once per step; whoever has no account is told as `told_how` says."""
    if row.cadre_id is not None:
        _queue(session, row, f"c{row.cadre_id}", subject, now, cadre_id=row.cadre_id)


def tell_charged(session: Session, row: BoardEntry, subject: str, now: datetime, *, but: int | None = None) -> None:
    """A line for everybody who may handle it, except the account `but`."""
    for account_id in session.scalars(select(Account.id).where(charged(row), Account.id != (but or -1))).all():
        _queue(session, row, f"a{account_id}", subject, now, account_id=account_id)


def press_charged(session: Session, row: BoardEntry, key: str, subject: str, now: datetime) -> None:
    """A line for everybody who may answer it, under a key of its own."""
    for account_id in session.scalars(select(Account.id).where(charged(row))).all():
        _queue(session, row, f"a{account_id}", subject, now, account_id=account_id, key=key)


def _queue(
    session: Session, row: BoardEntry, who: str, subject: str, now: datetime,
    *, cadre_id: int | None = None, account_id: int | None = None, key: str = "",
) -> None:  # fmt: skip
    queue_notice(
        session, key=f"{key or f'boards:{row.id}:{row.version}'}:{who}", channel=Channel.INBOX, subject=subject, run_at=now,
        cadre_id=cadre_id, account_id=account_id, link=f"/boards/{row.id}",
    )  # fmt: skip
