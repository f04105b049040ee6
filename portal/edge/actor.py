"""Name the actor of the request's session once, before any page reads."""

from flask import Flask, g, request
from flask_login import current_user

from models import db
from models.engine import reading
from portal.edge import clock
from services.who import actor_of


def init_app(app: Flask) -> None:
    """`g.actor` (None for strangers), `g.now` and the mode of the database connection, for every request."""

    @app.before_request
    def name_actor() -> None:
        g.now, g.actor = clock.now(), None
        g.reading = reading.set(request.method in {"GET", "HEAD", "OPTIONS"})
        if request.endpoint != "static" and current_user and current_user.is_authenticated:
            g.actor = actor_of(current_user.account)
            db.session().act_for(g.actor)

    @app.teardown_request
    def forget(error: BaseException | None) -> None:
        if "reading" in g:
            reading.reset(g.pop("reading"))
