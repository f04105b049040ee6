"""Bring the database to the shape that the program needs: once, under a lock, with a copy made first."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, NullPool, create_engine, event, make_url

from rules.errors import RuleBroken
from rules.text import _
from services.alone import alone
from settings import ROOT, Settings

COPIES = "copies"


def config_for(url: str) -> Config:
    """Alembic's configuration, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def head() -> str:
    """The newest revision that the program knows."""
    return ScriptDirectory.from_config(config_for("")).get_current_head() or ""


def plain_engine(url: str) -> Engine:
    """An engine for changing the shape: one transaction for everything, foreign keys checked afterwards."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_migrator)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _as_migrator(connection, record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")


def revision_of(url: str) -> str:
    """The revision the database is at; "" when it is empty."""
    engine = plain_engine(url)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def bring_up(settings: Settings, now: datetime) -> bool:
    """Migrate to the head; True when something changed. Raises RuleBroken("newer-database").

    Two starts at once are safe: the second waits and finds nothing to do.
    """
    with alone(settings.home / "prepare.lock"):
        at = revision_of(settings.database_url)
        if at == head():
            return False
        check_known(at)
        if at:
            keep_copy(settings, now)
        command.upgrade(config_for(settings.database_url), "head")
    return True


def check_known(revision: str) -> None:
    """Raise RuleBroken("newer-database") for a shape that this program never had."""
    known = {script.revision for script in ScriptDirectory.from_config(config_for("")).walk_revisions()}
    if revision and revision not in known:
        raise RuleBroken(
            "newer-database",
            _("数据库（版本 {revision}）比程序新。请换回新版程序，或恢复升级前的备份。"),
            revision=revision,
        )


def keep_copy(settings: Settings, now: datetime) -> Path | None:
    """A consistent copy of the SQLite file beside it; PostgreSQL is backed up by its own tools."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    folder = settings.home / COPIES
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"before-migration-{now:%Y%m%d-%H%M%S-%f}.db"
    if path.exists():  # a clock set back to the very same instant: the older copy is kept too
        path = path.with_stem(f"{path.stem}-{len(list(folder.iterdir()))}")
    with closing(sqlite3.connect(url.database, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o600)
    return path
