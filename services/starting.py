"""Twelve configurations in which the house does not open, each with its sentence: an open door is worse than a closed one."""

import ipaddress
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from models.keys import BadKeys, read_keys
from rules.errors import RuleBroken
from rules.text import Note, _, note
from services.backup.database import file_of
from services.backup.placing import UNFINISHED
from services.schema import plain_engine
from settings import ROOT, Settings

MOUNTS = Path("/proc/self/mounts")
NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.rclone", "9p", "afs", "ceph", "glusterfs", "davfs")
KNOWN = frozenset({"", "postgres", "password", "passwd", "123456", "12345678", "admin", "root", "lianxin", "secret", "changeme"})
DEBUG = ("FLASK_DEBUG", "PYTHONDEVMODE")


@dataclass(frozen=True)
class Refusal:
    """`asks` gives the reason why this house must not open, or None; `fine` is what doctor says then."""

    check: str
    fine: str
    asks: Callable[[Settings], Note | None]


def keys_lost(settings: Settings) -> Note | None:
    """Data without its keys: fresh ones would be made, and every phone lost unseen.

    Data is asked for first: another start that is setting up writes its keys before its data.
    """
    if not has_events(settings.database_url) or settings.keys_file.exists():
        return None
    return note(_("密钥文件{path}不见了，而数据库里已有数据。请放回原来的 keys.json（另存的那份），不要重新生成。"), path=settings.keys_file)


def keys_weak(settings: Settings) -> Note | None:
    """A key that is short, known or broken."""
    return None if _is_readable(settings) else _keys_trouble(settings)


def keys_open(settings: Settings) -> Note | None:
    """A key file that others may read."""
    return _keys_trouble(settings) if _is_readable(settings) else None


def _is_readable(settings: Settings) -> bool:
    return settings.keys_file.exists() and bool(settings.keys_file.stat().st_mode & 0o077)


def _keys_trouble(settings: Settings) -> Note | None:
    try:
        read_keys(settings.keys_file)
    except FileNotFoundError:
        return None
    except BadKeys as bad:
        return note(_("{why}"), why=bad)
    except OSError as closed:
        return note(_("密钥文件{path}读不了（{why}）。请检查是谁的文件。"), path=settings.keys_file, why=closed.strerror)
    return None


def home_open(settings: Settings) -> Note | None:
    """A data folder in which anybody on the machine may put or swap files."""
    if not settings.home.is_dir() or not settings.home.stat().st_mode & 0o002:
        return None
    return note(_("数据文件夹{path}谁都能写，数据和密钥可能被调换。请执行 chmod o-w。"), path=settings.home)


def debugging(settings: Settings) -> Note | None:
    """A debug switch that shows code and values to visitors."""
    on = [name for name in DEBUG if os.environ.get(name, "0") not in {"", "0"}]
    return note(_("调试开关{names}打开着，出错时会泄露内部信息。请去掉这个环境变量。"), names="、".join(on)) if on else None


def network_disk(settings: Settings) -> Note | None:
    """SQLite on a disk of another machine, which keeps neither locks nor what it has written."""
    path = file_of(settings.database_url)
    kind = disk_of(path.parent) if path else ""
    if not kind.startswith(NETWORK):
        return None
    return note(_("数据文件夹在网络盘（{kind}）上，SQLite 会丢数据。请放到本机磁盘，或改用 PostgreSQL。"), kind=kind)


def open_door(settings: Settings) -> Note | None:
    """Passwords over an open network, unless the operator insists."""
    if not settings.is_exposed or settings.insecure_http:
        return None
    return note(_("监听{host}而没有 HTTPS，口令会明文经过网络。请配好 HTTPS 并设置 LIANXIN_PUBLIC_URL=https://…；"
                  "仅在可信内网试用时，可另设 LIANXIN_INSECURE_HTTP=1。"), host=settings.host)  # fmt: skip


def proxies(settings: Settings) -> Note | None:
    """Behind a proxy that isn't counted everybody comes from one address: one stranger's tries lock out all."""
    if not settings.public_url.startswith("https:") or settings.proxies:
        return None
    return note(_("网址是{url}，前面必有反向代理，但 LIANXIN_PROXIES 是 0，所有人会被当成同一个地址。请设为代理的层数（通常是 1）。"),
                url=settings.public_url)  # fmt: skip


