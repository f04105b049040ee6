"""Where each part of a copy stands, in the house and in the file."""

import re
from dataclasses import dataclass
from pathlib import Path

from services import anchors

ANCHORS = anchors.FILE
DATABASE, MANIFEST, SEAL, KEYS, FILES = "database.sqlite", "manifest.json", "seal", "keys.json", "files"
NAME = re.compile(rf"{re.escape(DATABASE)}|{re.escape(ANCHORS)}|{re.escape(KEYS)}|{FILES}(?:/[\w][\w.-]*)+")


@dataclass(frozen=True)
class Parts:
    """The parts of a copy, laid out in a folder of its own."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def anchors(self) -> Path:
        return self.folder / ANCHORS

    @property
    def keys(self) -> Path:
        return self.folder / KEYS

    @property
    def files(self) -> Path:
        return self.folder / FILES


def attachments_in(folder: Path) -> list[tuple[str, Path]]:
    """(name in the copy, path) of every file handed in."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(f"{FILES}/{path.relative_to(folder).as_posix()}", path) for path in found]
