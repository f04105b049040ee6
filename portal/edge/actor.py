"""Name the actor of the request's session once, before any page reads."""

from flask import Flask, g, request
from flask_login import current_user

from models import Account, db
from models.access.actor import Actor
from models.engine import reading


def actor_of(account: Account) -> Actor:
    """The person behind an account, with the bounds of his scope."""
    cadre = account.cadre
    return Actor(
        name=cadre.name if cadre else account.login,
        role=account.role,
        account_id=account.id,
        cadre_id=account.cadre_id,
        unit_id=cadre.unit_id if cadre else None,
        area_path=account.area.path,
    )


def init_app(app: Flask) -> None:
    @app.before_request
    def name_actor() -> None:
        g.reading = reading.set(request.method in {"GET", "HEAD", "OPTIONS"})
        g.actor = None
        if current_user and current_user.is_authenticated:
            g.actor = actor_of(current_user)
            db.session().act_for(g.actor)

    @app.teardown_request
    def forget(error: BaseException | None) -> None:
        if "reading" in g:
            reading.reset(g.pop("reading"))
