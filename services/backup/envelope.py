"""A copy closed by a passphrase: the whole file in pieces of AES-256-GCM, so that nothing is read, cut or swapped."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from rules.errors import RuleBroken
from rules.text import _

MAGIC = b"LIANXIN-BACKUP-1\n"
SALT, TAG, PIECE = 16, 16, 1024 * 1024
SHORTEST = 12
COST = {"n": 2**17, "r": 8, "p": 1}  # about half a second and 128 MiB a guess


def check_passphrase(passphrase: str) -> None:
    """Raise RuleBroken for one that a thief would guess."""
    if passphrase and len(passphrase) < SHORTEST:
        raise RuleBroken("passphrase-short", _("备份口令太短：至少{shortest}个字，例如几个不相干的词连起来。"), shortest=SHORTEST)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    """Each piece knows its place and whether it is the end."""
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter:
    """A file that takes plain bytes and writes sealed pieces; `finish` writes the end, without which it won't open."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt = secrets.token_bytes(SALT)
        self._file, self._cipher, self._rest, self._number = file, _cipher(passphrase, salt), bytearray(), 0
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self._rest += data
        while len(self._rest) > PIECE:
            self._piece(last=False)
        return len(data)

    def flush(self) -> None:
        """Pieces go out when they are full."""

    def finish(self) -> None:
        self._piece(last=True)

    def _piece(self, *, last: bool) -> None:
        data = bytes(self._rest[:PIECE])
        del self._rest[:PIECE]
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), data, MAGIC))
        self._number += 1


def is_sealed(path: Path) -> bool:
    """Whether the file needs a passphrase."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def unseal(path: Path, passphrase: str, into: Path) -> None:
    """Write the plain file to `into`; raises RuleBroken("backup-passphrase") or ("backup-damaged")."""
    with path.open("rb") as file, into.open("wb") as plain:
        file.seek(len(MAGIC))
        cipher = _cipher(passphrase, file.read(SALT))
        for number, piece, last in _pieces(file):
            try:
                plain.write(cipher.decrypt(_nonce(number, last=last), piece, MAGIC))
            except InvalidTag as error:
                if number == 0:
                    raise RuleBroken("backup-passphrase", _("打不开备份：口令不对，或文件开头已损坏。")) from error
                raise RuleBroken("backup-damaged", _("备份文件已损坏或不完整（第{part}段）。请换一份备份。"), part=number + 1) from error


def _pieces(file: IO[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    number, piece = 0, file.read(PIECE + TAG)
    while piece:
        following = file.read(PIECE + TAG)
        yield number, piece, not following
        number, piece = number + 1, following
