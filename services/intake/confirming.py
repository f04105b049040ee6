"""A plan carried out: at once in one transaction, or by a job a hundred rows at a time; each row at most once."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import defer
from sqlalchemy.orm.exc import StaleDataError

from models import Account, Intake
from models.access.actor import Actor
from models.access.session import ActorSession, working
from models.audit import record
from models.engine import reading
from rules.errors import NotAllowed, RuleBroken
from rules.intake.headings import Found
from rules.intake.states import A_STEP, IntakeState
from rules.notices import Channel
from rules.roles import BUSINESS
from rules.text import _
from services.intake import drafts
from services.intake.entries import Entry
from services.intake.plan import Plan
from services.intake.writing import REFUSALS, Written, reason_of, try_out, write
from services.jobs import enqueue
from services.outbox import queue_notice
from services.verbs import verb
from services.who import actor_of
from services.work import Work

KIND = "intake"


@dataclass(frozen=True)
class Looked:
    """What the person saw when he said yes."""

    fingerprint: str


def confirm(engine: Engine, number: int, seen: Looked, *, by: Actor, now: datetime) -> bool:
    """Write what was previewed; False where the ledger has changed since, so that he looks again. Raises RuleBroken."""
    with ActorSession(engine, info={"actor": by}) as session:
        row = session.get_one(Intake, number)
        plan, draft = drafts.plan_of(session, row, by), row.draft or ""
    fresh = "" if plan.is_long else drafts.try_again(engine, draft, plan.target, by=by, now=now)
    with ActorSession(engine, info={"actor": by}) as session:
        try:
            row = session.get_one(Intake, number)
            row.draft = fresh or row.draft
            plan = drafts.plan_of(session, row, by)
            if plan.fingerprint == seen.fingerprint:
                _start(session, row, plan, by=by, now=now)
                session.commit()
                return True
        except StaleDataError:
            raise _taken() from None
        except REFUSALS as why:
            raise RuleBroken("intake-refused", _("没有写入任何内容：{why}"), why=reason_of(why)) from None
    if fresh:
        with working(engine, by) as session:
            _look_again(session, session.get_one(Intake, number), fresh, by=by, now=now)
            session.commit()
    return False


def _taken() -> RuleBroken:
    return RuleBroken("draft-gone", _("这次导入刚刚已有人处理，请刷新后查看。"))


@verb("intake.look_again", _("重新核对导入"), *BUSINESS)
def _look_again(session: Any, row: Intake, draft: str, *, by: Actor, now: datetime) -> None:
    if row.state is IntakeState.DRAFT:
        row.draft = draft
        record(session, "intake.looked_again", row, by=by, now=now)


@verb("intake.confirm", _("确认导入"), *BUSINESS)
def _start(session: Any, row: Intake, plan: Plan, *, by: Actor, now: datetime) -> None:
    if row.state is not IntakeState.DRAFT or row.account_id != by.account_id:
        raise _taken()
    row.same, row.wrong = plan.counts["same"], plan.counts["wrong"]
    row.state = IntakeState.RUNNING
    said = f"{row.ledger}，{row.filename}，{row.digest}，新增{plan.counts['new']}，更新{plan.counts['changed']}，有错{row.wrong}"
    record(session, "intake.confirmed", row, by=by, now=now, detail=said)
    if not plan.is_long:
        note(row, write(session, plan.target, plan.to_write, by=by, now=now))
        row.state, row.draft = IntakeState.DONE, None
        return
    job = enqueue(session, KIND, f"intake:{row.id}", {"intake": row.id}, title=_("导入{ledger}").format(ledger=row.ledger), run_at=now,
                  account_id=by.account_id, total=len(plan.to_write))  # fmt: skip
    session.flush()
    row.job_id = job.id


def note(row: Intake, done: Written) -> None:
    """Put on the line what was written, with what it takes to undo it."""
    made, kept = row.made or {}, json.loads(row.kept or "{}")
    row.made = {key: {**made.get(key, {}), **rows} for key, rows in (("new", done.new), ("changed", done.changed))}
    row.kept = json.dumps({**kept, **done.before}, ensure_ascii=False)
    row.added, row.changed = len(row.made["new"]), len(row.made["changed"])


def run(work: Work) -> str:
    """The job: the rows not yet in the ledger, a step at a time; what the rules refuse is left out and counted."""
    number = work.argument("intake")
    by = _still(work, number)
    work.session.commit()
    token = reading.set(False)
    try:
        refused: dict[str, str] = {}
        parts = _parts(work, number, by)
        for at, part in enumerate(parts, start=1):
            _step(work, number, part, by, refused)
            work.step(max(work.total - (len(parts) - at) * A_STEP, work.done), work.total)
    finally:
        reading.reset(token)
    _finish(work.session, work.session.get_one(Intake, number), refused, by=by, now=work.desk.clock())
    return _("已导入")


def _parts(work: Work, number: int, by: Actor) -> list[Found]:
    """What is to be written, a step each; rows that clash with each other are found in this one look at the whole."""
    with ActorSession(work.desk.engine, info={"actor": by}) as session:
        plan = drafts.plan_of(session, session.get_one(Intake, number), by)
        lines = [entry.line for entry in plan.to_write]
    return [replace(plan.found, lines=tuple(lines[at : at + A_STEP])) for at in range(0, len(lines), A_STEP)]


def _step(work: Work, number: int, part: Found, by: Actor, refused: dict[str, str]) -> None:
    """Write one step with its note in one commit, beside the ledger as it is now."""
    now = work.desk.clock()
    with ActorSession(work.desk.engine, info={"actor": by}) as session:
        plan = drafts.plan_of(session, _line(session, number), by, part)
        refused.update(try_out(session, plan.target, plan.to_write, by=by, now=now))
    with ActorSession(work.desk.engine, info={"actor": by}) as session:
        row = _line(session, number)
        plan = drafts.plan_of(session, row, by, part)
        note(row, write(session, plan.target, _left(plan, row, refused), by=by, now=now))
        record(session, "intake.stepped", row, by=by, now=now)
        session.commit()


def _line(session: Any, number: int) -> Intake:
    """The line of the register without its sheet, which a step doesn't need."""
    row: Intake = session.get_one(Intake, number, options=[defer(Intake.draft)])
    return row


