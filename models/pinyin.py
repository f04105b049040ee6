"""Search keys for Chinese names: full pinyin and initials; surnames with several readings keep them all."""

from functools import lru_cache
from itertools import product

from pypinyin import Style, lazy_pinyin, pinyin

READINGS = 4


@lru_cache(maxsize=4096)
def search_keys(name: str) -> str:
    """“单雄” → "danxiong dx shanxiong sx chanxiong cx": lower case, separated by blanks, at most 180 letters."""
    if not name:
        return ""
    rest = "".join(lazy_pinyin(name[1:]))
    initials = "".join(one[:1] for one in lazy_pinyin(name[1:], style=Style.FIRST_LETTER))
    first = list(dict.fromkeys(pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]))[:READINGS]
    keys = [head + tail for head, tail in product(first, (rest, initials))]
    keys += [one[:1] + initials for one in first]
    return " ".join(dict.fromkeys(keys))[:180].lower()
