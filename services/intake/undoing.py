"""Take a whole import back, as long as nobody touched its rows since; those that were are named."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Intake
from models.access.actor import Actor
from models.audit import record
from models.columns import columns_of
from rules.errors import NotAllowed, RuleBroken
from rules.intake.states import IntakeState
from rules.roles import BUSINESS
from rules.text import _
from services.intake.drafts import model_of
from services.intake.frozen import thaw
from services.ledgers import may_screen, prepare
from services.locking import lock
from services.verbs import verb

TOLD = 20
AT_A_TIME = 400


@verb("intake.undo", _("撤销导入"), *BUSINESS)
def undo(session: Session, intake: Intake, *, by: Actor, now: datetime) -> None:
    """Raises NotAllowed, RuleBroken("intake-not-done"), ("import-in-use"); one undone stays undone."""
    lock(session, intake)
    if intake.state is IntakeState.UNDONE:
        return
    model: Any = model_of(intake)
    if not may_screen(by, "create", model):
        raise NotAllowed("not-allowed", _("您的角色不能撤销这次导入。"))
    if intake.state not in {IntakeState.DONE, IntakeState.FAILED}:
        raise RuleBroken("intake-not-done", _("这次导入{state}，没有可以撤销的内容。"), state=intake.state.label)
    new, changed = intake.made.get("new", {}), intake.made.get("changed", {})
    rows = _rows(session, model, [int(one) for one in (*new, *changed)])
    touched = [_name(rows.get(int(one))) for one, version in {**new, **changed}.items() if _version(rows.get(int(one))) != version]
    if touched:
        raise _in_use(touched, _("导入后又改过"))
    _restore(session, model, {int(one): rows[int(one)] for one in changed}, json.loads(intake.kept or "{}"), by, now)
    _remove(session, [rows[int(one)] for one in reversed(new)], by, now)
    intake.state, intake.kept = IntakeState.UNDONE, None
    record(session, "intake.undone", intake, by=by, now=now, detail=f"{intake.ledger}，{intake.filename}，移除{len(new)}，还原{len(changed)}")


def _rows(session: Session, model: Any, numbers: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    row: Any
    for start in range(0, len(numbers), AT_A_TIME):
        some = select(model).where(model.id.in_(numbers[start : start + AT_A_TIME])).with_for_update(of=model)
        for row in session.scalars(some):
            found[row.id] = row
    return found


def _version(row: Any) -> int:
    return int(row.version) if row is not None else -1


def _name(row: Any) -> str:
    return str(row) if row is not None else _("已不在的一条")


def _in_use(names: list[str], why: str) -> RuleBroken:
    more = _("等") if len(names) > TOLD else ""
    return RuleBroken(
        "import-in-use", _("不能整批撤销，有{n}条{why}：{names}{more}。请在台账里逐条更正。"),
        n=len(names), why=why, names="、".join(names[:TOLD]), more=more,
    )  # fmt: skip


def _restore(session: Session, model: Any, rows: dict[int, Any], kept: dict[str, dict[str, Any]], by: Actor, now: datetime) -> None:
    cols = {col.key: col for col in columns_of(model)}
    for number, row in rows.items():
        for key, value in kept.get(str(number), {}).items():
            setattr(row, key, thaw(session, cols[key], value))
        prepare(row)
        record(session, f"{row.__tablename__}.import_undone", row, by=by, now=now)
    session.flush()


def _remove(session: Session, rows: list[Any], by: Actor, now: datetime) -> None:
    """Take the new rows out; one that others point to by now stays, and with it the whole import."""
    used = []
    for row in rows:
        name = str(row)
        try:
            with session.begin_nested():
                session.delete(row)
        except IntegrityError:
            used.append(name)
    if used:
        raise _in_use(used, _("已被后来的记录用到"))
