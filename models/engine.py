"""How a connection behaves: durable SQLite with one writer at a time, and reads that don't queue for it."""

import errno
import sqlite3
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

reading: ContextVar[bool] = ContextVar("reading", default=False)

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # NORMAL loses acknowledged rows when the power goes
    "foreign_keys": "ON",
    "busy_timeout": "5000",
    "secure_delete": "ON",
    "trusted_schema": "OFF" if sqlite3.sqlite_version_info >= (3, 44) else "ON",  # older ones let no trigger keep the index of words
    "cache_size": "-16000",
}


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL_WORDS = ("disk is full", "disk I/O error", "No space left", "could not extend file")


def is_full(problem: BaseException) -> bool:
    """Whether the disk, the database's or the program's, had no room."""
    if isinstance(problem, OSError):
        return problem.errno in NO_ROOM
    return any(words in str(getattr(problem, "orig", "")) for words in FULL_WORDS)


def prepare(engine: Engine) -> None:
    """Attach the SQLite behaviour; a no-op on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


def _on_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE", execution_options={"scope_ok": True})
