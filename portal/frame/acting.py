"""How a page finds a row and carries out a verb: visible to the person first, then changed in a working session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, flash, g
from sqlalchemy.orm import Session

from models import db
from models.access.session import working
from models.audit import record
from models.engine import reading
from portal.edge.clock import now
from rules.errors import RuleBroken
from rules.roles import Role
from services.locking import unchanged

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")


def only(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The page is for these roles: strangers are asked to sign in (401), others refused (403)."""

    def guard(page: Callable[P, R]) -> Callable[P, R]:
        @wraps(page)
        def open_page(*args: P.args, **kwargs: P.kwargs) -> R:
            if g.actor is None:
                abort(401)
            if g.actor.role not in roles:
                abort(403)
            return page(*args, **kwargs)

        return open_page

    return guard


def seen(model: type[Row], number: int) -> Row:
    """The row as the person may see it, else 404: what is out of scope isn't there."""
    return db.session.get(model, number) or abort(404)


def carry_out(verb: Callable[..., Any], row: Any, *args: Any, as_seen: int | None = None, **more: Any) -> bool:
    """Run a verb on a row found by `seen` and commit; a refusal is flashed in its own words and gives False.

    `as_seen`: the version that the page showed; where somebody was faster the verb is not run. None or 0: not asked.
    """
    model, number = type(row), row.id
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        try:
            verb(session, unchanged(session, session.get_one(model, number), as_seen), *args, by=g.actor, now=now(), **more)
            session.commit()
        except RuleBroken as refusal:
            flash(str(refusal), "error")
            return False
    return True


def look(question: Callable[..., R], row: Any, *args: Any, **more: Any) -> R:
    """Ask a read-only question that sees more than the person; the page shows only what it may."""
    with working(db.engine, g.actor) as session:
        return question(session, session.get_one(type(row), row.id), *args, **more)


def note_reading(verb: str, row: Any, detail: str = "") -> None:
    """Put on record that somebody read this; the one thing a GET may write."""

    def write(session: Session) -> None:
        record(session, verb, row, by=g.actor, now=now(), detail=detail)

    on_record(write)


def on_record(work: Callable[[Session], R]) -> R:
    """Run and commit in a session that may write although the request only reads."""
    mark = reading.set(False)
    db.session.rollback()
    try:
        with working(db.engine, g.actor) as session:
            result = work(session)
            session.commit()
            return result
    finally:
        reading.reset(mark)
