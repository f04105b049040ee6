"""The sign-in form: one field for login name or phone, one for the password, one answer for every failure."""

from datetime import datetime
from typing import Any

from flask import request
from flask_security.forms import LoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import Optional

from models import Account
from portal.edge import clock
from portal.security.known_devices import device_of
from portal.security.paths import local
from portal.security.people import Person, reader, writer
from portal.security.words import waiting
from rules.passwords import LONGEST
from rules.text import _
from services import logins
from services.hashing import SLOTS
from services.sign_in import Try, knock, password_failed, password_passed


class SignInForm(LoginForm):
    """`email` keeps the name Flask-Security needs for its generic answers; people type a login name or a phone."""

    email = StringField(_("手机号或登录名"), render_kw={"autocomplete": "username"})
    password = PasswordField(_("密码"), [Optional()], render_kw={"autocomplete": "current-password"})
    remember = None  # a township's computers are shared

    def validate(self, **kwargs: Any) -> bool:
        self.next.data = local(self.next.data) or ""  # a foreign target is dropped, not scolded
        self.email.data = (self.email.data or "")[:60]
        door, now = self._door(), clock.now()
        with writer() as session:
            wait = knock(session, door, now)
        if wait:
            self.form_errors.append(waiting(wait))
            return False
        if not 0 < len(self.password.data or "") <= LONGEST:
            self.password.data = " "  # no password at all, or a novel, is a wrong one at the same pace
        self.user, self.ifield = Person(door.account) if door.account else None, self.email
        with SLOTS:
            right = bool(super().validate(**kwargs))
        self._count(door, right, now)
        return right

    def _door(self) -> Try:
        with reader() as session:
            account: Account | None = logins.account_of(session, self.email.data or "")
            session.expunge_all()
        return Try(self.email.data or "", account, request.remote_addr or "", device_of(account))

    def _count(self, door: Try, right: bool, now: datetime) -> None:
        with writer() as session:
            if right:
                password_passed(session, door, now)
            else:
                password_failed(session, door, now)
