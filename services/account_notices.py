"""Inbox notices to administrators when an account of weight changes hands."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Notice
from rules.notices import Channel
from rules.roles import Role


def warn(session: Session, roles: frozenset[Role], subject: str, body: str, *, key: str, now: datetime) -> None:
    """One notice to each active account that has one of `roles`."""
    for account_id in session.scalars(select(Account.id).where(Account.role.in_(roles), Account.active)):
        session.add(
            Notice(key=f"{key}:{account_id}", channel=Channel.INBOX, account_id=account_id,
                   subject=subject, body=body, run_at=now)
        )  # fmt: skip
