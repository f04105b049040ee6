"""A copy laid out in a folder, every part compared with its digest; whatever is odd is a sentence, not a crash."""

import hmac
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from models.keys import BadKeys, KeyRing, read_keys
from rules.errors import RuleBroken
from rules.text import _
from services.backup.envelope import is_sealed, unseal
from services.backup.manifest import Manifest, mark_of, pour, read_manifest, seal_of
from services.backup.members import DATABASE, KEYS, MANIFEST, NAME, SEAL, Parts


@dataclass(frozen=True)
class Opened:
    """The parts on disk, what they say of themselves, and the keys that open them."""

    parts: Parts
    manifest: Manifest
    ring: KeyRing


def open_backup(file: Path, folder: Path, *, passphrase: str = "", keys: Path | None = None) -> Opened:
    """Unpack `file` into `folder`; `keys` is the key file kept elsewhere, for a copy that carries none.

    Raises RuleBroken: no-backup, not-a-backup, backup-passphrase, backup-damaged, backup-keys.
    """
    parts = Parts(folder)
    if not file.is_file():
        raise RuleBroken("no-backup", _("找不到备份文件：{file}"), file=file)
    plain = _opened(file, folder / "plain", passphrase)
    try:
        with zipfile.ZipFile(plain) as archive:
            text, seal = archive.read(MANIFEST).decode(), archive.read(SEAL).decode()
            manifest = read_manifest(text)
            _unpack(archive, manifest, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError) as odd:
        raise RuleBroken("not-a-backup", _("这不是连心的备份，或文件已损坏、不完整：{file}。请换一份备份。"), file=file.name) from odd
    (folder / "plain").unlink(missing_ok=True)
    return Opened(parts, manifest, _ring(parts, keys, manifest, text, seal))


def _opened(file: Path, plain: Path, passphrase: str) -> Path:
    if not is_sealed(file):
        return file
    if not passphrase:
        raise RuleBroken("backup-passphrase", _("这份备份有口令：请设置 LIANXIN_BACKUP_PASSPHRASE，或在提示时输入。"))
    unseal(file, passphrase, plain)
    return plain


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, parts: Parts) -> None:
    held = set(archive.namelist()) - {MANIFEST, SEAL}
    if held != set(manifest.members) or DATABASE not in held or not all(NAME.fullmatch(name) for name in held):
        raise ValueError("members")
    for name, known in manifest.members.items():
        path = parts.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, path.open("wb") as target:
            if pour(source, target) != known:
                raise RuleBroken("backup-damaged", _("备份中的{name}与清单不符，文件已损坏或被改动。请换一份备份。"), name=name)


def _ring(parts: Parts, keys: Path | None, manifest: Manifest, text: str, seal: str) -> KeyRing:
    """The keys inside, else those kept elsewhere; they must be this house's, and the manifest theirs."""
    if KEYS not in manifest.members:
        if keys is None or not keys.is_file():
            raise RuleBroken("backup-keys", _("这份备份里没有密钥：请用 --keys 指明另行保存的 keys.json。"))
        shutil.copyfile(keys, parts.keys)
    parts.keys.chmod(0o600)
    try:
        ring = read_keys(parts.keys)
    except BadKeys as bad:
        raise RuleBroken("backup-keys", _("密钥不能用：{why}"), why=bad) from bad
    if mark_of(ring) != manifest.keys:
        raise RuleBroken("backup-keys", _("这把密钥不是这份备份的（备份于{at}）。请找出当时那台机器的 keys.json。"), at=manifest.at[:10])
    if not hmac.compare_digest(seal_of(text, ring), seal):
        raise RuleBroken("backup-damaged", _("备份的清单被改动过，不能相信这份备份。请换一份。"))
    return ring
