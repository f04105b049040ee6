"""Dates, numbers and the red head as official papers write them (GB/T 9704-2012, 7.2.5 and 7.3.5)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.text import _


@dataclass(frozen=True)
class Head:
    """Who issues the paper, under which 发文字号, signed by whom; red only when all three are given."""

    issuer: str = ""
    number: str = ""
    signer: str = ""

    @property
    def words(self) -> dict[str, str] | None:
        """Places of the template's head, or None for a paper without one; the signer stays on file."""
        if not (self.issuer.strip() and self.number.strip() and self.signer.strip()):
            return None
        return {"issuer": self.issuer.strip(), "number": issue_number(self.number)}

    def signature(self, township: str) -> str:
        """发文机关署名 above the date."""
        return self.issuer.strip() or _("{township}人民政府").format(township=township)


NO_HEAD = Head()


def issue_number(text: str) -> str:
    """`石政发[2026]第03号` → `石政发〔2026〕3号`."""
    tidy = re.sub(r"[\[(（【［〔]\s*(\d{4})\s*[\])）】］〕]", r"〔\1〕", text.strip())
    return re.sub(r"(?<=〕)\s*第?\s*0*(\d+)\s*号$", r"\1号", tidy)


def on(day: date | None, missing: str = "") -> str:
    """`2026年11月5日`: Arabic digits, no leading zeros."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day) if day else missing


def percent(value: Decimal | None) -> str:
    return _("无") if value is None else f"{value:.2f}%"


def paragraphs(texts: Sequence[str]) -> list[str]:
    """What persons typed, as paragraphs; a cell of a table needs at least one."""
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()] or [""]
