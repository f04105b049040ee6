"""Errors in the person's words: what happened, why, what next; the database's own text stays in the log."""

import logging
import secrets

from flask import request
from flask_babel import gettext
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from rules.errors import RuleBroken
from rules.text import _

log = logging.getLogger(__name__)

STALE = _("没有保存：您打开之后，这条记录已被别人改过。您填写的内容还在下面；请先点“看最新内容”核对，再点保存。")
DUPLICATE = _("没有保存：与已有记录重复，或引用的记录已不在。请核对名称、证号等不能重复的项目。错误编号 {number}。")
TOO_MUCH = _("没有保存：有一项内容太长或数字太大。请缩短后再保存。错误编号 {number}。")
BROKEN = _("没有保存：系统出了错，已记录下来。您填写的内容还在，请稍后再试；仍不行，请把错误编号 {number} 告诉管理员。")

KNOWN = ((IntegrityError, DUPLICATE), (DataError, TOO_MUCH))


def say(problem: Exception) -> str:
    """One Chinese sentence for `problem`; what is not a rule gets a number that is also in the log."""
    if isinstance(problem, RuleBroken):
        return gettext(problem.message).format(**problem.values)
    if isinstance(problem, StaleDataError):
        return gettext(STALE)
    number = filed(problem)
    text = next((known for kind, known in KNOWN if isinstance(problem, kind)), BROKEN)
    return gettext(text).format(number=number)


def filed(problem: BaseException) -> str:
    """Writes `problem` to the log under a fresh number and returns the number."""
    number = secrets.token_hex(3).upper()
    log.error("error %s at %s", number, request.url_rule, exc_info=problem)  # the rule: an address may hold a code
    return number

