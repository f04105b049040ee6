"""Name the actor of the request's session once, before any page reads."""

from flask import Flask, g, request
from flask_login import current_user

from models import Account, db
from models.access.actor import Actor
from models.engine import reading
from portal.edge import clock


def actor_of(account: Account) -> Actor:
    """The person behind an account, with the bounds of his scope."""
    cadre = account.cadre
    return Actor(
        name=account.person,
        role=account.role,
        account_id=account.id,
        cadre_id=account.cadre_id,
        unit_id=cadre.unit_id if cadre else None,
        area_path=account.area.path,
    )


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
