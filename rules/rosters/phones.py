"""Telephone numbers out of free cells: GB mobile, land line, 400 number; masked for people."""

import re
from dataclasses import dataclass

from rules.rosters.tidy import clean, fold
from rules.text import _

_DASH = re.compile("[‐‑‒–—―−─]")
_FLOAT = re.compile(r"(?<!\d)(\d{7,12})\.0+(?!\d)")
_SCIENTIFIC = re.compile(r"(?<![\d.])(\d)\.(\d{10})[Ee]\+?10(?!\d)")
_CUT = re.compile(r"(?<![\w.])\d(?:\.\d+)?[Ee]\+?\d{1,2}(?!\w)")
_MOBILE = r"(?:(?:\+|00)?86[- ]?)?(?P<mobile>1[3-9]\d(?:[- ]?\d){8})"
_LAND = r"(?P<land>\(?0(?:10|2\d|[3-9]\d{2})\)?[- ]?[2-9]\d{6,7})(?:(?:-|转)\d{1,6})?"
_LAND_LOOSE = r"(?P<loose>0\d{3}-\d{7,8})"
_FREE = r"(?P<free>[48]00[- ]?\d{3}[- ]?\d{4})"
_PHONE = re.compile(rf"(?<![\d.])(?:{_MOBILE}|{_LAND}|{_LAND_LOOSE}|{_FREE})(?!\d)")
_EDGE = " :,、/;-.\t\n|+【】[]"
_LABEL = re.compile(r"(?:联系)?(?:电话|手机|方式)(?:号码?)?[:：]?|tel[:：.]?", re.IGNORECASE)
_BETWEEN = re.compile(r"[、,，;；/|\s]+")
CUT = _("号码成了科学计数法（如 1.99E+10），后几位已经丢失，猜不回来。请先把这一列设为“文本”格式，再填完整号码。")


@dataclass(frozen=True)
class Phones:
    """What a cell held: numbers in order, the words beside them, and whether odd digits remain.

    `is_cut`: a spreadsheet wrote 1.99E+10 and its last digits are gone.
    """

    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_bad: bool = False
    is_cut: bool = False

    @property
    def first(self) -> str:
        return self.numbers[0] if self.numbers else ""

    @property
    def word(self) -> str:
        return self.words[0] if self.words else ""


def read_phones(text: str) -> Phones:
    """Split a cell into numbers and words; leftover digits or long ASCII make it bad."""
    plain = _DASH.sub("-", fold(clean(text))).replace("\xa0", " ")
    plain = _SCIENTIFIC.sub(r"\1\2", _FLOAT.sub(r"\1", plain))
    numbers = tuple(dict.fromkeys(_canonical(found) for found in _PHONE.finditer(plain)))
    rest = _LABEL.sub(" ", _PHONE.sub(" / ", plain))
    is_bad = any(char.isdigit() for char in rest)
    return Phones(numbers, () if is_bad else _words(rest), is_bad, bool(_CUT.search(rest)))


def _words(rest: str) -> tuple[str, ...]:
    joined = re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", rest)
    parts = (_bare(part) for part in _BETWEEN.split(joined))
    return tuple(part for part in parts if part)


def _bare(word: str) -> str:
    edges = _EDGE if word.count("(") == word.count(")") and word.strip("() ") else _EDGE + "()"
    return word.strip(edges)


def _canonical(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found.group("mobile") or found.group("free") or "")
    if digits:
        return digits
    line = re.sub(r"\D", "", found.group("land") or found.group("loose"))
    area = 3 if line.startswith(("010", "02")) else 4
    return f"{line[:area]}-{line[area:]}"


def mask(phone: str) -> str:
    """`19900000001` → `199****0001`; a land line keeps its area and last four."""
    if "-" in phone:
        area, line = phone.split("-", 1)
        return f"{area}-***{line[-4:]}"
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"
