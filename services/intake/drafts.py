"""A sheet between upload and decision: kept sealed on its line of the register, gone when it is decided."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from documents.grids import read_sheet
from models import Area, Intake, db
from models.access.actor import Actor, system
from models.access.session import ActorSession, working
from models.audit import record
from models.engine import reading
from rules.errors import RuleBroken
from rules.intake.headings import Found, find
from rules.intake.states import IntakeState
from rules.roles import BUSINESS
from rules.rosters.grid import Grid
from rules.rosters.lookalikes import scrub
from rules.text import _
from services.intake.columns import Target, target_of
from services.intake.plan import Plan, make_plan
from services.intake.writing import try_out
from services.rosters.drafts import dump, load
from services.verbs import verb

KEPT = timedelta(days=7)
UNDECIDED = (IntakeState.DRAFT, IntakeState.RUNNING)  # the content is still there


def upload(engine: Engine, model: Any, data: bytes, filename: str, *, by: Actor, now: datetime) -> int:
    """Read, compare and try a file, keep it as a draft; its number. Raises RuleBroken as reading and `make_plan`."""
    target = target_of(model, by)
    grids = read_sheet(data, filename, target.names)
    tried = tried_out(engine, target, grids, by=by, now=now)
    with working(engine, by) as session:
        row = keep(session, target, grids, tried, hashlib.sha256(data).hexdigest(), filename, by=by, now=now)
        session.commit()
        return row.id


def tried_out(engine: Engine, target: Target, grids: list[Grid], *, by: Actor, now: datetime) -> dict[str, str]:
    """What the rules say to each row that would be written; long sheets are tried when they are written."""
    token = reading.set(False)
    try:
        with ActorSession(engine, info={"actor": by}) as session:
            plan = make_plan(session, target, find(grids, target.names), by, {})
            return {} if plan.is_long else try_out(session, target, plan.to_write, by=by, now=now)
    finally:
        reading.reset(token)


@verb("intake.draft", _("上传表格"), *BUSINESS)
def keep(
    session: Session, target: Target, grids: list[Grid], tried: dict[str, str], digest: str, filename: str, *, by: Actor, now: datetime
) -> Intake:
    place = session.scalars(select(Area).where(Area.path == by.area_path)).one()
    row = Intake(
        ledger=target.title, table=target.model.__name__, filename=scrub(filename)[0][:160], by=by.name, at=now, digest=digest,
        account_id=by.account_id, area=place, state=IntakeState.DRAFT, draft=json.dumps({"grids": dump(grids), "tried": tried}, ensure_ascii=False),
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, "intake.drafted", row, by=by, now=now, detail=f"{row.ledger}，{row.filename}，{digest}")
    return row


def model_of(row: Intake) -> Any:
    known: Any = db.Model
    return next(mapper.class_ for mapper in known.registry.mappers if mapper.class_.__name__ == row.table)


def plan_of(session: Any, row: Intake, by: Actor, part: Found | None = None) -> Plan:
    """The draft as it stands beside the ledger now, or only a part of it that was read before; raises RuleBroken."""
    if row.state not in UNDECIDED or (part is None and row.draft is None):
        raise RuleBroken("draft-gone", _("这次导入已经{state}，如有需要请重新上传。"), state=row.state.label)
    target = target_of(model_of(row), by)
    if part is not None:
        return make_plan(session, target, part, by, {})
    kept = json.loads(row.draft or "")
    return make_plan(session, target, find(load(kept["grids"]), target.names), by, kept["tried"])


def try_again(engine: Engine, draft: str, target: Target, *, by: Actor, now: datetime) -> str:
    """The draft with the rules asked afresh; no other session of this thread may hold the writer's place."""
    kept = json.loads(draft)
    kept["tried"] = tried_out(engine, target, load(kept["grids"]), by=by, now=now)
    return json.dumps(kept, ensure_ascii=False)


@verb("intake.drop", _("放弃导入"), *BUSINESS)
def drop(session: Session, row: Intake, *, by: Actor, now: datetime) -> None:
    """Not carried out; the content goes, the line stays."""
    if row.state is IntakeState.DRAFT:
        row.state, row.draft = IntakeState.DROPPED, None
        record(session, "intake.dropped", row, by=by, now=now)


def drop_stale(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Drafts that nobody decided within a week lose their content."""
    by = system("清理未确认的导入")
    with working(engine, by) as session:
        old = select(Intake).where(Intake.state == IntakeState.DRAFT, Intake.at < now - KEPT).limit(500)
        rows = list(session.scalars(old))
        for row in rows:
            drop(session, row, by=by, now=now)
        session.commit()
    return {"dropped": len(rows)}
