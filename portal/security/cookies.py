"""The cookie of a sign-in: bound to this host, never sent in clear where the public address is https."""

from flask import Flask

from settings import Settings

LIFETIME_OF_CODE_STEP = 600  # seconds between the right password and the code


def is_secure(settings: Settings) -> bool:
    """Whether people reach the house by https."""
    return settings.public_url.startswith("https:")


def init_app(app: Flask, settings: Settings) -> None:
    secure = is_secure(settings)
    app.config.update(
        SESSION_COOKIE_NAME="__Host-lianxin" if secure else "lianxin",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_DOMAIN=None,
    )
