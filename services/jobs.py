"""Long work as rows: asked for inside a transaction, run at least once, its effect and its progress committed together."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Job
from models.access.actor import system
from models.access.session import ActorSession, working
from rules.errors import RuleBroken
from rules.jobs import LEASE_MINUTES, MAX_ATTEMPTS, JobState
from rules.notices import retry_minutes
from rules.text import _
from services.desk import Desk
from services.leases import is_free
from services.work import Cancelled, LeaseLost, Work

RUNNER = system("后台任务")
Handler = Callable[[Work], str]
GivenUp = Callable[[ActorSession, Work, str, datetime], None]
log = logging.getLogger("lianxin.jobs")


@dataclass(frozen=True)
class Kind:
    """A handler whose failure is written elsewhere too: `given_up(session, work, why, now)` joins the failing commit."""

    run: Handler
    given_up: GivenUp

    def __call__(self, work: Work) -> str:
        return self.run(work)


def enqueue(
    session: Session, kind: str, key: str, args: dict[str, Any], *, title: str, run_at: datetime,
    account_id: int | None = None, total: int = 0,
) -> Job:  # fmt: skip
    """A job that starts once the transaction commits; a second call with the same key returns the first row."""
    found: Job | None = session.scalar(select(Job).where(Job.key == key))
    if found is not None:
        return found
    row = Job(key=key, kind=kind, args=args, title=title, run_at=run_at, account_id=account_id, total=total)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.scalars(select(Job).where(Job.key == key)).one()
    session.info["wake"] = True
    return row


def cancel(session: Session, row: Job) -> None:
    """Stop a job that is not finished; one that runs notices at its next step. Raises RuleBroken."""
    if row.state not in {JobState.WAITING, JobState.RUNNING}:
        raise RuleBroken("job-finished", _("任务已经{state}，不用再取消。"), state=row.state.label)
    row.state = JobState.CANCELLED


def run_due(desk: Desk, handlers: Mapping[str, Handler], limit: int = 100) -> Counter[str]:
    """Run what is due, one by one, any number of workers at once; counts by outcome.

    A handler gets a Work and returns a sentence for the person who asked.
    """
    counts: Counter[str] = Counter()
    while counts.total() < limit and (held := _claim(desk)) is not None:
        counts[_run(desk, handlers, *held)] += 1
    return counts


def _claim(desk: Desk) -> tuple[int, int] | None:
    now = desk.clock()
    with working(desk.engine, RUNNER) as session:
        row = session.scalars(_next_due(now)).first()
        if row is None:
            return None
        row.state = JobState.RUNNING
        row.attempts += 1
        row.lease_until = now + timedelta(minutes=LEASE_MINUTES)
        held = row.id, row.attempts
        session.commit()
    return held


def _next_due(now: datetime) -> Select[Job]:
    waiting = (Job.state == JobState.WAITING) & (Job.run_at <= now)
    orphaned = (Job.state == JobState.RUNNING) & is_free(Job, now, LEASE_MINUTES)
    due = select(Job).where(or_(waiting, orphaned)).order_by(Job.run_at, Job.id)
    return due.limit(1).with_for_update(skip_locked=True)


def _run(desk: Desk, handlers: Mapping[str, Handler], number: int, attempt: int) -> str:
    with working(desk.engine, RUNNER) as session:
        row = session.get_one(Job, number)
        work = Work(desk, session, row, attempt)
        session.commit()
        try:
            if attempt > MAX_ATTEMPTS:
                raise RuleBroken("job-interrupted", _("任务多次被中断，已停止。请重新发起，或联系系统管理员。"))
            work.finish(handlers[work.kind](work))
        except (Cancelled, LeaseLost) as stop:
            session.rollback()
            return stop.outcome
        except Exception as error:
            session.rollback()
            return _failed(desk, session, work, error, handlers.get(work.kind))
    return "done"


def _failed(desk: Desk, session: ActorSession, work: Work, error: Exception, handler: Handler | None) -> str:
    """Put the job back for another try, or away for good; the person reads a sentence, the log the rest."""
    try:
        row = work.held_row()
    except (Cancelled, LeaseLost) as stop:
        return stop.outcome
    row.lease_until = None
    if isinstance(error, RuleBroken):
        row.state, row.error = JobState.FAILED, str(error)
    else:
        fault = secrets.token_hex(4)
        log.error("job %s, fault %s", row.id, fault, exc_info=error)
        last = work.attempt >= MAX_ATTEMPTS
        row.state = JobState.FAILED if last else JobState.WAITING
        row.run_at = desk.clock() + timedelta(minutes=retry_minutes(work.attempt))
        then = _("已停止，请联系系统管理员。") if last else _("系统会自动再试。")
        row.error = _("处理时出错（编号 {fault}），").format(fault=fault) + then
    state = row.state
    if state is JobState.FAILED and isinstance(handler, Kind):
        handler.given_up(session, work, row.error, desk.clock())
    session.commit()
    return "retry" if state is JobState.WAITING else state.value
