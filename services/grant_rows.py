"""Requests as rows: written, found while they wait, and who there is to decide on them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Grant
from models.access.actor import Actor
from rules.administrators import Purpose
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


def others(session: Session, by: Actor, account: Account) -> int:
    """Security administrators in charge of the account's place, besides the actor and the account itself."""
    query = select(Area.path).join(Account, Account.area_id == Area.id)
    query = query.where(Account.role == Role.SECURITY, Account.active)
    paths = session.scalars(query.where(Account.id.not_in([by.account_id or -1, account.id])))
    return sum(account.area.path.startswith(path) for path in paths)
