"""Putting a proven copy where the house lives; what stood there is kept aside, never overwritten."""

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url, text

from rules.errors import RuleBroken
from rules.localtime import local
from rules.text import _
from services.backup.database import file_of, make_empty
from services.backup.members import ANCHORS, FILES, KEYS, Parts
from services.backup.tables import Say, copy_rows, count_rows
from services.schema import plain_engine
from settings import Settings

UNFINISHED = "restore-unfinished"


def stamp(now: datetime) -> str:
    return f"{local(now):%Y%m%d_%H%M%S}"


def put_files(settings: Settings, parts: Parts, now: datetime) -> Path | None:
    """Move the copy's parts into the house; returns where the old ones are kept, None when there were none."""
    aside = settings.home / f"before-restore-{stamp(now)}"
    database = file_of(settings.database_url)
    old = [path for name in (KEYS, ANCHORS, FILES) if (path := settings.home / name).exists()]
    old += [*settings.home.glob("queue.db*"), *(database.parent.glob(f"{database.name}*") if database else ())]
    for path in old:
        aside.mkdir(mode=0o700, exist_ok=True)
        shutil.move(path, aside / path.name)
    parts.files.mkdir(exist_ok=True)
    for path in (parts.keys, parts.anchors, parts.files):
        if path.exists():
            shutil.move(path, settings.home / path.name)
    if database:
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(parts.database, database)
    return aside if old else None


def mark_unfinished(settings: Settings) -> Path:
    """From here to the end a power cut leaves half a house; the mark keeps it from opening."""
    mark = settings.home / UNFINISHED
    mark.write_text(_("恢复没有做完，请再运行一次 bin/lianxin restore。"), "utf8")
    return mark


class Server:
    """A PostgreSQL database: the copy is built in a schema of its own and takes the name in one transaction."""

    def __init__(self, url: str, now: datetime) -> None:
        self.engine = plain_engine(url)
        self.new, self.aside = f"restoring_{stamp(now)}", f"before_restore_{stamp(now)}"
        built = make_url(url).update_query_dict({"options": f"-csearch_path={self.new}"})
        self.url = built.render_as_string(hide_password=False)

    def check_alone(self) -> None:
        """Raise RuleBroken("house-running") while somebody else is connected."""
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with self.engine.connect() as connection:
            if connection.scalar(text(others)):
                raise RuleBroken("house-running", _("还有程序连着这个 PostgreSQL 库，不能恢复。请先停止各台机器上的网页和后台。"))

    def build(self, source: Engine, say: Say) -> Engine:
        """All rows in the new schema, counted again; returns an engine that sees only it."""
        with self.engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {self.new}"))
        make_empty(self.url)
        engine = plain_engine(self.url)
        with source.connect() as reading, engine.begin() as writing:
            copied = copy_rows(reading, writing, say)
            if count_rows(writing) != copied:
                raise RuleBroken("restore-counts", _("写进 PostgreSQL 的行数不对，已放弃，原来的数据没有动。"))
        return engine

    def drop(self) -> None:
        """Leave no half-built schema behind."""
        with self.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {self.new} CASCADE"))

    def swap(self) -> str | None:
        """The new schema takes the old one's name; returns what the old one is called now, None if it was empty."""
        with self.engine.begin() as connection:
            name = connection.scalar(text("SELECT current_schema()"))
            if not name or not has_tables(connection):
                connection.execute(text(f"DROP SCHEMA IF EXISTS {name or 'public'} CASCADE"))
                connection.execute(text(f"ALTER SCHEMA {self.new} RENAME TO {name or 'public'}"))
                return None
            connection.execute(text(f"ALTER SCHEMA {name} RENAME TO {self.aside}"))
            connection.execute(text(f"ALTER SCHEMA {self.new} RENAME TO {name}"))
        return self.aside


def has_tables(connection: Connection) -> bool:
    """Whether the schema in use holds anything."""
    found = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()"
    return bool(connection.scalar(text(found)))