def open_queue(settings: Settings) -> Note | None:
    """A queue on another machine that whoever reaches it may fill or empty."""
    parts = urlsplit(settings.redis_url)
    if parts.scheme not in {"redis", "rediss"} or parts.password or is_here(parts.hostname or ""):
        return None
    return note(_("REDIS_URL 指向别的机器{host}而没有口令，谁都能改队列。请给 Redis 设口令：redis://:口令@主机:6379/0。"), host=parts.hostname)


def time_travel(settings: Settings) -> Note | None:
    """A clock that can be set by hand where others come in."""
    public = urlsplit(settings.public_url).hostname or ""
    if settings.demo or not settings.time_travel or (settings.is_local and is_here(public)):
        return None
    return note(_("对外服务时不能打开 LIANXIN_TIME_TRAVEL：期限和记录会被改到别的日子。请去掉它。"))


def known_password(settings: Settings) -> Note | None:
    """A database on another machine behind a password that everybody knows, or behind none."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" or is_here(url.host or "") or str(url.password or "") not in KNOWN | {url.username}:
        return None
    return note(_("DATABASE_URL 里{host}的口令是空的或人人知道的。请换一个长的随机口令。"), host=url.host)


def served_folder(settings: Settings) -> Note | None:
    """Data or copies where the web server hands out files."""
    served = [path for path in (settings.home, settings.backups) if path.is_relative_to(ROOT / "static")]
    return note(_("{path}在对外发放的文件夹里，谁都能下载。请换一个地方。"), path=served[0]) if served else None


def unfinished(settings: Settings) -> Note | None:
    """A restore that was cut short: half a house is none."""
    if not (settings.home / UNFINISHED).exists():
        return None
    return note(_("上一次恢复没有做完（可能断过电）。请再运行一次 bin/lianxin restore 备份文件 --replace。"))


HALF = Refusal("restore", _("没有做到一半的恢复。"), unfinished)
LOST = Refusal("keys-lost", _("数据和密钥在一起。"), keys_lost)
TWELVE: tuple[Refusal, ...] = (
    LOST,
    Refusal("keys-weak", _("密钥够长，文件完好。"), keys_weak),
    Refusal("keys", _("密钥文件仅本人可读。"), keys_open),
    Refusal("home", _("数据文件夹不是谁都能写。"), home_open),
    Refusal("debug", _("调试开关已关。"), debugging),
    Refusal("disk", _("数据在本机磁盘上，或由数据库服务器保管。"), network_disk),
    Refusal("door", _("只接受本机或 HTTPS 访问。"), open_door),
    Refusal("proxies", _("访客地址认得清。"), proxies),
    Refusal("queue", _("队列不对外开放。"), open_queue),
    Refusal("time-travel", _("不允许指定时刻。"), time_travel),
    Refusal("database", _("数据库口令不是人人知道的。"), known_password),
    Refusal("served", _("数据和备份不在对外发放的文件夹里。"), served_folder),
)
HARMFUL = (HALF, LOST)  # even one command would do damage


def reasons(settings: Settings, refusals: tuple[Refusal, ...] = (HALF, *TWELVE)) -> list[Note]:
    """Every reason why this house must not open."""
    return [reason for refusal in refusals if (reason := refusal.asks(settings))]


def refuse(settings: Settings, refusals: tuple[Refusal, ...] = (HALF, *TWELVE)) -> None:
    """Raise RuleBroken("bad-house") with all the reasons."""
    found = [f"✗ {reason}" for reason in reasons(settings, refusals)]
    if found:
        raise RuleBroken("bad-house", _("不能启动：\n{reasons}"), reasons="\n".join(found))


def is_here(host: str) -> bool:
    """Whether the address is this machine (a socket file has none)."""
    if host in {"", "localhost"} or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def disk_of(path: Path) -> str:
    """The kind of file system that holds `path`; "" where the machine doesn't tell."""
    held = [line.split()[1:3] for line in MOUNTS.read_text("utf8").splitlines()] if MOUNTS.exists() else []
    fits = [(len(point), kind) for point, kind in held if path.resolve().is_relative_to(point.replace("\\040", " "))]
    return max(fits, default=(0, ""))[1]


def has_events(url: str) -> bool:
    """Whether the audit chain has begun: something was written with keys."""
    path = file_of(url)
    if path is not None and not path.exists():
        return False
    try:
        with closing(plain_engine(url).connect()) as connection:
            return connection.scalar(text("SELECT 1 FROM events LIMIT 1")) is not None
    except SQLAlchemyError:
        return False
