"""The sign-in form: one field for login name or phone, one for the password, one answer for every failure."""

from typing import Any

from flask import request
from flask_security.forms import LoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import Length, Optional

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
from services.sign_in import Try, password_failed, password_passed, password_wait


class SignInForm(LoginForm):
    """`email` keeps the name Flask-Security needs for its generic answers; people type a login name or a phone."""

    email = StringField(_("手机号或登录名"), [Length(max=60)], render_kw={"autocomplete": "username"})
    password = PasswordField(_("口令"), [Optional(), Length(max=LONGEST)],
                             render_kw={"autocomplete": "current-password"})  # fmt: skip
    remember = None  # a township's computers are shared

    def validate(self, **kwargs: Any) -> bool:
        self.next.data = local(self.next.data) or ""  # a foreign target is dropped, not scolded
        door = self._door()
        with reader() as session:
            wait = password_wait(session, door, clock.now())
        if wait:
            self.form_errors.append(waiting(wait))
            return False
        self.password.data = self.password.data or " "  # an empty password is a wrong one, at the same pace
        self.user, self.ifield = Person(door.account) if door.account else None, self.email
        with SLOTS:
            right = bool(super().validate(**kwargs))
        self._count(door, right)
        return right

    def _door(self) -> Try:
        with reader() as session:
            account: Account | None = logins.account_of(session, self.email.data or "")
            session.expunge_all()
        return Try(self.email.data or "", account, request.remote_addr or "", device_of(account))

    def _count(self, door: Try, right: bool) -> None:
        with writer() as session:
            if right:
                password_passed(session, door)
            else:
                password_failed(session, door, clock.now())
