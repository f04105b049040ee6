"""A browser for tests: signed in without hashing a password, posting with the page's own token."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from models import Account, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from services.hashing import hash_password
from services.login_sessions import begin


class Clock:
    """The time of the tests, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


class TidyClient(FlaskClient):
    """Closes the temporary file in which a large form waited; else it would be found open in the midst of another test."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        answer = super().open(*args, **more)
        answer.request.environ["wsgi.input"].close()
        return answer


Flask.test_client_class = TidyClient


class Browser:
    """One device; `post` carries the token of the cookie session."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._open(path, method="GET", **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self._open(path, method="POST", data={"csrf_token": self.token(), **(data or {})}, **more)

    def _open(self, path: str, **more: Any) -> TestResponse:
        with self.app.app_context():  # each request has a context of its own, as it has in life
            return self.client.open(path, **more)

    def token(self) -> str:
        with self.client.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(raw))

    def sign_in(self, account_id: int, now: datetime) -> "Browser":
        """Signed in as the account, as if password and code had been right just now."""
        with working(db.engine, system("测试")) as session:
            account = session.get_one(Account, account_id)
            key = begin(session, account_id, address="127.0.0.1", agent="test", now=now)
            identifier = account.fs_uniquifier
            session.commit()
        with self.client.session_transaction() as cookie:
            cookie.update({"_user_id": identifier, "_fresh": True, "device": key})
        return self


def give_password(account_id: int, password: str, now: datetime, **more: Any) -> None:
    """Set the password (and other columns) of a cast member."""
    with working(db.engine, system("测试")) as session:
        account = session.get_one(Account, account_id)
        account.password = hash_password(password)
        for name, value in more.items():
            setattr(account, name, value)
        record(session, "accounts.prepared", account, by=system("测试"), now=now)
        session.commit()
