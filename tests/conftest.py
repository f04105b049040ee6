"""A fresh township per test, its cast, and a clock that stands still."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from models import db
from tasks.queue import huey
from tests.browse import Browser, Clock
from tests.cast import Town, build_town
from tests.homes import NOW, app_in, make_tables, settings_for
from tests.servers import any_app as any_app
from tests.servers import empty_postgres as empty_postgres
from tests.servers import postgres as postgres
from tests.servers import postgres_url as postgres_url
from tests.servers import queue_url as queue_url
from tests.servers import valkey as valkey


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys and an empty database, copied for each test."""
    home = tmp_path_factory.mktemp("empty")
    create_app(settings_for(home))
    make_tables(settings_for(home).database_url)
    return home


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def app(request: pytest.FixtureRequest, empty_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """On SQLite; with LIANXIN_TEST_DATABASE=postgresql on the PostgreSQL that pip installed."""
    on_postgres = os.environ.get("LIANXIN_TEST_DATABASE") == "postgresql"
    app = app_in(tmp_path / "home", empty_home, **({"database_url": request.getfixturevalue("postgres_url")} if on_postgres else {}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    huey.storage.close()


@pytest.fixture
def town(app: Flask) -> Town:
    return build_town(NOW)


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The town's clock; `clock.pass_by(minutes=5)` moves it."""
    return app.config["CLOCK"]


@pytest.fixture
def browse(app: Flask, town: Town, clock: Clock) -> Callable[[str], Browser]:
    """`browse("李经办")`: that person's browser, signed in."""
    return lambda name: Browser(app).sign_in(town.accounts[name], clock.now)
