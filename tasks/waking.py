"""A commit that leaves work for the worker rings the clock at once."""

from sqlalchemy import event

from models.access.session import ActorSession
from tasks.timetable import wake


def init_app() -> None:
    """Listen once, whatever number of applications is made in this process."""
    if not event.contains(ActorSession, "after_commit", ring):
        event.listen(ActorSession, "after_commit", ring)
        event.listen(ActorSession, "after_rollback", forget)


def ring(session: ActorSession) -> None:
    if not session.in_nested_transaction() and session.info.pop("wake", False):  # a savepoint is not the end
        wake()


def forget(session: ActorSession) -> None:
    session.info.pop("wake", None)
