"""Rows of a plan into their ledger through the same verbs as the forms; tried first, and kept so that they can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from models.access.actor import Actor
from models.access.session import ScopeError
from rules.errors import RuleBroken
from rules.text import _
from services import ledgers
from services.intake.columns import Target, blank_of
from services.intake.entries import Entry, Stars
from services.intake.frozen import freeze

REFUSALS = (RuleBroken, ScopeError, IntegrityError, DataError, StaleDataError)


@dataclass
class Written:
    """What was written: number → version of new and changed rows, and how the changed ones were."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)


def write(session: Any, target: Target, entries: Iterable[Entry], *, by: Actor, now: datetime) -> Written:
    """Everything or, when one row is refused, an exception of REFUSALS; the caller commits."""
    done = Written()
    for entry in entries:
        _write(session, target, entry, done, by, now)
    return done


def try_out(session: Any, target: Target, entries: Iterable[Entry], *, by: Actor, now: datetime) -> dict[str, str]:
    """Row number → why it would be refused; leaves nothing behind."""
    refused = {}
    for entry in entries:
        try:
            with session.begin_nested():
                _write(session, target, entry, Written(), by, now)
        except REFUSALS as why:
            refused[str(entry.line.number)] = reason_of(why)
    session.rollback()
    return refused


def reason_of(why: Exception) -> str:
    if isinstance(why, RuleBroken):
        return str(why)
    if isinstance(why, ScopeError):
        return _("不在您的管辖范围内，不能写入。")
    if isinstance(why, IntegrityError):
        return _("与已有记录重复（也可能登记在您的管辖范围之外），请核对名称、代码等不能重复的项目。")
    if isinstance(why, StaleDataError):
        return _("这条记录刚被别人改过，请重新预览。")
    return _("有一项内容太长或数字太大，请缩短。")


def _write(session: Any, target: Target, entry: Entry, done: Written, by: Actor, now: datetime) -> None:
    values = {key: value for key, value in entry.values.items() if not isinstance(value, Stars)}
    if entry.row is None:
        row = _new(session, target, values, by, now)
        session.flush()
        done.new[str(row.id)] = row.version
        return
    row = entry.row
    before = {key: freeze(getattr(row, key)) for key in entry.old}
    with session.no_autoflush:
        for key in entry.old:
            setattr(row, key, values[key])
    ledgers.amend(session, row, by=by, now=now)
    session.flush()
    done.changed[str(row.id)] = row.version
    done.before[str(row.id)] = before


def _new(session: Any, target: Target, values: dict[str, Any], by: Actor, now: datetime) -> Any:
    row = target.model()
    with session.no_autoflush:
        for col in target.cols:
            setattr(row, col.key, values.get(col.key, blank_of(col)))
        session.add(row)
    ledgers.register(session, row, by=by, now=now)
    return row
