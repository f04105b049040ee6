"""Typed settings from the environment; an odd value stops the start with a sentence, never a guess."""

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["version"]


class BadSetting(SystemExit):
    """A setting that can't be used: its name, its value, what would be right."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"设置 {name}={value!r} 不能用：{wanted}")


@dataclass(frozen=True)
class Settings:
    """Everything the machine itself decides; docs/operations.md has the table."""

    home: Path
    database_url: str
    redis_url: str
    host: str
    port: int
    public_url: str
    township: str
    hotline: str
    proxies: int
    insecure_http: bool
    time_travel: bool
    gateway_url: str
    office_networks: tuple[str, ...]
    demo: bool
    metrics: bool = False
    anchor_hook: str = ""
    backup_passphrase: str = field(default="", repr=False)
    backup_folder: Path | None = None
    backup_keep: int = 35

    @property
    def is_local(self) -> bool:
        """Whether only this very machine can reach the web server."""
        return self.host in LOOPBACK

    @property
    def is_scannable(self) -> bool:
        """Whether a phone can open what the printed codes lead to."""
        return urlsplit(self.public_url).hostname not in LOOPBACK

    @property
    def is_exposed(self) -> bool:
        """Whether passwords would cross a network unencrypted."""
        return not self.is_local and not self.public_url.startswith("https:")

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def backups(self) -> Path:
        """Where the house puts its copy each night."""
        return self.backup_folder or self.home / "backups"

    @property
    def keys_file(self) -> Path:
        return self.home / "keys.json"


def _number(name: str, default: int, low: int, high: int) -> int:
    raw = os.environ.get(name, str(default))
    if not re.fullmatch(r"\d{1,6}", raw) or not low <= int(raw) <= high:
        raise BadSetting(name, raw, f"要一个 {low} 到 {high} 之间的整数")
    return int(raw)


def _switch(name: str, default: bool) -> bool:
    raw = os.environ.get(name, "1" if default else "0")
    if raw not in {"0", "1"}:
        raise BadSetting(name, raw, "只能是 0 或 1")
    return raw == "1"


def _url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    raw = os.environ.get(name, default)
    if raw and not raw.startswith(tuple(f"{scheme}:" for scheme in schemes)):
        raise BadSetting(name, raw.split("@")[-1], "要以 " + "、".join(schemes) + " 开头的地址")
    return raw


def _folder(name: str) -> Path | None:
    raw = os.environ.get(name, "")
    return Path(raw).resolve() if raw else None


def _postgres(url: str) -> str:
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def load(*, demo: bool = False) -> Settings:
    """Read the environment once; raises BadSetting."""
    home = Path(os.environ.get("LIANXIN_HOME", str(ROOT / "var"))).resolve()
    home = home / "demo" if demo else home
    host, port = os.environ.get("LIANXIN_HOST", "127.0.0.1"), _number("LIANXIN_PORT", 8000, 1, 65535)
    sqlite = f"sqlite:///{home / 'lianxin.db'}"
    database = sqlite if demo else _postgres(_url("DATABASE_URL", sqlite, ("sqlite", "postgresql", "postgres")))
    return Settings(
        home=home,
        database_url=database,
        redis_url="" if demo else _url("REDIS_URL", "", ("redis", "rediss", "unix")),
        host=host,
        port=port,
        public_url=_url("LIANXIN_PUBLIC_URL", f"http://{host}:{port}", ("http", "https")).rstrip("/"),
        township=os.environ.get("LIANXIN_TOWNSHIP", "样例乡" if demo else "本乡镇"),
        hotline=os.environ.get("LIANXIN_HOTLINE", "0000-12345678" if demo else ""),
        proxies=_number("LIANXIN_PROXIES", 0, 0, 5),
        insecure_http=_switch("LIANXIN_INSECURE_HTTP", False),
        time_travel=_switch("LIANXIN_TIME_TRAVEL", demo),
        gateway_url=_url("LIANXIN_GATEWAY_URL", "", ("apprise", "hook+http", "hook+https")),
        office_networks=tuple(filter(None, os.environ.get("LIANXIN_OFFICE_NETWORKS", "").split(","))),
        demo=demo,
        metrics=_switch("LIANXIN_METRICS", False),
        anchor_hook=_url("LIANXIN_ANCHOR_HOOK", "", ("http", "https")),
        backup_passphrase=os.environ.get("LIANXIN_BACKUP_PASSPHRASE", ""),
        backup_folder=None if demo else _folder("LIANXIN_BACKUP_DIR"),
        backup_keep=_number("LIANXIN_BACKUP_KEEP", 35, 1, 3660),
    )
