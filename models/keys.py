"""Secrets outside the database: one key file, from which every purpose derives its own key."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class BadKeys(Exception):
    """The key file is missing parts, too short or readable by others."""


@dataclass(frozen=True)
class KeyRing:
    """Master keys by id, the current one first; `derive` gives 32 bytes for one purpose."""

    current: str
    masters: dict[str, bytes]

    def derive(self, purpose: str, key_id: str | None = None) -> bytes:
        master = self.masters[key_id or self.current]
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(master)

    def derive_all(self, purpose: str) -> list[bytes]:
        """The same for every master key, the current one last: what older ones signed is still known."""
        older = [key_id for key_id in self.masters if key_id != self.current]
        return [self.derive(purpose, key_id) for key_id in (*older, self.current)]

    @classmethod
    def fresh(cls) -> "KeyRing":
        return cls("k1", {"k1": secrets.token_bytes(32)})


def load_keys(path: Path) -> KeyRing:
    """Read the key file, making it on the very first start; raises BadKeys."""
    if not path.exists():
        _write(path, KeyRing.fresh())
    return read_keys(path)


def read_keys(path: Path) -> KeyRing:
    """The ring in a key file that exists; raises BadKeys."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise BadKeys(f"密钥文件 {path} 可被他人读取，请执行 chmod 600。")
    try:
        raw = json.loads(path.read_text("utf8"))
        ring = KeyRing(raw["current"], {name: b64decode(key) for name, key in raw["keys"].items()})
        weak = any(len(key) < 32 or len(set(key)) < 8 for key in ring.masters.values())
        ring.derive("check")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadKeys(f"密钥文件 {path} 已损坏，请从备份恢复。") from error
    if weak:
        raise BadKeys(f"密钥文件 {path} 中有过短或已知的密钥，请从备份恢复。")
    return ring


def add_key(path: Path) -> KeyRing:
    """A fresh master key becomes the current one; the file changes at once or not at all."""
    known = read_keys(path)
    key_id = f"k{len(known.masters) + 1}"
    ring = KeyRing(key_id, {**known.masters, key_id: secrets.token_bytes(32)})
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    _write(fresh, ring)
    fresh.replace(path)
    return ring


def _write(path: Path, ring: KeyRing) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"current": ring.current, "keys": {k: b64encode(v).decode() for k, v in ring.masters.items()}})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
