"""The gate of the real house: actor of the request, screen and field policy, verbs, clock."""

from datetime import datetime
from typing import Any

from flask import g, redirect, send_file, url_for

from admin.gate import Gate, Tab
from documents.sheets import MIMES, file_name
from models import db
from models.access.session import working
from rules.localtime import local_day
from rules.roles import Role
from services import ledgers, trail
from services.board import Board, board
from services.exports import making
from services.exports.register import Wanted
from services.inbox import unread
from services.lists.eyes import field_view

OFFICE = frozenset({Role.CLERK, Role.LEADER, Role.DISCIPLINE})


class LedgerVerbs:
    """Forms speak through the generic verbs; states move on their own pages."""

    def register(self, row: Any, *, by: Any, now: datetime) -> None:
        ledgers.register(db.session(), row, by=by, now=now)

    def amend(self, row: Any, *, by: Any, now: datetime) -> None:
        ledgers.amend(db.session(), row, by=by, now=now)

    def move(self, row: Any, name: str, *, by: Any, now: datetime, reason: str) -> None:
        ledgers.move(db.session(), row, name, reason, by=by, now=now)


def export(model: type, args: dict[str, str], kind: str) -> Any:
    """A masked list as a file, or the page on which its job is seen."""
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    made = making.take_out(db.engine, Wanted(model, args, kind), by=g.actor, now=g.now)
    if made.file is None:
        return redirect(url_for("exports.show", number=made.id), 303)
    return send_file(made.file, mimetype=MIMES[kind], as_attachment=True, download_name=file_name(made.title, local_day(g.now), kind))


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
        field_view=field_view,  # type: ignore[arg-type]
        verbs=LedgerVerbs(),
        now=lambda: g.now,
        export=export,
        history=history,
        notices=lambda actor: unread(db.session()),
        links={"logout": "security.logout", "password": "me.password", "account": "me.devices", "notices": "notices.index", "help": "help.here", "reveal": "reveal.show", "export": "exports.new", "print": "exports.paper", "intake": "intakes.new"},
    )
