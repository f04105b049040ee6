"""From cookie to person: the key in the cookie must belong to a living device of an active account."""

from datetime import datetime

from flask import session
from flask_security.utils import set_request_attr
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models import Account, LoginSession
from portal.edge import clock
from portal.security.people import WITH_PLACE, Person, reader, writer
from rules.login_sessions import TOUCH, is_alive
from services.login_sessions import hash_of, touch

KEY = "device"  # the name under which the cookie holds the device's key


def load_person(identifier: str) -> Person | None:
    """The signed-in person, or None, which ends the sign-in quietly."""
    key, now = session.get(KEY), clock.now()
    found = _find(key, identifier) if isinstance(key, str) else None
    if found is None:
        return None
    account, device = found
    if not account.active or not is_alive(device.started_at, device.seen_at, now, privileged=account.privileged):
        return None
    if now - device.seen_at >= TOUCH:
        _touch(device.id, now)
    set_request_attr("fs_authn_via", "session")
    return Person(account, device.id, device.proven_at)


def _find(key: str, identifier: str) -> tuple[Account, LoginSession] | None:
    query = (
        select(Account, LoginSession)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(LoginSession.key_hash == hash_of(key), LoginSession.ended_at.is_(None))
        .where(Account.fs_uniquifier == identifier)
        .options(*WITH_PLACE)
    )
    with reader() as accounts:
        row = accounts.execute(query).one_or_none()
        accounts.expunge_all()
    return (row[0], row[1]) if row else None


def _touch(device_id: int, now: datetime) -> None:
    try:
        with writer() as accounts:
            touch(accounts, device_id, now)
    except OperationalError:
        return  # the database is busy with somebody's work: the next request will note it
