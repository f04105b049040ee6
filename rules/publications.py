"""What of a board is shown to whom: asked for by one person, agreed to by another, off at once when withdrawn.

Basis: 《个人信息保护法》第二十五条 (单独同意), 第五十五条; 《政府信息公开条例》第十五条.
"""

import re
import unicodedata
from collections.abc import Collection

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.masks import name as masked
from rules.text import _

DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
NUMBER = re.compile(r"\d(?:[ ()-]{0,2}\d){5,}")  # six figures and more: a telephone, a code, an identity
LONGEST = 200


class PublicationState(Choice):
    ASKED = "asked", _("等另一人同意")
    LIVE = "live", _("公布中")
    REFUSED = "refused", _("不同意公布")
    ENDED = "ended", _("到期收起")
    WITHDRAWN = "withdrawn", _("已撤下")


S = PublicationState
OPEN = frozenset({S.ASKED, S.LIVE})

FLOW = Flow(
    S.ASKED,
    (
        Move("agree", _("同意公布"), frozenset({S.ASKED}), S.LIVE),
        Move("refuse", _("不同意公布"), frozenset({S.ASKED}), S.REFUSED),
        Move("end", _("到期收起"), frozenset({S.LIVE}), S.ENDED),
        Move("withdraw", _("撤下"), OPEN, S.WITHDRAWN),
    ),
)


def shown_name(name: str, people: Collection[str], full: bool) -> str:
    """Masked, or whole where a plan says so and no person's name stands in it (《个人信息保护法》第二十五条)."""
    if not full:
        return masked(name)
    for person in sorted(people, key=len, reverse=True):
        if len(person) > 1:
            name = name.replace(person, masked(person))
    return name


def check_words(words: str, private: Collection[str]) -> str:
    """The text as it may be read by everybody; raises RuleBroken("words-missing", "words-long", "names-somebody", "number-inside")."""
    words = " ".join(words.split())
    if not words:
        raise RuleBroken("words-missing", _("请写明公布的内容。"))
    if len(words) > LONGEST:
        raise RuleBroken("words-long", _("公布的内容最多{n}个字，现在{m}个字。"), n=LONGEST, m=len(words))
    for one in private:
        if len(one) > 1 and one in words:
            raise RuleBroken("names-somebody", _("内容里写到“{name}”，公布的文字不能出现姓名或全称，请改掉。"), name=one)
    if NUMBER.search(DAY.sub("", unicodedata.normalize("NFKC", words))):
        raise RuleBroken("number-inside", _("内容里有一串像电话、证件或编号的数字，请删去。"))
    return words


def check_consent(personal: bool, public: bool, consent: str) -> str:
    """How the person agreed, where a person is shown to everybody; raises RuleBroken("consent-missing")."""
    if personal and public and len(consent.strip()) < 4:
        raise RuleBroken("consent-missing", _("对外公布个人，要先征得本人单独同意：请写明什么时候、怎样同意的（《个人信息保护法》第二十五条）。"))
    return consent.strip()[:200]
