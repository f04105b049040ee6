"""What a job's function holds: its arguments, a working session, and steps that are also its commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import Job
from models.access.actor import system
from models.access.session import ActorSession, working
from models.engine import reading
from rules.jobs import LEASE_MINUTES, JobState
from services.desk import Desk


class Cancelled(Exception):
    """A person stopped the job; what was not yet stepped is rolled back."""

    outcome = "cancelled"


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must leave no trace."""

    outcome = "lost"


class Work:
    """One attempt at one job. Change rows through `session`; `step` commits them with the progress."""

    def __init__(self, desk: Desk, session: ActorSession, row: Job, attempt: int) -> None:
        self.desk, self.session, self.attempt = desk, session, attempt
        self.id, self.kind, self.args, self.account_id = row.id, row.kind, dict(row.args), row.account_id
        self.done, self.total = row.done, row.total

    def step(self, done: int, total: int | None = None) -> None:
        """Commit what was changed so far with the progress, and hold the lease longer.

        After a crash the next attempt starts with `work.done` at this number. Raises Cancelled, LeaseLost.
        """
        row = self.held_row()
        row.done, row.total = done, self.total if total is None else total
        row.lease_until = self.desk.clock() + timedelta(minutes=LEASE_MINUTES)
        self.done, self.total = done, row.total
        self.session.commit()  # from here until the next change, no lock is held

    def finish(self, result: str) -> None:
        """Commit the rest of the effect with the end of the job."""
        row = self.held_row()
        row.state, row.result, row.error, row.lease_until = JobState.DONE, result, "", None
        self.session.commit()

    def held_row(self) -> Job:
        """Our job row, locked; raises Cancelled or LeaseLost when it is no longer ours."""
        held = select(Job).where(Job.id == self.id).with_for_update()
        row = self.session.scalars(held, execution_options={"populate_existing": True}).one()
        if row.state is JobState.CANCELLED:
            raise Cancelled
        if row.state is not JobState.RUNNING or row.attempts != self.attempt:
            raise LeaseLost
        return row

    @contextmanager
    def reading(self) -> Iterator[ActorSession]:
        """A session for long reads that doesn't keep writers waiting."""
        token = reading.set(True)
        try:
            with working(self.desk.engine, system(f"后台任务：{self.kind}")) as session:
                yield session
        finally:
            reading.reset(token)

    def argument(self, name: str) -> Any:
        """One of the arguments given to `enqueue`; KeyError when missing."""
        return self.args[name]
