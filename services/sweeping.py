"""Runs what is due: once per period, in order after a power cut, safe with several workers and odd clocks."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import JobRun
from models.access.actor import system
from models.access.session import working
from rules.jobs import MAX_ATTEMPTS, SWEEP_LEASE_MINUTES
from rules.notices import retry_minutes
from rules.periods import Every, Period, due_periods
from rules.text import _
from services.desk import Desk
from services.leases import is_free

SWEEPER = system("定时任务")
TROUBLE = _("第{attempt}次执行出错，详见系统日志。")
Counts = Mapping[str, int]
log = logging.getLogger("lianxin.sweeps")


@dataclass(frozen=True)
class Sweep:
    """`run(desk, period)` must be safe to run twice; `catch_up`: each missed period gets its own turn."""

    name: str
    every: Every
    run: Callable[[Desk, Period], Counts]
    catch_up: bool = False


def run_sweeps(desk: Desk, sweeps: tuple[Sweep, ...]) -> dict[str, Counts]:
    """Everything that is due now, in the order written; one that fails doesn't stop the rest."""
    done: dict[str, Counts] = {}
    for sweep in sweeps:
        for period in _due(desk, sweep):
            counts = _run(desk, sweep, period)
            if counts is None:
                break  # later periods wait for this one
            done[f"{sweep.name} {period.key}"] = counts
    return done


def _due(desk: Desk, sweep: Sweep) -> list[Period]:
    now = desk.clock()
    with working(desk.engine, SWEEPER) as session:
        finished = select(func.max(JobRun.period)).where(
            JobRun.job == sweep.name, JobRun.period <= sweep.every.current(now).key, JobRun.at.is_not(None)
        )
        return due_periods(sweep.every, now, session.scalar(finished), catch_up=sweep.catch_up)


def _run(desk: Desk, sweep: Sweep, period: Period) -> Counts | None:
    """Take the period, do it, close it; None when somebody else has it or it failed."""
    attempt = _claim(desk, sweep.name, period.key)
    if attempt is None:
        return None
    try:
        counts: Counts = sweep.run(desk, period)
    except Exception:
        log.exception("sweep %s %s, attempt %s", sweep.name, period.key, attempt)
        _close(desk, sweep, period, attempt, {}, failed=True)
        return None
    _close(desk, sweep, period, attempt, counts, failed=False)
    log.info("sweep %s %s: %s", sweep.name, period.key, dict(counts))
    return counts


def _claim(desk: Desk, name: str, key: str) -> int | None:
    """The number of our attempt, or None when the period is done or in somebody's hands."""
    now = desk.clock()
    with working(desk.engine, SWEEPER) as session:
        row = _row(session, name, key)
        free = select(JobRun.id).where(JobRun.id == row.id, is_free(JobRun, now, SWEEP_LEASE_MINUTES))
        if row.at is not None or session.scalar(free) is None:
            return None
        row.attempts += 1
        row.lease_until = now + timedelta(minutes=SWEEP_LEASE_MINUTES)
        attempt = row.attempts
        session.commit()
    return attempt


def _row(session: Session, name: str, key: str) -> JobRun:
    """The period's row, made if need be, and locked."""
    wanted = select(JobRun).where(JobRun.job == name, JobRun.period == key).with_for_update()
    row = session.scalars(wanted).first()
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(JobRun(job=name, period=key))
    except IntegrityError:
        log.debug("sweep %s %s was begun elsewhere", name, key)
    return session.scalars(wanted).one()


def _close(
    desk: Desk, sweep: Sweep, period: Period, attempt: int, counts: Counts, *, failed: bool
) -> None:
    now = desk.clock()
    with working(desk.engine, SWEEPER) as session:
        row = _row(session, sweep.name, period.key)
        if row.attempts != attempt:
            return
        if failed and attempt < MAX_ATTEMPTS:
            row.lease_until = now + timedelta(minutes=min(retry_minutes(attempt), SWEEP_LEASE_MINUTES))
        else:
            row.at, row.lease_until, row.counts = now, None, dict(counts)
        row.error = TROUBLE.format(attempt=attempt) if failed else ""
        session.commit()


def beat(desk: Desk) -> None:
    """Remember that a worker is alive; one row, whatever the clock says."""
    with working(desk.engine, SWEEPER) as session:
        _row(session, "worker", "latest").at = desk.clock()
        session.commit()


def last_beat(session: Session) -> datetime | None:
    """When a worker last looked for work."""
    return session.scalar(select(JobRun.at).where(JobRun.job == "worker"))
