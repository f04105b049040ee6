"""Where words stand: an index that finds the few rows a search can mean, kept by the database itself with every change.

It answers too much rather than too little: who asks compares the columns again. On SQLite a table of each three
letters (a word of one or two is the beginning of some), on PostgreSQL an index over each letter and pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, DDL, Table, Text, column, event, inspect, literal, literal_column, select, table

from models.client import Client
from models.order import Order
from models.round import Invitation

START = "words_"
LAST = "\U0010ffff"
GRAMS = (
    "CREATE OR REPLACE FUNCTION words_of(t text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$"
    " SELECT array_agg(DISTINCT substr(t, i, n)) FROM generate_series(1, length(t)) i, generate_series(1, 2) n $$"
)


@dataclass(frozen=True)
class Kept:
    """The index of one table over its searched columns."""

    rows: Table
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return START + self.rows.name

    def sqlite(self) -> list[str]:
        """The index, a view of its terms, and the triggers that keep it."""
        rows, name = self.rows.name, self.name
        new, old, stored = (self._text(of) for of in ("new", "old", rows))
        put = f"INSERT INTO {name}(rowid, t) VALUES (new.id, {new});"  # noqa: S608 - names of our own tables
        drop = f"INSERT INTO {name}({name}, rowid, t) VALUES ('delete', old.id, {old});"  # noqa: S608
        changed = ", ".join(("id", *self.columns))
        return [
            f"CREATE VIRTUAL TABLE {name} USING fts5(t, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
            f"CREATE VIRTUAL TABLE {name}_at USING fts5vocab({name}, instance)",
            f"INSERT INTO {name}(rowid, t) SELECT id, {stored} FROM {rows}",  # noqa: S608
            f"CREATE TRIGGER {name}_new AFTER INSERT ON {rows} BEGIN {put} END",
            f"CREATE TRIGGER {name}_gone AFTER DELETE ON {rows} BEGIN {drop} END",
            f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {changed} ON {rows} BEGIN {drop} {put} END",
        ]

    def postgresql(self) -> list[str]:
        return [GRAMS, f"CREATE INDEX {self.name} ON {self.rows.name} USING gin (words_of({self.plain('')}))"]

    def _text(self, of: str) -> str:
        """Small letters, each column with room behind it so that its last letters begin a group of three too."""
        return f"lower({self.plain(of + '.', 'char(31, 31)')} || char(31, 31))"

    def plain(self, of: str, gap: str = "chr(31)") -> str:
        return f" || {gap} || ".join(f"coalesce({of}{name}, '')" for name in self.columns)


def searched(rows: Table) -> tuple[str, ...]:
    """The columns of a table that any list searches."""
    return tuple(one.name for one in rows.columns if one.info.get("search"))


KEPT = {rows.name: Kept(rows, searched(rows)) for rows in (model.__table__ for model in (Order, Client, Invitation))}  # type: ignore[attr-defined]

for kept in KEPT.values():
    for dialect, statements in (("sqlite", kept.sqlite()), ("postgresql", kept.postgresql())):
        for statement in statements:
            event.listen(kept.rows, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


def is_table_of_ours(name: str | None, kind: str, parents: Any) -> bool:
    """For comparing a database with the models: the index of words is not among them."""
    return not (name or "").startswith(START)


def kept_for(model: type, columns: Sequence[Any]) -> Kept | None:
    """The index over all these columns, where there is one."""
    found = KEPT.get(inspect(model).local_table.name)  # type: ignore[attr-defined]
    return found if found and {one.key for one in columns} <= set(found.columns) else None


def candidates(kept: Kept, word: str, dialect: str) -> Any:
    """The numbers of the rows that may hold `word`, perhaps more than once."""
    if dialect != "sqlite":
        pairs = [word[n : n + 2] for n in range(len(word) - 1)] or [word]
        held = literal_column(f"words_of({kept.plain('')})")
        return select(kept.rows.c.id).where(held.op("@>")(literal(pairs, ARRAY(Text))))
    low = "".join(letter.lower() if letter.isascii() else letter for letter in word)
    if len(low) < 3:
        at = table(f"{kept.name}_at", column("doc"), column("term"))
        return select(at.c.doc).where(at.c.term.between(low, low + LAST * 2))
    index = table(kept.name, column("rowid"), column(kept.name))
    groups = ('"{}"'.format(low[n : n + 3].replace('"', '""')) for n in range(len(low) - 2))
    return select(index.c.rowid).where(index.c[kept.name].op("MATCH")(" AND ".join(groups)))

