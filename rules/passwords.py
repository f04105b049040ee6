"""Which passwords are refused: too short, too long, or guessable from a word list and what the town knows of a person.

Basis: GB/T 22239-2019 8.1.4.1 a (身份鉴别); ASVS 5.0 6.2.1-6.2.11: length and guessability, no composition rules.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from rules.errors import RuleBroken
from rules.text import _

SHORTEST, LONGEST = 12, 128
ENOUGH = 8  # what must be left once words anybody would try count for two signs and known facts for none
WORDS = Path(__file__).with_name("words") / "common_passwords.txt"
LOCAL = (
    "lianxin", "wuqingyuan", "xiangzhen", "zhengfu", "mima", "admin", "administrator", "password", "woaini",
    "baozhuabaobao", "baobao", "zhuabao", "sanjin", "连心", "乡镇", "政府", "密码", "口令", "干部", "包抓", "包保",
)  # fmt: skip


def normalised(password: str) -> str:
    """The form that is hashed: NFKD, so that full-width typing makes no difference."""
    return unicodedata.normalize("NFKD", password)


def check_password(password: str, known: Iterable[str] = ()) -> None:
    """Raise RuleBroken when `password` is refused; `known` are facts about the person: login, name, pinyin, phone."""
    text = normalised(password)
    if not text.isprintable():
        raise RuleBroken("password-unprintable", _("密码里有看不见的字符（例如制表符），请重新输入。"))
    if len(text) < SHORTEST:
        raise RuleBroken("password-short", _("密码只有 {n} 位，至少要 {least} 位。可以用几个不相干的词连起来，好记又难猜。"),
                         n=len(text), least=SHORTEST)  # fmt: skip
    if len(text) > LONGEST:
        raise RuleBroken("password-long", _("密码超过 {most} 位，请缩短。"), most=LONGEST)
    if strength(text, known) < ENOUGH:
        raise RuleBroken("password-weak", _("这个密码太容易猜到：去掉常见词、连号、姓名、手机号、地名之后所剩无几。请换成几个不相干的词。"))


def strength(password: str, known: Iterable[str] = ()) -> int:
    """Signs that a guesser would really have to guess: a known fact counts 0, a common word or a run 2, a sign 1."""
    text, facts = password.casefold(), _facts(known)
    total = place = 0
    while place < len(text):
        length, worth = _step(text, place, facts)
        place, total = place + length, total + worth
    return total


def _step(text: str, place: int, facts: frozenset[str]) -> tuple[int, int]:
    """(length, worth) of the longest known fact, common word or run that starts at `place`."""
    for length in range(min(24, len(text) - place), 1, -1):
        part = text[place : place + length]
        if part in facts:
            return length, 0
        if (length >= 4 and part in common_words()) or (length >= 3 and _is_run(part)):
            return length, 2
    return 1, 1


def _is_run(part: str) -> bool:
    """The same sign again and again, or an ascending or descending row of them."""
    steps = {ord(b) - ord(a) for a, b in pairwise(part)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _facts(known: Iterable[str]) -> frozenset[str]:
    words = {normalised(word).casefold() for item in known for word in (item, *re.split(r"[\s,，·-]+", item))}
    phones = {word[i:] for word in words if word.isdigit() and len(word) >= 8 for i in range(len(word) - 3)}
    return frozenset(word for word in words | phones | set(LOCAL) if len(word) >= 2)


@cache
def common_words() -> frozenset[str]:
    """Ten thousand passwords that leak most often (rules/words/LICENSE)."""
    return frozenset(WORDS.read_text("utf8").split())
