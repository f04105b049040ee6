"""Signed-in devices: begun at sign-in, found by the hash of their key, ended at once when anything changes."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from models import LoginSession
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from rules.devices import device_name
from rules.errors import NotAllowed
from rules.login_sessions import KEEP, MOST
from rules.roles import Role
from rules.text import _
from services.verbs import verb


def hash_of(key: str) -> str:
    """What the database knows of a cookie's key."""
    return vault().index(key, "login-session")


def begin(session: Session, account_id: int, *, address: str, agent: str, now: datetime) -> str:
    """A new device; the oldest ones give way. Returns the 256-bit key for the cookie."""
    for row in open_devices(session, account_id)[MOST - 1 :]:
        row.ended_at = now
    key = secrets.token_urlsafe(32)
    session.add(
        LoginSession(account_id=account_id, key_hash=hash_of(key), started_at=now, seen_at=now, proven_at=now,
                     address=address[:60], agent=device_name(agent))
    )  # fmt: skip
    return key


def open_devices(session: Session, account_id: int) -> list[LoginSession]:
    """Devices not yet ended, the newest first."""
    query = select(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    return list(session.scalars(query.order_by(LoginSession.started_at.desc(), LoginSession.id.desc())))


def touch(session: Session, device_id: int, now: datetime) -> None:
    """Note that the device was used."""
    session.execute(update(LoginSession).where(LoginSession.id == device_id).values(seen_at=now))


def prove(session: Session, device_id: int, now: datetime) -> None:
    """Note that the person has just proved himself on this device."""
    session.execute(update(LoginSession).where(LoginSession.id == device_id).values(proven_at=now))


def end_by_key(session: Session, key: str, now: datetime) -> None:
    """Sign-out: the cookie's copies are worth nothing from now on."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.key_hash == hash_of(key), LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, account_id: int, now: datetime) -> int:
    """Every device of the account; called when role, password, second factor or state change."""
    mine = update(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    return changed_rows(session, mine.values(ended_at=now))


@verb("sessions.end", _("下线设备"), *Role)
def end_device(session: Session, device: LoginSession, *, by: Actor, now: datetime) -> None:
    """One's own device, quietly if it has ended already; raises NotAllowed for somebody else's."""
    if device.account_id != by.account_id:
        raise NotAllowed("not-own-device", _("只能下线自己的登录设备。"))
    if device.ended_at is None:
        device.ended_at = now
        record(session, "sessions.ended", f"login_sessions:{device.id}", by=by, now=now, detail=device.agent)


def prune(session: Session, now: datetime) -> int:
    """Forget devices that ended or lapsed half a year ago or more (log retention: 网络安全法 第二十一条)."""
    past = now - KEEP
    return changed_rows(session, delete(LoginSession).where(or_(LoginSession.ended_at < past, LoginSession.seen_at < past)))


def changed_rows(session: Session, statement: Any) -> int:
    """Run a bulk change of an unaudited table; returns how many rows it touched."""
    result: Any = session.execute(statement)
    return int(result.rowcount)
