"""Accounts as Flask-Security wants to see them: read through a system session of their own, then let go of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import current_app
from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import Account, db
from models.access.actor import Actor, system
from models.access.session import ActorSession, working
from models.audit import record
from models.engine import reading
from portal.edge import clock

WITH_PLACE = (joinedload(Account.cadre), joinedload(Account.area))


class Person(UserMixin):
    """Who is signed in or wants to be; `account` is detached and only read."""

    fs_uniquifier = ""
    roles: tuple[Any, ...] = ()  # our own policy decides, not Flask-Security's roles

    def __init__(self, account: Account, device_id: int | None = None, proven_at: datetime | None = None) -> None:
        self.account, self.device_id, self.proven_at = account, device_id, proven_at
        self.id, self.fs_uniquifier = account.id, account.fs_uniquifier
        self.active, self.password = account.active, account.password

    def check_tf_required(self, tf_setup_methods: Any, tf_fresh: bool) -> tuple[bool, Any]:
        """A code is asked of whoever has bound an app, and of everybody with privilege, demonstration apart."""
        bound = bool(self.account.tf_totp_secret)
        return bound or (self.account.privileged and not current_app.config["LIANXIN"].demo), tf_setup_methods

    def calc_username(self) -> str:
        return self.account.login


@contextmanager
def reader() -> Iterator[ActorSession]:
    """A system session that only reads and doesn't queue for the database's one writer."""
    token = reading.set(True)
    try:
        with working(db.engine, system("登录")) as session:
            yield session
    finally:
        reading.reset(token)


@contextmanager
def writer(actor: Actor | None = None) -> Iterator[ActorSession]:
    """A system session that writes and commits at the end, also where the page itself is only a GET."""
    db.session.rollback()  # one writer at a time: a person's own open reading must not hold the door
    token = reading.set(False)
    try:
        with working(db.engine, actor or system("登录")) as session:
            yield session
            session.commit()
    finally:
        reading.reset(token)


class People(UserDatastore):
    """What Flask-Security may ask: find a person by his identifier, keep a password hash made with newer costs."""

    def __init__(self) -> None:
        super().__init__(Person, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **identity: Any) -> Person | None:
        with reader() as session:
            query = select(Account).options(*WITH_PLACE).filter_by(**identity)
            account = session.scalars(query).one_or_none()
            session.expunge_all()
        return Person(account) if account else None

    def commit(self) -> None:
        """Nothing waits: `put` has committed."""

    def put(self, model: Any) -> Any:
        with writer() as session:
            account = session.get(Account, model.id)
            assert account is not None
            account.password = model.password
            record(session, "accounts.rehashed", account, by=system("登录"), now=clock.now())
        return model
