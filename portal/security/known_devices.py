"""A device that was let in before is counted apart from strangers, so that nobody can lock an officer out."""

import secrets

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from models import Account
from models.vault import vault
from portal.security.cookies import is_secure

DAYS = 180


def _name() -> str:
    return "__Host-known" if is_secure(current_app.config["LIANXIN"]) else "known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault().ring.derive_all("known-device"), salt="known-device")


def device_of(account: Account | None) -> str:
    """A short mark of this device if it was let in to `account` before, else an empty text."""
    try:
        account_id, mark = _signer().loads(request.cookies.get(_name(), ""), max_age=DAYS * 86400)
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if account and account_id == account.id else ""


def remember(account: Account) -> None:
    """Leave the mark on this device with the answer of this request."""
    if device_of(account):
        return
    value = _signer().dumps([account.id, secrets.token_hex(8)])

    @after_this_request
    def leave(response: Response) -> Response:
        secure = is_secure(current_app.config["LIANXIN"])
        response.set_cookie(_name(), value, max_age=DAYS * 86400, secure=secure, httponly=True, samesite="Lax")
        return response
