"""One file with everything: anchors first, then the database at one moment, then the files its rows name."""

import errno
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO, Any

from sqlalchemy.exc import OperationalError

from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.vault import vault
from rules.errors import RuleBroken
from rules.text import _
from services.alone import alone
from services.backup.database import kind_of, snapshot
from services.backup.envelope import SealingWriter, check_passphrase
from services.backup.manifest import Manifest, mark_of, pour, seal_of
from services.backup.members import ANCHORS, DATABASE, KEYS, MANIFEST, SEAL, Parts, attachments_in
from services.backup.names import name_at
from services.backup.reading import counts, files_named, newest_event, reading, revision
from services.backup.tables import Say
from services.desk import Desk
from settings import VERSION, Settings

MADE = "backup.made"
KEEPER = system("备份")
NO_ROOM, NO_ROOM_WORDS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}, ("disk is full", "disk I/O error")


@dataclass(frozen=True)
class Made:
    """A finished copy; `sealed` when it is closed by a passphrase and carries the keys."""

    path: Path
    manifest: Manifest
    sealed: bool
    size: int


def make_backup(desk: Desk, target: Path, *, passphrase: str = "", say: Say = lambda line: None) -> Made:
    """Copy the house to `target` (a file, or a folder for a dated name) while it works; all or nothing.

    Raises RuleBroken("backup-unwritable"), ("backup-no-room") or ("passphrase-short").
    """
    check_passphrase(passphrase)
    path = target / name_at(desk.clock()) if target.is_dir() else target
    with alone(desk.settings.home / "backup.lock"), _room(path) as parts:
        manifest = _gather(desk, parts, say)
        whole = parts.folder / "whole"
        with whole.open("wb") as file:
            _pack(file, desk.settings, parts, manifest, passphrase, say)
        _put_in_place(whole, path)
    made = Made(path, manifest, bool(passphrase), path.stat().st_size)
    _remember(desk, made)
    return made


@contextmanager
def _room(path: Path) -> Iterator[Parts]:
    """A folder beside the target that leaves nothing behind; troubles of the disk become sentences."""
    try:
        for left in path.parent.glob(".lianxin-*.partial"):
            shutil.rmtree(left, ignore_errors=True)
        folder = path.parent / f".lianxin-{os.getpid()}.partial"
        folder.mkdir(mode=0o700)
        try:
            yield Parts(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except (OSError, sqlite3.OperationalError, OperationalError) as trouble:
        raise _sentence(trouble, path) from trouble


def _sentence(trouble: Exception, path: Path) -> RuleBroken:
    if getattr(trouble, "errno", 0) in NO_ROOM or any(word in str(trouble) for word in NO_ROOM_WORDS):
        return RuleBroken("backup-no-room", _("备份没有做成：{folder}的磁盘空间不够，或磁盘出错。请清理或换一个盘，原有备份没有动。"), folder=path.parent)
    if isinstance(trouble, OSError):
        return RuleBroken(
            "backup-unwritable", _("备份没有做成：写不进{folder}（{why}）。请检查文件夹是否存在、是否可写。"),
            folder=path.parent, why=trouble.strerror or trouble,
        )  # fmt: skip
    return RuleBroken("backup-database", _("备份没有做成：读不了数据库。请先运行 bin/lianxin doctor 查看原因。"))


def _gather(desk: Desk, parts: Parts, say: Say) -> Manifest:
    """Anchors come first, so that none of them names an event later than the database's."""
    parts.anchors.write_bytes(b"")
    if (desk.settings.home / ANCHORS).exists():
        shutil.copyfile(desk.settings.home / ANCHORS, parts.anchors)
    say("正在复制数据库……")
    snapshot(desk.settings.database_url, parts.database, say)
    with reading(parts.database) as connection:
        event, chain = newest_event(connection)
        lost = [token for token, _digest in files_named(connection) if not (desk.settings.files / token).is_file()]
        return Manifest(
            at=desk.clock().astimezone(UTC).isoformat(timespec="seconds"), program=VERSION, migration=revision(connection),
            database=kind_of(desk.settings.database_url), township=desk.settings.township, keys=mark_of(vault().ring),
            event=event, chain=chain, rows=counts(connection), members={}, missing=lost,
        )  # fmt: skip


def _pack(file: IO[bytes], settings: Settings, parts: Parts, manifest: Manifest, passphrase: str, say: Say) -> None:
    """Keys go in only when a passphrase closes the whole."""
    writer: Any = SealingWriter(file, passphrase) if passphrase else file
    members = [(DATABASE, parts.database), (ANCHORS, parts.anchors), *attachments_in(settings.files)]
    members += [(KEYS, settings.keys_file)] if passphrase else []
    with zipfile.ZipFile(writer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, (name, path) in enumerate(members, start=1):
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                manifest.members[name] = pour(source, target)
            if number % 500 == 0 or number == len(members):
                say(f"已写入 {number}/{len(members)} 个文件")
        archive.writestr(MANIFEST, manifest.text())
        archive.writestr(SEAL, seal_of(manifest.text(), vault().ring))
    if passphrase:
        writer.finish()
    file.flush()
    os.fsync(file.fileno())


def _put_in_place(whole: Path, path: Path) -> None:
    whole.chmod(0o600)
    whole.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remember(desk: Desk, made: Made) -> None:
    """The audit chain knows who took a copy of everything, and doctor how old the newest is."""
    rows = sum(made.manifest.rows.values())
    with working(desk.engine, KEEPER) as session:
        record(session, MADE, "backup", by=KEEPER, now=desk.clock(), detail=f"{made.path.name}，{rows} 行")
        session.commit()
