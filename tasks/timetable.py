"""Everything that rings, on one page. Each rings every minute and asks the rows what is due."""

from huey import crontab

from services.desk import Desk
from services.job_kinds import JOBS
from services.jobs import run_due
from services.outbox import send_due
from services.sweeping import beat, run_sweeps
from services.sweeps import SWEEPS
from tasks.context import in_app, quietly
from tasks.queue import huey

EVERY_MINUTE = crontab(minute="*", strict=True)


@huey.periodic_task(EVERY_MINUTE)
@in_app
def sweep(desk: Desk) -> object:
    beat(desk)
    return run_sweeps(desk, SWEEPS)


@huey.periodic_task(EVERY_MINUTE)
@in_app
def run_jobs(desk: Desk) -> object:
    return dict(run_due(desk, JOBS))


@huey.periodic_task(EVERY_MINUTE)
@in_app
def send_messages(desk: Desk) -> object:
    return dict(send_due(desk))


def wake() -> None:
    """Somebody is waiting for a job or a message: don't wait for the minute."""
    quietly(run_jobs)
    quietly(send_messages)
