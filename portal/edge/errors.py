"""Every failure as a Chinese page: what happened, why, what to do next; nothing of the machine's insides."""

import secrets

from flask import Flask, current_app, render_template
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models import db
from rules.errors import NotAllowed, RuleBroken

PAGES = {400, 403, 404, 409, 413, 429, 500, 503}


def page(code: int, message: str = "", number: str = "") -> tuple[str, int]:
    """The error page for `code`; unknown codes look like 400 or 500."""
    known = code if code in PAGES else 400 if code < 500 else 500
    return render_template(f"errors/{known}.html", message=message, number=number), code


def init_app(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def told(error: HTTPException) -> tuple[str, int]:
        return page(error.code or 500)

    @app.errorhandler(RuleBroken)
    def refused(error: RuleBroken) -> tuple[str, int]:
        db.session.rollback()
        return page(403 if isinstance(error, NotAllowed) else 409, str(error))

    @app.errorhandler(StaleDataError)
    def stale(error: StaleDataError) -> tuple[str, int]:
        db.session.rollback()
        return page(409)

    @app.errorhandler(OperationalError)
    def busy(error: OperationalError) -> tuple[str, int]:
        return _broken(503, error)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        return _broken(500, error)


def _broken(code: int, error: Exception) -> tuple[str, int]:
    number = secrets.token_hex(4)
    current_app.logger.error("fault %s", number, exc_info=error)
    db.session.rollback()
    return page(code, number=number)
