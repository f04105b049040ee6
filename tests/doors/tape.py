"""The database as it stood: wound back after a page that was open has done its work."""

import sqlite3
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url

from models import db

TABLES = tuple(db.metadata.tables)


class Tape:
    """`moved` tells whether anybody has committed since `wind_back`."""

    def __init__(self, app: Flask) -> None:
        self.path = Path(str(make_url(app.config["LIANXIN"].database_url).database))
        self.live, self.kept = sqlite3.connect(self.path), sqlite3.connect(":memory:")
        self.live.backup(self.kept)
        self.mark = self._version()

    def _version(self) -> int:
        return int(self.live.execute("PRAGMA data_version").fetchone()[0])

    @property
    def moved(self) -> bool:
        return self._version() != self.mark

    def wind_back(self) -> None:
        if self.moved:
            self.kept.backup(self.live)
            self.mark = self._version()

    def close(self) -> None:
        self.live.close()
        self.kept.close()

    def changed(self) -> set[str]:
        """The tables that are not as they were."""
        return {table for table in TABLES if _rows(self.live, table) != _rows(self.kept, table)} if self.moved else set()


def _rows(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return database.execute(f'SELECT * FROM "{table}"').fetchall()
