"""Errors in the person's words: what happened, why, what next; the database's own text stays in the log."""

import logging
import secrets
from typing import Any

from flask import Flask, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from rules.errors import RuleBroken
from rules.text import _

log = logging.getLogger(__name__)

CODES = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)
STALE = _("没有保存：您打开之后，这条记录已被别人改过。您填写的内容还在下面；请先点“看最新内容”核对，再点保存。")
DUPLICATE = _("没有保存：与已有记录重复，或引用的记录已不在。请核对名称、证号等不能重复的项目。错误编号 {number}。")
TOO_MUCH = _("没有保存：有一项内容太长或数字太大。请缩短后再保存。错误编号 {number}。")
BROKEN = _("没有保存：系统出了错，已记录下来。您填写的内容还在，请稍后再试；仍不行，请把错误编号 {number} 告诉管理员。")


def say(problem: Exception) -> str:
    """One Chinese sentence for `problem`; what is not a rule gets a number that is also in the log."""
    if isinstance(problem, RuleBroken):
        return gettext(problem.message).format(**problem.values)
    if isinstance(problem, StaleDataError):
        return gettext(STALE)
    number = filed(problem)
    text = DUPLICATE if isinstance(problem, IntegrityError) else TOO_MUCH if isinstance(problem, DataError) else BROKEN
    return gettext(text).format(number=number)


def filed(problem: BaseException) -> str:
    """Writes `problem` to the log under a fresh number and returns the number."""
    number = secrets.token_hex(3).upper()
    log.error("error %s at %s", number, request.path, exc_info=problem)
    return number


def install(app: Flask) -> None:
    """Give every error of the site a Chinese page; the pages read no database."""
    for code in CODES:
        app.register_error_handler(code, page)
    app.register_error_handler(RuleBroken, refused)
    app.register_error_handler(CSRFError, expired)


def page(problem: Any) -> Any:
    code = problem.code if isinstance(problem, HTTPException) else 500
    number = filed(getattr(problem, "original_exception", None) or problem) if code >= 500 else ""
    text = render_template(f"errors/{code}.html", code=code, number=number, why="")
    return text, code, retry(problem)


def retry(problem: Any) -> dict[str, str]:
    after = getattr(problem, "retry_after", None)
    return {"Retry-After": str(after)} if after else {}


def refused(problem: RuleBroken) -> Any:
    return render_template("errors/409.html", code=409, number="", why=say(problem)), 409


def expired(problem: CSRFError) -> Any:
    why = gettext("页面放得太久或从别处提交，为防冒用已失效。请返回上一页、刷新后再提交一次。")
    return render_template("errors/400.html", code=400, number="", why=why), 400
