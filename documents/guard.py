"""Opening a zip container without trusting what it says about itself (trust F10, G22)."""

import re
import zipfile
import zlib
from io import BytesIO

from documents.limits import ENTRIES, RATIO, RATIO_FROM, UNPACKED_BYTES, bomb, broken
from rules.errors import RuleBroken
from rules.text import _

_XML = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTITY_WIDE = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-16-le", "utf-16-be")
]
_CHUNK = 64 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def xml_parts(data: bytes) -> dict[str, bytes]:
    """Name → bytes of the XML parts, really counted; media and other parts stay packed.

    Raises RuleBroken: file-zip-bomb, file-broken, file-encrypted, file-unsafe.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_declared(entries)
            return _read(archive, [entry for entry in entries if _XML.search(entry.filename)])
    except RuleBroken:
        raise
    except _UNREADABLE:
        raise broken() from None


def _check_declared(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise bomb()
    if any(
        entry.file_size > RATIO_FROM and entry.file_size > RATIO * entry.compress_size for entry in entries
    ):
        raise bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted()
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names) or any(_escapes(name) for name in names):
        raise broken()


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\0" in name


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    left, parts = UNPACKED_BYTES, {}
    for entry in entries:
        parts[entry.filename] = _counted(archive, entry, left)
        left -= len(parts[entry.filename])
    return parts


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > left or size > entry.file_size:
                raise bomb()
            pieces.append(piece)
    part = b"".join(pieces)
    if _ENTITY.search(part) or any(word in part for word in _ENTITY_WIDE):
        raise RuleBroken(
            "file-unsafe", _("文件里有外部实体定义，为安全起见没有打开。请新建文件，只粘贴表格内容后再导入。")
        )
    return part


def encrypted() -> RuleBroken:
    return RuleBroken(
        "file-encrypted", _("文件设了打开密码，读不出内容。请在 WPS 中取消密码，另存一份后再导入。")
    )
