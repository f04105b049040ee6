"""When it doesn't work: the owner still reads large Chinese with the next step, and no log keeps his code."""

import secrets
import traceback

from flask import Blueprint, Response, current_app, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.edge.clock import now
from portal.owner.look import page
from rules.errors import RuleBroken


class CodeUnknown(Exception):
    """No plate, no invitation, or one whose time is over: all the same to whoever holds it."""


def handle(pages: Blueprint) -> None:
    """Give the blueprint its own error pages."""
    pages.register_error_handler(CodeUnknown, _unknown)
    pages.register_error_handler(RuleBroken, _refused)
    pages.register_error_handler(OperationalError, _busy)
    pages.register_error_handler(HTTPException, _odd)
    pages.register_error_handler(Exception, _broken)


def _unknown(error: CodeUnknown) -> Response:
    if current_app.extensions["owner_limiter"].miss(request.remote_addr or "", now()):
        return page("slow", 429)
    return page("stale", 404)


def _refused(error: RuleBroken) -> Response:
    return page("refused", 409, message=str(error))


def _busy(error: OperationalError) -> Response:
    response = _broken(error, 503)
    response.headers["Retry-After"] = "30"
    return response


def _odd(error: HTTPException) -> Response:
    return page("broken", error.code or 500)


def _broken(error: Exception, status: int = 500) -> Response:
    number = secrets.token_hex(4)
    where = "".join(traceback.format_tb(error.__traceback__))  # lines of code, never values
    current_app.logger.error("fault %s on the owner's page: %s\n%s", number, type(error).__name__, where)
    return page("broken", status, number=number)
