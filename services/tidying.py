"""Old traces of finished machine work go; what people did stays."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from models import Job, JobRun
from models.access.session import working
from rules.jobs import JobState
from rules.periods import Period
from services.desk import Desk
from services.login_sessions import prune
from services.sign_in import prune_attempts
from services.sweeping import SWEEPER, Counts

KEEP = timedelta(days=90)
FINISHED = (JobState.DONE, JobState.CANCELLED)


def tidy(desk: Desk, period: Period) -> Counts:
    """Finished jobs, closed periods but each sweep's newest, failed tries and devices long signed out."""
    before = desk.clock() - KEEP
    newest = select(func.max(JobRun.id)).group_by(JobRun.job)
    with working(desk.engine, SWEEPER) as session:
        gone = {
            "jobs": session.execute(delete(Job).where(Job.state.in_(FINISHED), Job.run_at < before)),
            "runs": session.execute(delete(JobRun).where(JobRun.at < before, JobRun.id.not_in(newest))),
        }
        counts = {name: result.rowcount for name, result in gone.items()}  # type: ignore[attr-defined]
        counts |= {"tries": prune_attempts(session, desk.clock()), "devices": prune(session, desk.clock())}
        session.commit()
    return counts
