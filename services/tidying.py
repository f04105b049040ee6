"""Old traces of finished machine work go; what people did stays."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from models import Attempt, Job, JobRun
from models.access.session import working
from rules.jobs import JobState
from rules.periods import Period
from services.desk import Desk
from services.sweeping import SWEEPER, Counts

KEEP = timedelta(days=90)
FINISHED = (JobState.DONE, JobState.CANCELLED)


def tidy(desk: Desk, period: Period) -> Counts:
    """Finished jobs, closed periods but each sweep's newest, and failed tries older than 90 days."""
    before = desk.clock() - KEEP
    newest = select(func.max(JobRun.id)).group_by(JobRun.job)
    with working(desk.engine, SWEEPER) as session:
        gone = {
            "jobs": session.execute(delete(Job).where(Job.state.in_(FINISHED), Job.run_at < before)),
            "runs": session.execute(delete(JobRun).where(JobRun.at < before, JobRun.id.not_in(newest))),
            "tries": session.execute(delete(Attempt).where(Attempt.at < before)),
        }
        counts = {name: result.rowcount for name, result in gone.items()}  # type: ignore[attr-defined]
        session.commit()
    return counts
