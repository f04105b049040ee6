"""The step between password and desk: Flask-Security asks here whether a code is due and whether it is right."""

from typing import Any

import segno
from flask import request, session, url_for
from flask_security import Totp
from flask_security.tf_plugin import TfPluginBase
from passlib.totp import TOTP, TotpMatch
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from portal.edge import clock
from portal.security.paths import local
from portal.security.people import People, Person
from rules.text import _

WHO, UNTIL, LIFETIME = "tf_user_id", "code_until", 600
WINDOW = 30  # seconds by which a phone's clock may be off


class OnceOnly(Totp):
    """Codes by our clock, each once: `used` is what the caller must spend in the database before he believes it."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, now=lambda: clock.now().timestamp())

    def get_last_counter(self, user: Person) -> int | None:
        return user.account.totp_counter

    def set_last_counter(self, user: Person, tmatch: TotpMatch) -> None:
        user.used_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        return segno.make(self.get_totp_uri(username, totp), error="m").svg_data_uri(scale=5)


class CodeStep(TfPluginBase):
    """After the right password: remember who it was for ten minutes and go on to the code."""

    def __init__(self, app: Any) -> None:
        pass

    def create_blueprint(self, app: Any, bp: Any, state: Any) -> None:
        """The pages are in code_page.py."""

    def get_setup_methods(self, user: Person) -> list[tuple[str, str]]:
        return [("authenticator", _("身份验证器"))] if user.account.tf_totp_secret else []

    def tf_login(self, user: Person, json_payload: Any, next_loc: str | None) -> Response:
        session[WHO], session[UNTIL] = user.fs_uniquifier, clock.now().timestamp() + LIFETIME
        page = "code.ask" if user.account.tf_totp_secret else "code.bind"
        return redirect(url_for(page, next=local(request.values.get("next"))), 303)


def waiting_person() -> Person | None:
    """Whoever gave the right password on this browser a moment ago and is still allowed in."""
    if WHO not in session or clock.now().timestamp() > session.get(UNTIL, 0):
        return None
    person = People().find_user(fs_uniquifier=str(session[WHO]))
    return person if person and person.active else None
