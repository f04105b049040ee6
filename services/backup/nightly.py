"""The house copies itself each night and tries the newest copy each month, without being asked."""

import shutil
import sqlite3
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from models import Event
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from models.vault import vault
from rules.errors import RuleBroken
from rules.periods import Period
from rules.roles import Role
from rules.text import _
from services.account_notices import warn
from services.alone import alone
from services.backup.making import make_backup
from services.backup.manifest import mark_of
from services.backup.names import copies_in, drop_old
from services.backup.opening import open_backup
from services.backup.proving import Proof, prove
from services.desk import Desk
from services.sweeping import Counts

DRILLED, FAILED = "backup.drilled", "backup.failed"
KEEPER = system("每夜备份")
WHO = frozenset({Role.SYSTEM})
TROUBLES = (RuleBroken, OSError, SQLAlchemyError, sqlite3.Error)


def copy_tonight(desk: Desk, period: Period) -> Counts:
    """One copy a night into the backup folder; old ones go. A refusal is told to the system administrator."""
    folder = desk.settings.backups
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = make_backup(desk, folder, passphrase=desk.settings.backup_passphrase)
        dropped = drop_old(folder, desk.clock(), timedelta(days=desk.settings.backup_keep))
    except TROUBLES as trouble:
        return _failed(desk, period, _("昨夜的备份没有做成"), words_of(trouble))
    return {"rows": sum(made.manifest.rows.values()), "dropped": len(dropped)}


def drill(desk: Desk, period: Period) -> Counts:
    """Restore the newest copy to a folder of its own and use it; good is an event, bad also a notice."""
    copies = copies_in(desk.settings.backups)
    if not copies:
        return _failed(desk, period, _("恢复演练没有做成"), _("备份文件夹里还没有备份。"))
    try:
        proof = try_copy(desk, copies[-1])
    except TROUBLES as trouble:
        return _failed(desk, period, _("恢复演练没有通过"), f"{copies[-1].name}：{words_of(trouble)}")
    with working(desk.engine, KEEPER) as session:
        record(session, DRILLED, "backup", by=KEEPER, now=desk.clock(), detail=f"{copies[-1].name}：{proof.sentence}")
        session.commit()
    return {"rows": proof.rows, "failed": 0}


def try_copy(desk: Desk, file: Path) -> Proof:
    """The drill with the keys that are open here; a copy of other keys is refused."""
    home = desk.settings.home
    with alone(home / "drill.lock"):
        for left in home.glob("drill-*/"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="drill-", dir=home) as folder:
            secret, keys = desk.settings.backup_passphrase, desk.settings.keys_file
            copy = open_backup(file, Path(folder), passphrase=secret, keys=keys)
            if copy.manifest.keys != mark_of(vault().ring):
                raise RuleBroken("backup-keys", _("备份的密钥与现在用的不同。"))
            return prove(copy)


def words_of(trouble: Exception) -> str:
    """A sentence for the administrator, never the database's own text."""
    if isinstance(trouble, RuleBroken):
        return str(trouble)
    return str(getattr(trouble, "strerror", None) or type(trouble).__name__)


def _failed(desk: Desk, period: Period, subject: str, why: str) -> Counts:
    """One event and one notice a period, however often the turn is taken again."""
    about = f"backup:{period.key}"
    with working(desk.engine, KEEPER) as session:
        known = select(Event.id).where(Event.verb == FAILED, Event.subject == about, Event.detail.startswith(subject))
        if session.scalar(known) is None:
            record(session, FAILED, about, by=KEEPER, now=desk.clock(), detail=f"{subject}：{why}")
            warn(session, WHO, subject, why, key=f"{about}:{subject}", now=desk.clock())
            session.commit()
    return {"failed": 1}


def last_drill(session: ActorSession) -> datetime | None:
    """When a copy was last proven."""
    return session.scalar(select(Event.at).where(Event.verb == DRILLED).order_by(Event.id.desc()).limit(1))
