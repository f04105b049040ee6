"""A consistent copy of the whole database as one SQLite file, taken while people work; the same from both kinds."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from sqlalchemy import make_url

from services.backup.tables import Say, copy_rows
from services.schema import config_for, head, plain_engine


def file_of(url: str) -> Path | None:
    """The SQLite file, None on a server."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def kind_of(url: str) -> str:
    return make_url(url).get_backend_name()


def snapshot(url: str, into: Path, say: Say) -> None:
    """Every row as it stood at one moment."""
    path = file_of(url)
    if path is None:
        _from_server(url, into, say)
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", (str(into),))


def _from_server(url: str, into: Path, say: Say) -> None:
    """The same rows in a fresh SQLite file of the same shape, read in one repeatable transaction."""
    make_empty(f"sqlite:///{into}")
    source, target = plain_engine(url), plain_engine(f"sqlite:///{into}")
    still = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with still.connect() as reading, target.begin() as writing:
        copy_rows(reading, writing, say)
    settle(into)


def make_empty(url: str) -> None:
    """All tables of the newest shape and no rows."""
    command.upgrade(config_for(url), head())


def settle(path: Path) -> None:
    """One file again, nothing left in a journal beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
