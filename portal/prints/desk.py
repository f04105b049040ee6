"""Who stands at the printing desk, which round he means, and how a sheet gets its code."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import segno
from flask import abort, current_app, g, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from models import Invitation, Plate, Round, db
from models.access.actor import Actor
from models.access.session import working
from services.tokens import token_of
from services.verbs import may


def person(verb: str) -> Actor:
    """The person of the request; 401 without one, 403 when the verb isn't his."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        abort(401)
    if not may(actor, verb):
        abort(403)
    return actor


def round_seen(round_id: int) -> Round:
    """The round through the person's own session; 404 out of his scope."""
    return db.session.get(Round, round_id) or abort(404)


@contextmanager
def office(actor: Actor) -> Iterator[Session]:
    """A session for a verb, after the person's own one has let the database go."""
    db.session.rollback()
    with working(db.engine, actor) as session:
        yield session


def picked() -> set[int]:
    """The rows ticked on the list; anything that is no number is nobody's row."""
    return {int(one) for one in request.form.getlist("row") if one.isascii() and one.isdigit() and len(one) < 19}


def by_village(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """(village, rows) of rows that come ordered by area."""
    return [(area.name, list(those)) for area, those in groupby(rows, key=lambda row: row.area)]


def code_of(row: Invitation | Plate, error: str) -> tuple[Markup, str]:
    """(QR as SVG without size, address); `error` is segno's correction level."""
    address = f"{current_app.config['LIANXIN'].public_url}/s/{token_of(row)}"
    picture = segno.make(address, error=error, micro=False, boost_error=False)
    return Markup(picture.svg_inline(omitsize=True, border=4)), address  # noqa: S704 drawn here, from our own letters
