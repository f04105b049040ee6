"""What a copy says of itself: when, of which shape, how many rows, and the digest of every part."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from typing import IO, Any

from models.keys import KeyRing

FORMAT = 1
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """`rows` counts every table, `members` has size and SHA-256 of every part, `keys` tells whose keys open it."""

    at: str
    program: str
    migration: str
    database: str
    township: str
    keys: str
    event: int
    chain: str
    rows: dict[str, int]
    members: dict[str, dict[str, Any]]
    missing: list[str]
    format: int = FORMAT

    def text(self) -> str:
        """The JSON that is digested, sealed and kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)


def read_manifest(text: str) -> Manifest:
    """Raises ValueError or TypeError when it is no manifest of a format we know."""
    manifest = Manifest(**json.loads(text))
    if manifest.format != FORMAT:
        raise ValueError(manifest.format)
    return manifest


def seal_of(text: str, ring: KeyRing) -> str:
    """The keyed digest of a manifest: nobody without the keys writes another."""
    return hmac.new(ring.derive("backup", min(ring.masters)), text.encode(), hashlib.sha256).hexdigest()


def mark_of(ring: KeyRing) -> str:
    """Tells two houses' keys apart, and nothing else about them."""
    return ring.derive("mark", min(ring.masters)).hex()[:16]


def pour(source: IO[bytes], target: IO[bytes] | None = None) -> dict[str, Any]:
    """Copy one stream to another, or nowhere; returns its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if target is not None:
            target.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}
