"""A house from a copy: proven first in a folder of its own, then put in place at once; refused as a whole or done as a whole."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from models import LoginSession
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.vault import unlock
from rules.errors import RuleBroken
from rules.text import _
from services.alone import vacant
from services.audit_check import verify
from services.backup.database import file_of, settle
from services.backup.members import Parts
from services.backup.opening import Opened, open_backup
from services.backup.placing import Server, mark_unfinished, put_files
from services.backup.proving import Proof, prove
from services.backup.tables import Say
from services.schema import plain_engine
from settings import Settings

RESTORER = system("恢复备份")
LIVED_IN = ("SELECT 1 FROM accounts WHERE active", "SELECT 1 FROM clients")


@dataclass(frozen=True)
class Restored:
    """What was proven, and where the old house is kept when there was one."""

    proof: Proof
    at: str
    aside: str


@contextmanager
def unpacked(
    settings: Settings, file: Path, *, passphrase: str = "", keys: Path | None = None
) -> Iterator[Opened]:
    """The copy laid out on the house's disk (or the system's, where there is no house yet), gone afterwards."""
    home = settings.home if settings.home.is_dir() else None
    kept = settings.keys_file if keys is None else keys
    with _sentences(), tempfile.TemporaryDirectory(prefix="restoring-", dir=home) as folder:
        yield open_backup(file, Path(folder), passphrase=passphrase, keys=kept)


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        why = trouble.strerror or trouble
        raise RuleBroken("restore-disk", _("没有恢复：读写磁盘出错（{why}）。请检查空间和权限，然后重试。"), why=why) from trouble
    except SQLAlchemyError as trouble:
        raise RuleBroken(
            "restore-database", _("没有恢复：数据库不让写（{why}）。请确认 DATABASE_URL 的用户是库的所有者。"),
            why=type(trouble).__name__,
        ) from trouble  # fmt: skip


def check_copy(
    settings: Settings, file: Path, *, passphrase: str = "", keys: Path | None = None, say: Say = lambda line: None
) -> tuple[Opened, Proof]:
    """The drill: restore to a folder of its own, use it, throw it away. Opens the vault with the copy's keys."""
    with unpacked(settings, file, passphrase=passphrase, keys=keys) as copy:
        unlock(copy.ring)
        return copy, prove(copy, say)


def restore(
    settings: Settings, file: Path, now: datetime, *, passphrase: str = "", keys: Path | None = None,
    replace: bool = False, say: Say = lambda line: None,
) -> Restored:  # fmt: skip
    """The house of `settings` becomes the copy's; raises RuleBroken and changes nothing.

    Everybody is signed out: a device that was signed out after the copy was made must not come back.
    """
    with _sentences(), vacant(settings.home):
        if not replace and is_lived_in(settings.database_url):
            raise RuleBroken("house-not-empty", _("这里已有数据，没有恢复。确要换掉请加 --replace，现有数据会另存，不会删除。"))
        with unpacked(settings, file, passphrase=passphrase, keys=keys) as copy:
            unlock(copy.ring)
            proof = prove(copy, say)
            _sign_everybody_out(copy, proof, now)
            aside = _place(settings, copy.parts, now, say)
    return Restored(proof, copy.manifest.at, aside)


def is_lived_in(url: str) -> bool:
    """Whether people or clients are there; a database that can't be read counts as lived in."""
    path = file_of(url)
    if path is not None and not path.exists():
        return False
    try:
        with plain_engine(url).connect() as connection:
            if "accounts" not in inspect(connection).get_table_names():
                return False
            return any(connection.scalar(text(f"{question} LIMIT 1")) for question in LIVED_IN)
    except SQLAlchemyError:
        if path is None:
            raise
        return True


def _sign_everybody_out(copy: Opened, proof: Proof, now: datetime) -> None:
    engine = plain_engine(f"sqlite:///{copy.parts.database}")
    with working(engine, RESTORER) as session:
        open_ones = select(LoginSession.id).where(LoginSession.ended_at.is_(None))
        session.execute(update(LoginSession).where(LoginSession.id.in_(open_ones)).values(ended_at=now))
        detail = f"备份于 {copy.manifest.at}，{proof.rows} 行，审计记录至 {copy.manifest.event} 号"
        record(session, "backup.restored", "backup", by=RESTORER, now=now, detail=detail)
        session.commit()
    settle(copy.parts.database)


def _place(settings: Settings, parts: Parts, now: datetime, say: Say) -> str:
    """Build the server's copy first; from the mark on, only moves and one transaction remain."""
    server = None if file_of(settings.database_url) else Server(settings.database_url, now)
    if server:
        _build(server, parts, say)
    mark = mark_unfinished(settings)
    kept = [str(server.swap() or "")] if server else []
    aside = put_files(settings, parts, now)
    mark.unlink()
    return "、".join(filter(None, [str(aside or ""), *kept]))


def _build(server: Server, parts: Parts, say: Say) -> None:
    server.check_alone()
    try:
        engine = server.build(plain_engine(f"sqlite:///{parts.database}"), say)
        found = verify(engine, parts.folder)
        if not found.is_sound:
            raise RuleBroken("backup-chain", _("写进 PostgreSQL 后审计链不完整：{problem}"), problem=found.problem)
    except BaseException:
        server.drop()
        raise
