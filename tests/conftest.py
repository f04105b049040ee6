"""A fresh township per test, its cast, and a clock that stands still."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import create_engine

from app import create_app
from models import db
from settings import Settings
from tests.browse import Browser, Clock
from tests.cast import Town, build_town

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday


def settings_for(home: Path, **changes: object) -> Settings:
    base = {
        "home": home, "database_url": f"sqlite:///{home / 'lianxin.db'}", "redis_url": "", "host": "127.0.0.1",
        "port": 8000, "public_url": "http://127.0.0.1:8000", "township": "样例乡", "hotline": "0000-12345678",
        "proxies": 0, "insecure_http": False, "time_travel": True, "gateway_url": "", "office_networks": (),
        "demo": False,
    }  # fmt: skip
    return Settings(**{**base, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys and an empty database, copied for each test."""
    home = tmp_path_factory.mktemp("empty")
    settings = settings_for(home)
    create_app(settings)
    engine = create_engine(settings.database_url)
    db.metadata.create_all(engine)
    engine.dispose()
    return home


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def app(empty_home: Path, tmp_path: Path) -> Iterator[Flask]:
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)
    app = create_app(settings_for(home))
    app.testing = True
    app.config["CLOCK"] = Clock(NOW)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


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
