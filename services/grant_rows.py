"""Requests as rows: written, found while they wait, and who there is to decide on them."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.orm import Session

from models import Account, Area, Event, Grant
from models.access.actor import Actor
from rules.administrators import RESET_WITHIN, Purpose
from rules.roles import Role


def ask(
    session: Session, account: Account, role: Role, reason: str, by: Actor, now: datetime, purpose: Purpose = Purpose.ROLE
) -> Grant:
    """A request that waits."""
    grant = Grant(account=account, role=role, purpose=purpose, reason=reason, asked_by=by.account_id, asked_at=now)
    session.add(grant)
    session.flush()
    return grant


def open_grant(session: Session, account: Account) -> Grant | None:
    """The account's request that still waits."""
    query = select(Grant).where(Grant.account_id == account.id, Grant.agreed.is_(None))
    return session.scalars(query.limit(1)).first()


def others(session: Session, by: Actor, account: Account, now: datetime) -> int:
    """Security administrators in charge of the account's place, besides the actor and the account itself.

    One who was shut or reset less than `RESET_WITHIN` ago still counts, so that nobody makes himself the only one.
    """
    query = select(Area.path).join(Account, Account.area_id == Area.id)
    query = query.where(Account.role == Role.SECURITY, or_(Account.active, _shut_lately(now)))
    paths = session.scalars(query.where(Account.id.not_in([by.account_id or -1, account.id])))
    return sum(account.area.path.startswith(path) for path in paths)


def in_office(session: Session, account: Account, now: datetime) -> bool:
    """Whether this is a security administrator at work, or one who was until lately."""
    lately = session.scalar(select(Account.id).where(Account.id == account.id, _shut_lately(now)))
    return account.role == Role.SECURITY and (account.active or lately is not None)


def _shut_lately(now: datetime) -> ColumnElement[bool]:
    said = Event.verb.in_(("accounts.disabled", "accounts.reset")) & (Event.at > now - RESET_WITHIN)
    return select(Event.id).where(said, Event.subject == "accounts:" + cast(Account.id, String)).exists()
