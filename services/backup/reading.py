"""Questions to a copied database, whatever its shape: counts, newest event, files it names."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models.event import GENESIS

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
    " AND name NOT GLOB 'words_*'"  # an index, kept by triggers
)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file opened for questions only."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows per table."""
    names = [name for (name,) in connection.execute(TABLES + " ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def newest_event(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and chain value of the newest event; (0, GENESIS) in an empty house."""
    found = connection.execute("SELECT id, chain FROM events ORDER BY id DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else (0, GENESIS)


def revision(connection: sqlite3.Connection) -> str:
    """The migration the database is at."""
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def files_named(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """(name, SHA-256) of every file that a row points to."""
    return [(token, digest) for token, digest in connection.execute("SELECT token, digest FROM attachments ORDER BY id")]


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds the file itself sound and every reference leads somewhere."""
    sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    return sound and connection.execute("PRAGMA foreign_key_check").fetchone() is None