def _left(plan: Plan, row: Intake, refused: dict[str, str]) -> list[Entry]:
    """What the rules took, without records that this import has written before."""
    written = {key for rows in (row.made or {}).values() for key in rows}
    return [entry for entry in plan.to_write if str(entry.line.number) not in refused and (entry.row is None or str(entry.row.id) not in written)]


def _still(work: Work, number: int) -> Actor:
    """The person as he is now; raises NotAllowed when he has left or changed office since."""
    account = work.session.get_one(Account, work.session.get_one(Intake, number).account_id)
    by = actor_of(account)
    if not account.active or by.role is None:
        raise NotAllowed("not-allowed", _("您的账号已变动，导入没有继续；如仍需要，请重新上传。"))
    return by


@verb("intake.finish", _("导入完成"), *BUSINESS)
def _finish(session: Any, row: Intake, refused: dict[str, str], *, by: Actor, now: datetime) -> None:
    row.state, row.draft = IntakeState.DONE, None
    row.wrong += len(refused)
    row.problem = "；".join(_("第{row}行：{why}").format(row=at, why=why) for at, why in list(refused.items())[:200])
    said = f"新增{row.added}，更新{row.changed}，有错{row.wrong}"
    record(session, "intake.finished", row, by=by, now=now, detail=said)
    queue_notice(
        session, key=f"intake-done:{row.id}", channel=Channel.INBOX, account_id=row.account_id, run_at=now,
        subject=_("导入好了：{ledger}，{said}").format(ledger=row.ledger, said=said), link=f"/intake/{row.id}",
    )  # fmt: skip


def given_up(session: ActorSession, work: Work, why: str, now: datetime) -> None:
    """The job failed for good: the line says so; what was written stands and can be undone."""
    row = session.get_one(Intake, work.argument("intake"))
    _fail(session, row, why, by=session.info["actor"], now=now)


@verb("intake.fail", _("导入中断"))
def _fail(session: Any, row: Intake, why: str, *, by: Actor, now: datetime) -> None:
    row.state, row.problem, row.draft = IntakeState.FAILED, why, None
    record(session, "intake.failed", row, by=by, now=now, detail=why)
    queue_notice(
        session, key=f"intake-failed:{row.id}", channel=Channel.INBOX, account_id=row.account_id, run_at=now,
        subject=_("导入没有写完：{ledger}").format(ledger=row.ledger), body=why, link=f"/intake/{row.id}",
    )  # fmt: skip
