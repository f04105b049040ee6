"""What a file really is, told from its content; the name is not believed."""

import re
from enum import Enum

from documents.guard import encrypted
from documents.limits import SAVE_AS, broken
from rules.errors import RuleBroken
from rules.text import _

_MAIN = {
    "word": rb"wordprocessingml\.(?:document|template)\.main\+xml",
    "sheet": rb"spreadsheetml\.(?:sheet|template)\.main\+xml",
    "macro": rb"macroEnabled|vbaProject",
}
_REFUSED = (
    (rb"%PDF", _("PDF 文件")),
    (rb"\{\\rtf", _("RTF 文件")),
    (
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|script|svg|\?xml|!--)",
        _("网页格式的文件"),
    ),
    (rb"MIME-Version:", _("网页格式的文件")),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\x00{4}|RIFF.{4}WEBP|II\*\x00|MM\x00\*", _("图片")),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", _("压缩包")),
)


class FileKind(Enum):
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


def outer_kind(data: bytes) -> str:
    """`zip`, `ole` or `text`; raises RuleBroken for everything that is known and not wanted."""
    if not data.strip(b"\0\t\r\n "):
        raise RuleBroken("file-empty", _("文件是空的。请检查是否选错了文件。"))
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for pattern, name in _REFUSED:
        if re.match(pattern, data, re.IGNORECASE | re.DOTALL):
            raise unknown(name)
    return "text"


def office_kind(parts: dict[str, bytes]) -> FileKind:
    """DOCX or XLSX by the declared content types of an unpacked container."""
    types = parts.get("[Content_Types].xml", b"")
    if re.search(_MAIN["macro"], types):
        raise macros()
    is_word, is_sheet = (bool(re.search(_MAIN[name], types)) for name in ("word", "sheet"))
    if is_word == is_sheet:
        raise unknown(_("这种格式的文件或压缩包"))
    return FileKind.DOCX if is_word else FileKind.XLSX


def check_ole(data: bytes) -> FileKind:
    """XLS, or a refusal for protected files, old Word files and macros."""

    def names(text: str) -> bool:
        return text.encode("utf-16-le") in data

    if names("EncryptedPackage"):
        raise encrypted()
    if names("WordDocument"):
        raise unknown(_("旧版 .doc 文件"))
    if names("_VBA_PROJECT"):
        raise macros()
    if names("Workbook") or names("Book"):
        return FileKind.XLS
    raise broken()


def macros() -> RuleBroken:
    return RuleBroken("file-macros", _("文件带有宏，为安全起见没有打开。{advice}"), advice=SAVE_AS)


def unknown(name: str) -> RuleBroken:
    return RuleBroken("file-unknown", _("不能导入{name}。{advice}"), name=name, advice=SAVE_AS)
