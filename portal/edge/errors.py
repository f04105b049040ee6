"""Every failure as a Chinese page: what happened, why, what to do next; nothing of the machine's insides."""

import logging
import secrets
from typing import Any

from flask import Flask, g, render_template, request
from flask_babel import gettext
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models.engine import is_full
from rules.errors import NotAllowed, RuleBroken
from rules.text import _

log = logging.getLogger(__name__)

PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 429, 500, 503})
STALE = _("您打开之后，这条记录已被别人改过，这次没有保存。请返回刷新，核对最新内容后再办。")
FULL = _("服务器的磁盘满了，这次没有保存。请告诉系统管理员；腾出空间后不用重启就能再存。")
AGAIN_SECONDS = 30
EXPIRED = _("页面放得太久或从别处提交，为防冒用已失效。请返回上一页、刷新后再提交一次。")


def init_app(app: Flask) -> None:
    """One page per kind of failure; the pages read no database."""
    app.register_error_handler(HTTPException, lambda problem: page(problem.code or 500, retry=problem))
    app.register_error_handler(CSRFError, lambda problem: page(400, gettext(EXPIRED)))
    app.register_error_handler(RuleBroken, refused)
    app.register_error_handler(StaleDataError, lambda problem: page(409, gettext(STALE)))
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(DBAPIError, lambda problem: busy(problem) if problem.connection_invalidated else broken(500, problem))
    app.register_error_handler(OSError, lambda problem: busy(problem) if is_full(problem) else broken(500, problem))
    app.register_error_handler(Exception, lambda problem: broken(500, problem))


def page(code: int, why: str = "", number: str = "", retry: Any = None) -> Any:
    """The page for `code`; an unknown code looks like 400 or 500."""
    known = code if code in PAGES else 400 if code < 500 else 500
    text = render_template(f"errors/{known}.html", code=code, number=number, why=why)
    after = getattr(retry, "retry_after", None)
    return text, code, {"Retry-After": str(after)} if after else {}


def refused(problem: RuleBroken) -> Any:
    """A rule's own sentence."""
    return page(403 if isinstance(problem, NotAllowed) else 409, gettext(problem.message).format(**problem.values))


def busy(problem: Exception) -> Any:
    """Nothing was written: the database is locked or away, or the disk is full. Browsers and programs may come again."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # the page would ask the database, which is away, who reads it
    text, code, _headers = broken(503, problem, gettext(FULL) if is_full(problem) else "")
    return text, code, {"Retry-After": str(AGAIN_SECONDS)}


def broken(code: int, problem: Exception, why: str = "") -> Any:
    """Logged under a number that the page shows."""
    number = secrets.token_hex(3).upper()
    log.error("error %s at %s", number, request.url_rule, exc_info=problem)  # the rule: an address may hold a code
    return page(code, why, number)
