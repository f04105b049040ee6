"""Search keys for Chinese names: full pinyin and initials; surnames with several readings keep them all."""

from functools import cache, lru_cache
from importlib import import_module
from itertools import product
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, declared_attr, validates

from models.base import field

READINGS = 4


@cache
def _library() -> Any:
    """Its dictionaries take 45 MB, so they are read when the first name is written, not at every start."""
    return import_module("pypinyin")


def syllables(text: str) -> list[str]:
    """“单雄” → ["dan", "xiong"]; what isn't Chinese stays as it is."""
    return list(_library().lazy_pinyin(text))


@lru_cache(maxsize=4096)
def search_keys(name: str) -> str:
    """“单雄” → "danxiong dx shanxiong sx chanxiong cx": lower case, separated by blanks, at most 180 letters."""
    if not name:
        return ""
    lib = _library()
    rest = "".join(syllables(name[1:]))
    initials = "".join(one[:1] for one in lib.lazy_pinyin(name[1:], style=lib.Style.FIRST_LETTER))
    first = list(dict.fromkeys(lib.pinyin(name[0], style=lib.Style.NORMAL, heteronym=True)[0]))[:READINGS]
    keys = [head + tail for head, tail in product(first, (rest, initials))]
    keys += [one[:1] + initials for one in first]
    return " ".join(dict.fromkeys(keys))[:180].lower()


class Spelled:
    """Named things that are found by the sound of their name."""

    @declared_attr
    def pinyin(cls) -> Mapped[str]:
        return field("拼音", String(400), form=False, search=True, mask="key", audit=False, default="", server_default="")

    @validates("name")
    def _fill_pinyin(self, key: str, name: str) -> str:
        self.pinyin = search_keys(name)
        return name
