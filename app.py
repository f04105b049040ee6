"""create_app() and the command line: the only file that knows all parts."""

from flask import Flask

import models
from models.access.session import guard_engine
from models.engine import prepare
from models.keys import load_keys
from models.vault import unlock
from portal import edge, owner
from settings import Settings, load


def create_app(settings: Settings | None = None) -> Flask:
    """The web application; raises BadSetting or BadKeys rather than start half right."""
    settings = settings or load()
    settings.home.mkdir(parents=True, exist_ok=True)
    vault = unlock(load_keys(settings.keys_file))
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=vault.ring.derive("cookie"),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        LIANXIN=settings,
    )
    models.db.init_app(app)
    with app.app_context():
        prepare(models.db.engine)
        guard_engine(models.db.engine)
    edge.init_app(app, settings)
    owner.init_app(app, settings)
    return app
