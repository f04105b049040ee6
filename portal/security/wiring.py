"""Flask-Security, narrowed: no registration, recovery, tokens or OAuth; its sign-in and sign-out pages only."""

from datetime import timedelta
from typing import Any

from flask import Flask, redirect, request, url_for
from flask_login import user_logged_out
from flask_security import Security
from flask_security.signals import user_authenticated
from werkzeug.wrappers import Response

from models.vault import vault
from portal.security.code_step import OnceOnly
from portal.security.entering import begin_device, end_device
from portal.security.loader import load_person
from portal.security.people import People
from portal.security.sign_in_form import SignInForm
from portal.security.words import MESSAGES
from services.hashing import LANES, MEMORY_KIB, ROUNDS
from settings import Settings

NARROW: dict[str, Any] = {
    "STATIC_FOLDER": None,
    "CACHE_CONTROL": None,  # portal.edge.headers says it for every page
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
    "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": str}}],
    "RETURN_GENERIC_RESPONSES": True,
    "API_ENABLED_METHODS": ["session"],
    "LOGOUT_METHODS": ["POST"],
    "POST_LOGOUT_VIEW": "security.login",
    "FRESHNESS": timedelta(-1),  # step-up is ours: it is kept with the device, not in the cookie
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2", "plaintext"],  # Flask-Security wants the last; `deprecated` keeps it from use
    "PASSWORD_SINGLE_HASH": ["argon2"],
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID", "argon2__memory_cost": MEMORY_KIB, "argon2__time_cost": ROUNDS, "argon2__parallelism": LANES,
    },
    "MULTI_FACTOR_RECOVERY_CODES": True,  # makes it build the code checker; the pages are ours
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "portal.security.code_step.CodeStep"},
    "TOTP_ISSUER": "连心",
}  # fmt: skip


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update({f"SECURITY_{name}": value for name, value in NARROW.items()})
    app.config.update({f"SECURITY_MSG_{name}": text for name, text in MESSAGES.items()})
    ring = vault().ring
    app.config["SECURITY_TOTP_SECRETS"] = {key_id: ring.derive("totp", key_id).hex() for key_id in ring.masters}
    with app.app_context():  # the code checker tries its clock at once
        security = Security(app, People(), login_form=SignInForm, totp_cls=OnceOnly)
    security.support_mfa = True  # asks our CodeStep after the password; its own pages stay unregistered
    security.principal.skip_static = True
    security.want_json(lambda request: False)
    security.unauthn_handler(ask_to_sign_in)
    security.login_manager.session_protection = None  # phones change their address all day; the device row decides
    security.login_manager.user_loader(load_person)
    security.login_manager.request_loader(lambda request: None)
    user_authenticated.connect(begin_device, app)
    user_logged_out.connect(end_device, app)


def ask_to_sign_in(mechanisms: Any = None, headers: Any = None) -> Response:
    """To the sign-in page, and back to where a page (not a form) was asked for."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=target), 303)
