"""The house without its doors: settings, keys, database and queue; enough for the worker and the command line."""

import os

from flask import Flask

from models import db
from models.access.session import guard_engine
from models.engine import prepare
from models.keys import load_keys
from models.vault import unlock
from services.gateways.ways import set_texting
from settings import ROOT, Settings
from tasks import queue, waking


def bare_app(settings: Settings) -> Flask:
    """An application without pages; raises BadKeys."""
    os.umask(0o077)  # whatever this process writes is for its own user
    settings.home.mkdir(parents=True, exist_ok=True)
    vault = unlock(load_keys(settings.keys_file))
    cookie_keys = vault.ring.derive_all("cookie")
    app = Flask("app", root_path=str(ROOT))
    app.config.update(
        SECRET_KEY=cookie_keys[-1], SECRET_KEY_FALLBACKS=cookie_keys[:-1], SQLALCHEMY_DATABASE_URI=settings.database_url, LIANXIN=settings,
        # a log of errors holds no answers and no names; a server that was restarted costs nobody his request
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, "pool_pre_ping": not settings.database_url.startswith("sqlite")},
    )  # fmt: skip
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        guard_engine(db.engine)
    set_texting(bool(settings.gateway_url))
    queue.attach(settings, vault)
    waking.init_app()
    return app
