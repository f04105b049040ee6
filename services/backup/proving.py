"""The drill: a copy is proven by using it. Counts, shape, chain, every sealed text, every file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alembic import command
from sqlalchemy import Connection, select

from models import db
from models.types import SealedText
from models.vault import Tampered, vault
from rules.errors import RuleBroken
from rules.text import _
from services.audit_check import verify
from services.backup import reading as asked
from services.backup.database import settle
from services.backup.manifest import pour
from services.backup.members import Parts
from services.backup.opening import Opened
from services.backup.tables import BATCH, Say, plain_tables
from services.schema import check_known, config_for, head, plain_engine


@dataclass(frozen=True)
class Proof:
    """What was found good; `missing` files were lost before the copy was made."""

    rows: int
    events: int
    anchors: int
    opened: int
    files: int
    missing: tuple[str, ...]
    migration: str

    @property
    def sentence(self) -> str:
        """For the person at the screen, and for the log."""
        lost = f"；有 {len(self.missing)} 个附件在备份时已经缺失" if self.missing else ""
        return (
            f"{self.rows} 行数据、{self.events} 条审计记录、{self.anchors} 个锚、"
            f"{self.opened} 处加密内容、{self.files} 个附件，全部核对无误{lost}。"
        )


def prove(copy: Opened, say: Say = lambda line: None) -> Proof:
    """Bring the copy in its folder to today's shape and use it; the vault must be open with its keys.

    Raises RuleBroken: newer-database, backup-damaged, backup-chain.
    """
    parts = copy.parts
    _compare(copy)
    say("正在核对审计链……")
    url = f"sqlite:///{parts.database}"
    if copy.manifest.migration != head():
        command.upgrade(config_for(url), "head")
    engine = plain_engine(url)
    chain = verify(engine, parts.folder)
    if not chain.is_sound:
        raise RuleBroken("backup-chain", _("备份的审计链不完整：{problem}"), problem=chain.problem)
    say("正在核对加密内容和附件……")
    with engine.connect() as connection:
        opened = sum(open_all(connection))
    settle(parts.database)
    files = _compare_files(parts, copy.manifest.missing)
    return Proof(
        sum(copy.manifest.rows.values()), chain.events, chain.anchors, opened, files, tuple(copy.manifest.missing), head(),
    )  # fmt: skip


def _compare(copy: Opened) -> None:
    check_known(copy.manifest.migration)
    with asked.reading(copy.parts.database) as connection:
        same = (
            asked.is_whole(connection)
            and asked.revision(connection) == copy.manifest.migration
            and asked.counts(connection) == copy.manifest.rows
            and asked.newest_event(connection) == (copy.manifest.event, copy.manifest.chain)
        )
    if not same:
        raise RuleBroken("backup-damaged", _("备份里的数据与清单不符（行数、版本或最新记录）。请换一份备份。"))


def open_all(connection: Connection) -> Iterator[int]:
    """Open every sealed text and compare its index; the number opened, table by table."""
    for table in plain_tables():
        columns = [c for c in db.metadata.tables[table.name].columns if isinstance(c.type, SealedText)]
        if columns:
            rows = connection.execute(select(table), execution_options={"yield_per": BATCH}).mappings()
            yield sum(_opens(table.name, column, row) for row in rows for column in columns)


def _opens(table: str, column: Any, row: Any) -> bool:
    if row[column.name] is None:
        return False
    try:
        text = vault().open(row[column.name], f"{table}:{column.name}:{row['uid']}")
    except Tampered as bad:
        raise RuleBroken("backup-damaged", _("{table}第{id}行的加密内容打不开：被改动过，或密钥不对。"), table=table, id=row["id"]) from bad
    index = column.info.get("index")
    if index and row[index] != vault().index(text, "phone"):
        raise RuleBroken("backup-damaged", _("{table}第{id}行的号码与查找标记不符。"), table=table, id=row["id"])
    return True


def _compare_files(parts: Parts, missing: list[str]) -> int:
    with asked.reading(parts.database) as connection:
        named = [(token, digest) for token, digest in asked.files_named(connection) if token not in missing]
    for token, digest in named:
        path = parts.files / token
        found = None
        if path.is_file():
            with path.open("rb") as file:
                found = pour(file)["sha256"]
        if found != digest:
            raise RuleBroken("backup-damaged", _("附件{token}与登记的摘要不符。"), token=token)
    return len(named)
