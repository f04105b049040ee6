"""Tidying of cell text: spaces, digits, bookmarks; Chinese punctuation in names stays as written."""

import re

_WIDTH = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: 0x20}
_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,80}\]", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_NOTHING = {"", "无", "暂无", "没有", "未知", "不详", "/", "\\", "-", "--", "—", "——", "－", "/无", "空", "0"}
_DITTO = {"同上", "同前", "〃", "″", '"', "”", "“", "''"}
LONGEST_CELL = 1000


def fold(text: str) -> str:
    """Full-width ASCII to half-width, one for one, so that positions stay."""
    return text.translate(_WIDTH)


def clean(text: str) -> str:
    """Without bookmarks, control and invisible characters; clipped to LONGEST_CELL."""
    return _BOOKMARK.sub("", _INVISIBLE.sub("", text[:LONGEST_CELL])).strip()


def squeeze(text: str) -> str:
    """For comparing headers: no white space at all, half-width, lower case."""
    return fold(_SPACE.sub("", clean(text))).lower()


def close_up(text: str) -> str:
    """`秦  甲` → `秦甲`: no spaces beside Chinese characters, single ones elsewhere."""
    return _SPACE.sub(" ", _GAP.sub("", clean(text))).strip()


def value(text: str) -> str:
    """Closed-up text; the ways of writing “nothing” become empty."""
    closed = close_up(text)
    return "" if closed in _NOTHING else closed


def is_ditto(text: str) -> bool:
    """`同上` and its signs: the cell above is meant."""
    return close_up(text) in _DITTO


def same_name_key(text: str) -> str:
    """Key by which two spellings of one name meet: widths and brackets do not count."""
    return squeeze(text)
