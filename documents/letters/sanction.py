"""告知书: a decided sanction told to the person, with facts, basis, rights and the day it ends (SQ-2.3b)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents.letters.fill import fill
from documents.letters.words import NO_HEAD, Head, on, paragraphs
from rules.text import _


@dataclass(frozen=True)
class SanctionLetter:
    """One confirmed sanction; `facts` are sentences without names of enterprises, days are local.

    `expires_on` is None for what is done once.
    """

    township: str
    cadre: str
    unit: str
    title: str
    facts: tuple[str, ...]
    basis: str
    reason: str
    decided_by: str
    decided_on: date
    notified_on: date
    review_until: date
    appeal_until: date
    expires_on: date | None = None


def sanction_letter(letter: SanctionLetter, head: Head = NO_HEAD, own: Path | None = None) -> bytes:
    """The letter as .docx, dated the day of notice. Raises RuleBroken("letter-template")."""
    words = {
        "head": head.words,
        **{name: getattr(letter, name) for name in ("cadre", "unit", "title")},
        "issuer": head.signature(letter.township),
        "validity": validity(letter.expires_on),
        "facts": paragraphs(letter.facts),
        "basis": paragraphs([letter.basis]),
        "decided": _("本决定由{by}于{day}作出，理由：{reason}").format(
            by=letter.decided_by, day=on(letter.decided_on), reason=letter.reason
        ),
        "review_until": on(letter.review_until),
        "appeal_until": on(letter.appeal_until),
        "day": on(letter.notified_on),
    }
    return fill("sanction", words, own)


def validity(expires: date | None) -> str:
    if expires is None:
        return _("本项处理一次办结，办结后不再保持。")
    return _("自告知之日起生效，{day}起自动失效，期满不再作为评价依据。").format(day=on(expires))
