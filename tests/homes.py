"""Data folders for tests: settings that need no environment, tables stamped as migrated, an application on them."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from alembic import command
from flask import Flask
from sqlalchemy import text

from app import create_app
from models import db
from services.schema import config_for, plain_engine
from settings import Settings
from tests.browse import Clock

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday


def settings_for(home: Path, **changes: object) -> Settings:
    base = {
        "home": home, "database_url": f"sqlite:///{home / 'lianxin.db'}", "redis_url": "", "host": "127.0.0.1",
        "port": 8000, "public_url": "http://127.0.0.1:8000", "township": "样例乡", "hotline": "0000-12345678",
        "proxies": 0, "insecure_http": False, "time_travel": True, "gateway_url": "hook+http://127.0.0.1:9/sms", "office_networks": (),
        "demo": False,
    }  # fmt: skip
    return Settings(**{**base, **changes})  # type: ignore[arg-type]


def make_tables(url: str) -> None:
    """Every table as the models have it, marked as migrated."""
    engine = plain_engine(url)
    db.metadata.create_all(engine)
    engine.dispose()
    command.stamp(config_for(url), "head")


def app_in(home: Path, empty_home: Path, **changes: object) -> Flask:
    """An application on a copy of the empty data folder."""
    shutil.copytree(empty_home, home)
    app = create_app(settings_for(home, **changes))
    app.testing = True
    app.config["CLOCK"] = Clock(NOW)
    return app


def tamper(app: Flask, *statements: str) -> None:
    """Change rows behind the program's back, as somebody with the database in his hands could."""
    engine = plain_engine(app.config["LIANXIN"].database_url)
    off = {
        "sqlite": ["DROP TRIGGER IF EXISTS events_no_update", "DROP TRIGGER IF EXISTS events_no_delete"],
        "postgresql": ["ALTER TABLE events DISABLE TRIGGER USER"],
    }
    with engine.begin() as connection:
        for statement in (*off[engine.dialect.name], *statements):
            connection.execute(text(statement))
    engine.dispose()
