"""What the diary says against what the house holds: nothing lost, nothing doubled, each change with its event."""

from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from models import Attempt, Ballot, Enterprise, Event, Invitation, Job, Notice, db
from models.access.session import ActorSession
from rules.jobs import MAX_ATTEMPTS, JobState
from rules.notices import MAX_ATTEMPTS as NOTICE_ATTEMPTS
from rules.notices import NoticeState
from services.audit_check import verify
from tests.faults.forked import STEPS
from tests.faults.load import LEVELS, Diary
from tests.house import House


def complaints(house: House, diary: Diary, taken: Collection[str]) -> list[str]:
    """One line for each difference; empty when the house kept its word. `taken`: keys that the gateway took."""
    with house.work() as session:
        found = [*_ballots(session, diary), *_shops(session, diary), *_work(session, diary), *_events(session)]
        if db.engine.dialect.name == "sqlite":
            sound = session.connection().exec_driver_sql("PRAGMA integrity_check", execution_options={"scope_ok": True}).scalar()
            found += [] if sound == "ok" else [f"the file is damaged: {sound}"]
    messages = Counter(key.partition("-")[0] for key in taken)
    found += [f"notice {key} was doubled" for key, times in messages.items() if times > 1]
    found += [f"notice {key} was lost or invented" for key in sorted(messages.keys() ^ set(diary.work))]
    report = verify(db.engine, house.app.config["LIANXIN"].home)
    return [*found, *diary.odd, *([] if report.is_sound else [str(report.problem)])]


def _ballots(session: ActorSession, diary: Diary) -> Iterator[str]:
    """The last level stands, and every change was counted and told exactly once."""
    rows = session.execute(select(Invitation.serial, Invitation.id, Ballot.level, Ballot.changes_made).join(Ballot)).all()
    held = {row.serial: row for row in rows}
    if len(held) != len(rows):
        yield "two ballots on one invitation"
    told = _told(session, "ballot.cast"), _told(session, "ballot.changed")
    said = {serial: levels for serial, levels in diary.ballots.items() if levels}
    if set(said) != set(held):
        yield f"ballots lost or invented: {set(said) ^ set(held)}"
    for serial in set(said) & set(held):
        row, levels = held[serial], said[serial]
        if LEVELS[len(LEVELS) - row.level] != levels[-1] or row.changes_made != len(levels) - 1:
            yield f"{serial}: {levels[-3:]} was acknowledged, level {row.level} after {row.changes_made} changes is held"
        subject = f"invitations:{row.id}"
        if (told[0][subject], told[1][subject]) != (1, row.changes_made):
            yield f"{serial}: {told[0][subject]} first answers and {told[1][subject]} of {row.changes_made} changes in the log"


def _shops(session: ActorSession, diary: Diary) -> Iterator[str]:
    rows = session.execute(select(Enterprise.credit_code, Enterprise.id).where(Enterprise.credit_code.is_not(None))).all()
    held, told = Counter(row.credit_code for row in rows), _told(session, "clients.registered")
    if held != Counter(diary.shops):
        yield f"shops lost or doubled: {held - Counter(diary.shops)} {Counter(diary.shops) - held}"
    if told != Counter(f"clients:{row.id}" for row in rows):
        yield f"shops and their events differ: {told}"


def _work(session: ActorSession, diary: Diary) -> Iterator[str]:
    asked = Counter(diary.work)
    jobs = session.execute(select(Job.key, Job.state, Job.attempts)).all()
    worn = {row.key for row in jobs if row.state is JobState.FAILED and row.attempts > MAX_ATTEMPTS}  # killed too often: given up aloud
    if len(worn) > max(1, len(asked) // 20):
        yield f"too many jobs were given up: {sorted(worn)}"
    notices = session.execute(select(Notice.key, Notice.state, Notice.attempts).where(Notice.key.in_(asked))).all()
    traces = Counter(session.scalars(select(Attempt.subject).where(Attempt.kind == "job")))
    if Counter(row.key for row in jobs) != asked or Counter(row.key for row in notices) != asked:
        yield "work or messages lost or doubled"
    yield from (f"job {row.key} is {row.state}" for row in jobs if row.state is not JobState.DONE and row.key not in worn)
    yield from (f"message {row.key} is {row.state}" for row in notices if row.state is not NoticeState.SENT and not (row.state is NoticeState.FAILED and row.attempts > NOTICE_ATTEMPTS))
    yield from (f"job {key} left {traces[key]} traces" for key in asked if traces[key] != STEPS and key not in worn)


def _events(session: ActorSession) -> Iterator[str]:
    """No event of something that isn't there."""
    changed = session.scalar(select(func.coalesce(func.sum(Ballot.changes_made), 0)))
    if _told(session, "ballot.changed").total() != changed:
        yield "events of changes that no ballot shows"


def _told(session: ActorSession, verb: str) -> Counter[str]:
    return Counter(session.scalars(select(Event.subject).where(Event.verb == verb)))
