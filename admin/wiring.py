"""The gate of the real house: actor of the request, screen and field policy, verbs, clock."""

from datetime import datetime
from typing import Any

from flask import g
from sqlalchemy import inspect

from admin.gate import Gate, Sight, Tab
from models import db
from models.access.fields import view_of
from models.access.session import working
from rules.roles import Role
from services import ledgers, trail
from services.board import Board, board
from services.inbox import unread

OFFICE = frozenset({Role.CLERK, Role.LEADER, Role.DISCIPLINE})


class LedgerVerbs:
    """Forms speak through the generic verbs; states move on their own pages."""

    def register(self, row: Any, *, by: Any, now: datetime) -> None:
        ledgers.register(db.session(), row, by=by, now=now)

    def amend(self, row: Any, *, by: Any, now: datetime) -> None:
        ledgers.amend(db.session(), row, by=by, now=now)

    def move(self, row: Any, name: str, *, by: Any, now: datetime, reason: str) -> None:
        ledgers.move(db.session(), row, name, reason, by=by, now=now)


def field_view(actor: Any, model: type, key: str) -> Sight:
    """The policy of a column; a link is as visible as what it leads to."""
    column = inspect(model).columns.get(key)
    if column is None:
        return "plain"
    return view_of(actor.role, column)  # type: ignore[return-value]


def history(row: Any) -> list[tuple[datetime, str, str]]:
    """What happened to a registry row, from the chain; nothing of rounds and ballots."""
    if row.__tablename__ not in trail.TOLD:
        return []
    with working(db.engine, g.actor) as session:
        return list(trail.history(session, row))


def day(actor: Any) -> Board:
    """The first page: the office's numbers and things to do; administrators have none."""
    return board(db.session(), actor, g.now) if actor.role in OFFICE else Board()


def gate_of(tabs: Any) -> Gate:
    return Gate(
        tabs=lambda actor: [Tab(one.label, one.url, one.icon, one.main) for one in tabs(actor)],
        actor=lambda: g.get("actor"),
        may=ledgers.may_screen,
        field_view=field_view,
        verbs=LedgerVerbs(),
        now=lambda: g.now,
        exported=lambda actor, model, count, reason: trail.exported(
            db.session(), model, count, reason, by=actor, now=g.now
        ),
        history=history,
        notices=lambda actor: unread(db.session()),
        links={"logout": "security.logout", "password": "me.password", "account": "me.devices", "notices": "notices.index", "reveal": "reveal.show"},
    )
