"""A new master key takes over: sealed texts are sealed again with it, older keys stay for what was derived from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Table, bindparam, select, update

from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.keys import add_key, load_keys
from models.types import SealedText
from models.vault import Vault, unlock
from services.alone import vacant
from services.backup.tables import BATCH, Say, plain_tables
from services.schema import plain_engine
from settings import Settings

KEEPER = system("换密钥")


@dataclass(frozen=True)
class Rotated:
    """`resumed`: no new key was made, an earlier change that was cut short is complete now."""

    key: str
    texts: int
    resumed: bool


def rotate(settings: Settings, now: datetime, say: Say = lambda line: None) -> Rotated:
    """Nobody may be serving the house. Raises RuleBroken("house-running"); cut short, it goes on where it was."""
    with vacant(settings.home):
        engine = plain_engine(settings.database_url)
        vault = unlock(load_keys(settings.keys_file))
        resumed = any(_old_rows(engine, vault, table, names) for table, names in _sealed())
        if not resumed:
            vault = unlock(add_key(settings.keys_file))
        texts = sum(_seal_again(engine, vault, table, names, say) for table, names in _sealed())
        with working(engine, KEEPER) as session:
            record(session, "keys.rotated", "keys", by=KEEPER, now=now, detail=f"{vault.ring.current}，{texts} 处")
            session.commit()
    for path in settings.home.glob("queue.db*"):
        path.unlink()  # its messages bear the old signature, and it is only an alarm clock
    return Rotated(vault.ring.current, texts, resumed)


def _sealed() -> Iterator[tuple[Table, list[str]]]:
    for table in plain_tables():
        names = [c.name for c in db.metadata.tables[table.name].columns if isinstance(c.type, SealedText)]
        if names:
            yield table, names


def _old_rows(engine: Engine, vault: Vault, table: Table, names: list[str], after: int = 0) -> list[Any]:
    """The next rows that hold something under an older key."""
    columns = [table.c.id, table.c.uid, *(table.c[name] for name in names)]
    mark = vault.ring.current.encode() + b"\0"
    with engine.connect() as connection:
        while rows := connection.execute(select(*columns).where(table.c.id > after).order_by(table.c.id).limit(BATCH)).mappings().all():
            old = [row for row in rows if any(row[name] and not bytes(row[name]).startswith(mark) for name in names)]
            if old:
                return old
            after = rows[-1]["id"]
    return []


def _seal_again(engine: Engine, vault: Vault, table: Table, names: list[str], say: Say) -> int:
    """Batch by batch, each kept at once; the number of texts."""
    change, done, after = update(table).where(table.c.id == bindparam("row")), 0, 0
    while rows := _old_rows(engine, vault, table, names, after):
        fresh = [{"row": row["id"], **_again(vault, table, row, names)} for row in rows]
        with engine.begin() as connection:
            connection.execute(change.values({name: bindparam(name) for name in names}), fresh)
        done += sum(row[name] is not None for row in rows for name in names)
        after = rows[-1]["id"]
        say(f"{table.name}：{done} 处")
    return done


def _again(vault: Vault, table: Table, row: Any, names: list[str]) -> dict[str, bytes | None]:
    places = {name: f"{table.name}:{name}:{row['uid']}" for name in names}
    return {
        name: None if row[name] is None else vault.seal(vault.open(bytes(row[name]), place), place)
        for name, place in places.items()
    }
