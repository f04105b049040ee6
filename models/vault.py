"""Phones and ID numbers at rest: AES-256-GCM bound to table, column and row; a keyed index for exact search."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.keys import KeyRing


class Tampered(Exception):
    """A sealed value that doesn't belong to its place."""


class Vault:
    """Seals, opens, indexes and derives tokens; one per process, set by `unlock`."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        self._ciphers = {key_id: AESGCM(ring.derive("field", key_id)) for key_id in ring.masters}
        self._index = ring.derive("index", min(ring.masters))
        self._tokens = ring.derive("token", min(ring.masters))  # a key of its own: no index of any text is ever a token

    def seal(self, text: str, place: str) -> bytes:
        """`place` is "table:column:row uid"; the result starts with the key's id."""
        nonce = secrets.token_bytes(12)
        body = self._ciphers[self.ring.current].encrypt(nonce, text.encode(), place.encode())
        return self.ring.current.encode() + b"\0" + nonce + body

    def open(self, sealed: bytes, place: str) -> str:
        """The text again; raises Tampered when the value was moved, cut or altered."""
        key_id, _, rest = sealed.partition(b"\0")
        try:
            return self._ciphers[key_id.decode()].decrypt(rest[:12], rest[12:], place.encode()).decode()
        except (InvalidTag, KeyError, ValueError) as error:
            raise Tampered(place) from error

    def index(self, text: str, purpose: str) -> str:
        """32 hex digits, equal for equal texts of one purpose."""
        return self._mac(self._index, f"{purpose}:{text}").hex()[:32]

    def token(self, purpose: str, subject: str) -> str:
        """A 128-bit secret for one subject, derivable again here and nowhere stored."""
        return urlsafe_b64encode(self._mac(self._tokens, f"{purpose}:{subject}")[:16]).decode().rstrip("=")

    @staticmethod
    def _mac(key: bytes, text: str) -> bytes:
        return hmac.new(key, text.encode(), hashlib.sha256).digest()


_vault: list[Vault] = []


def unlock(ring: KeyRing) -> Vault:
    """Make `ring` the process's key ring."""
    _vault[:] = [Vault(ring)]
    return _vault[0]


def vault() -> Vault:
    """The open vault; raises RuntimeError before `unlock`."""
    if not _vault:
        raise RuntimeError("vault is locked")
    return _vault[0]
