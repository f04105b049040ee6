"""Outgoing messages: rows written with the change that caused them, sent at least once under one key."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Notice
from rules.notices import OUTSIDE, Channel, NoticeState, check_outside_text
from services.delivery import claim, deliver
from services.desk import Desk


def queue_notice(
    session: Session,
    *,
    key: str,
    channel: Channel,
    subject: str,
    run_at: datetime,
    body: str = "",
    to: str | None = None,
    link: str = "",
    account_id: int | None = None,
    cadre_id: int | None = None,
    private: tuple[str, ...] = (),
    is_new: bool = False,
) -> Notice:
    """A message not before `run_at`; a second call with the same key returns the first row unchanged.

    `is_new`: the caller has looked, and holds a lock under which nobody else writes this key.
    `session` is a working session. `private` are words that must not leave the house (raters' names).
    Raises RuleBroken("private-text").
    """
    if channel in OUTSIDE:
        check_outside_text(subject, body, private=private)
    row = Notice(
        key=key, channel=channel, subject=subject, body=body, to=to, link=link, run_at=run_at,
        account_id=account_id, cadre_id=cadre_id,
    )  # fmt: skip
    if is_new:
        session.add(row)
        session.info["wake"] = True
        return row
    return _by_key(session, key) or _add(session, row)


def _by_key(session: Session, key: str) -> Notice | None:
    return session.scalar(select(Notice).where(Notice.key == key))


def _add(session: Session, row: Notice) -> Notice:
    key = row.key
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.scalars(select(Notice).where(Notice.key == key)).one()
    session.info["wake"] = True
    return row


def drop_notice(session: Session, key: str) -> bool:
    """Cancel a message that is not yet out; False when it's gone or was never there."""
    row = session.scalar(select(Notice).where(Notice.key == key).with_for_update())
    if row is None or row.state not in {NoticeState.WAITING, NoticeState.NO_CHANNEL}:
        return False
    row.state = NoticeState.DROPPED
    return True


def send_due(desk: Desk, limit: int = 1000) -> Counter[str]:
    """Send what is due, one by one, any number of workers at once; counts by outcome."""
    counts: Counter[str] = Counter()
    while counts.total() < limit and (held := claim(desk)) is not None:
        counts[deliver(desk, held)] += 1
    return counts
