"""Every unsafe request carries the token of its own cookie session, wherever its page comes from."""

from flask import Flask
from flask_wtf import CSRFProtect

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_TIME_LIMIT"] = 12 * 3600  # as long as a sign-in may last
    csrf.init_app(app)
