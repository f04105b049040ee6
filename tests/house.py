"""The whole application with a person at the door; whatever `create_app` already wires is left as it is."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, g, request
from flask_babel import Babel
from flask_login import LoginManager

from app import create_app
from models import db
from portal.edge.csrf import csrf
from settings import Settings
from tests.cast import Town


def make_house(settings: Settings, now: object) -> Flask:
    """`now` is the instant at which the house stands still."""
    app = create_app(settings)
    app.testing = True
    app.config.update(CLOCK=lambda: now, WTF_CSRF_ENABLED=False)
    if "babel" not in app.extensions:
        Babel(app)
    if not hasattr(app, "login_manager"):
        LoginManager(app).user_loader(lambda key: None)
    if "csrf" not in app.extensions:
        csrf.init_app(app)
    if "admin" not in app.blueprints:
        app.context_processor(lambda: {"shell": SimpleNamespace(brand="连心")})
        app.add_url_rule("/admin/", endpoint="admin.index", view_func=lambda: "")
    return app


def let_in(app: Flask, town: Town) -> None:
    """A request with the header `Who: u5-…` is that person's, as if he had signed in."""

    @app.before_request
    def person() -> None:
        number = request.headers.get("Who")
        if number:
            g.actor = list(town.actors.values())[int(number)]
            db.session().act_for(g.actor)


def who(town: Town, name: str) -> dict[str, str]:
    """The header that makes a request `name`'s."""
    return {"Who": str(list(town.actors).index(name))}


def copy_of(empty_home: Path, home: Path) -> Path:
    """A data folder of its own, with keys and an empty database."""
    home.mkdir()
    for name in ("keys.json", "lianxin.db"):
        (home / name).write_bytes((empty_home / name).read_bytes())
    (home / "keys.json").chmod(0o600)
    return home
